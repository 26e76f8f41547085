import { Code, Instant, ListOf, Text } from '@yizhan/http';
import { type PersonalField, personalFields } from './personal-fields.js';

const nulls = { optional: true, nullable: true } as const;

export class RecordPersonalDataRequest {
  @Text({ ...nulls, maxLength: 100, description: 'null takes it away; what is left out stays' })
  readonly name?: string | null;

  @Text({ ...nulls, maxLength: 24, description: 'eleven digits, or + and the country', example: '13800138000' })
  readonly phone?: string | null;

  @Text({ ...nulls, maxLength: 24, description: '公民身份号码, GB 11643', example: '11010519491231002X' })
  readonly identityNumber?: string | null;
}

export class KnownDataResponse {
  @Code()
  readonly personId: string;

  @ListOf(personalFields)
  readonly known: PersonalField[];

  @ListOf(personalFields, { description: 'still to be asked for' })
  readonly missing: PersonalField[];
}

export class PersonalDataResponse extends KnownDataResponse {
  @Text({ optional: true, maxLength: 100 })
  readonly name?: string;

  @Text({ optional: true, maxLength: 24 })
  readonly phone?: string;

  @Text({ optional: true, maxLength: 24, description: 'not for operators' })
  readonly identityNumber?: string;
}

export class ErasePersonRequest {
  @Code({ description: 'a code, never free text', example: 'asked_for_it' })
  readonly reason: string;
}

export class ErasedPersonResponse {
  @Code()
  readonly personId: string;

  @Instant()
  readonly erasedAt: string;
}

export class PersonalDataReadResponse {
  @Code({ description: 'who looked: the subject of his token' })
  readonly caller: string;

  @Text({ description: 'what he was shown: fields, or the digest of a photo or note', maxLength: 500 })
  readonly what: string;

  @Instant()
  readonly readAt: string;
}
