import type { Contact, Party } from '@yizhan/contracts';
import { Code, Codes, Instant, Nested, OneOf, Uuid, WholeNumber } from '@yizhan/http';

const ways = ['offgoing', 'oncoming', 'witness', 'giver', 'taker', 'host'] as const satisfies readonly Contact['as'][];
const sinceIs = 'from when on it is asked whom he met, at most 60 days back';

export class RecallPlaceField {
  @OneOf(['station', 'enterprise'])
  readonly kind: 'station' | 'enterprise';

  @Code()
  readonly id: string;
}

export class RecallCredentialRequest {
  @Code({ example: 'health_certificate' })
  readonly credential: string;

  @Code({ description: 'a code, never free text' })
  readonly reason: string;

  @Instant({
    optional: true,
    description: `${sinceIs}; from the beginning of the credential, at most two weeks, without it`,
  })
  readonly since?: string;

  @Nested(() => RecallPlaceField, {
    optional: true,
    description: 'where the run that he is on ends for him; the station that it comes back to without it',
  })
  readonly endsAt?: RecallPlaceField;
}

export class RecallBatchRequest {
  @Code({ example: 'health_certificate' })
  readonly credential: string;

  @Code({ description: 'a code of the authority' })
  readonly issuer: string;

  @Code({ optional: true, description: 'all that the issuer has granted without it' })
  readonly batch?: string;

  @Code({ description: 'a code, never free text' })
  readonly reason: string;

  @Instant({
    optional: true,
    description: `${sinceIs}; from the beginning of each credential, at most two weeks, without it`,
  })
  readonly since?: string;
}

export class RecalledBatchResponse {
  @WholeNumber({ description: 'how many drivers' })
  readonly recalled: number;

  @Codes({ description: 'the first 500 of them, by id' })
  readonly driverIds: readonly string[];
}

export class ContactsQuery {
  @Instant({ optional: true, description: `${sinceIs}; that of his newest recall, or two weeks, without it` })
  readonly since?: string;
}

export class ContactField {
  @Code({ description: 'a driver, the person who witnessed, an enterprise or a station' })
  readonly id: string;

  @OneOf(ways, {
    description:
      'handed the truck over or took it in a handoff, witnessed it, gave or took the truck without a handoff, or is the enterprise that it reached',
  })
  readonly as: Contact['as'];

  @Code({ description: 'station, enterprise, or what else was named as the place' })
  readonly place: string;

  @Instant()
  readonly at: string;

  @Code()
  readonly plate: string;
}

export class TouchField {
  @Code()
  readonly plate: string;

  @Code()
  readonly place: string;

  @Instant()
  readonly at: string;

  @Uuid({ optional: true })
  readonly visitId?: string;

  @Uuid({ optional: true })
  readonly handoffId?: string;

  @Uuid({ optional: true })
  readonly runId?: string;
}

export class PartyField {
  @OneOf(['driver', 'station', 'enterprise'] satisfies readonly Party['kind'][])
  readonly kind: Party['kind'];

  @Code()
  readonly id: string;
}

export class OpenRunField {
  @Uuid()
  readonly runId: string;

  @Code()
  readonly plate: string;

  @Nested(() => PartyField, { optional: true, description: 'where it ends for him' })
  readonly endsAt?: PartyField;
}

export class ContactsResponse {
  @Code()
  readonly driverId: string;

  @Instant()
  readonly since: string;

  @Nested(() => TouchField, { list: true, description: 'every truck that he touched, in the order of time' })
  readonly touched: readonly TouchField[];

  @Nested(() => ContactField, { list: true, description: 'whom he met, in the order of time' })
  readonly contacts: readonly ContactField[];

  @Nested(() => OpenRunField, { optional: true, description: 'the run that he is on' })
  readonly openRun?: OpenRunField;
}
