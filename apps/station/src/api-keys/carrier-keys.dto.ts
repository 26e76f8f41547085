import { Code, Instant, OneOf, Opaque, PageQuery } from '@yizhan/http';
import { type Access, accesses } from '@yizhan/identity';

export class CreateCarrierKeyRequest {
  @Code({ description: 'the system that it is for, without a slash', example: 'tms' })
  readonly name: string;

  @OneOf(accesses, { description: 'read: it changes nothing' })
  readonly access: Access;

  @Instant({ optional: true, description: 'within a year; in a year where it is left out' })
  readonly expiresAt?: string;
}

export class NewCarrierKeyResponse {
  @Code()
  readonly keyId: string;

  @Code()
  readonly name: string;

  @Opaque('yz', { nullable: true, description: 'shown this once; null where the same request is answered again' })
  readonly key: string | null;

  @Instant()
  readonly expiresAt: string;
}

export class CarrierKeyResponse {
  @Code()
  readonly keyId: string;

  @Code()
  readonly name: string;

  @OneOf(accesses)
  readonly access: Access;

  @Instant()
  readonly createdAt: string;

  @Code({ description: 'the account that made it' })
  readonly createdBy: string;

  @Instant()
  readonly expiresAt: string;

  @Instant({ optional: true, description: 'to the minute' })
  readonly lastUsedAt?: string;

  @Instant({ optional: true })
  readonly revokedAt?: string;
}

export class CarrierKeysQuery extends PageQuery {}
