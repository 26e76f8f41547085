import type { ConsentScope, Flow } from '@yizhan/contracts';
import { Code, Codes, Flag, Instant, OneOf, PageQuery, Uuid } from '@yizhan/http';
import { consentScopes } from './consent.js';

const flows = ['into_zone', 'out_of_zone'] as const;

export class GiveConsentRequest {
  @OneOf(consentScopes, { description: '`standing`: all trucks; `lane`: all that go one way; `truck`: one' })
  readonly scope: ConsentScope;

  @Code()
  readonly areaCode: string;

  @OneOf(flows, { optional: true, description: 'of a lane' })
  readonly flow?: Flow;

  @Code({ optional: true, description: 'of a lane: at this station; at every one of the area where it is left out' })
  readonly stationCode?: string;

  @Code({ optional: true, description: 'of a truck: one of your own' })
  readonly plate?: string;

  @Instant({ optional: true, description: 'until it is revoked where it is left out' })
  readonly validUntil?: string;
}

export class GivenConsentResponse {
  @Uuid()
  readonly consentId: string;

  @Code()
  readonly carrierId: string;

  @OneOf(consentScopes)
  readonly scope: ConsentScope;

  @Instant()
  readonly givenAt: string;
}

export class RevokedConsentResponse {
  @Uuid()
  readonly consentId: string;

  @Instant({ description: 'no handoff starts with it from here on' })
  readonly revokedAt: string;

  @Codes({ description: 'handoffs that have started with it and go on: both drivers are at the truck' })
  readonly underWay: readonly string[];
}

export class ConsentResponse extends GivenConsentResponse {
  @Code()
  readonly areaCode: string;

  @Code({ optional: true })
  readonly stationCode?: string;

  @OneOf(flows, { optional: true })
  readonly flow?: Flow;

  @Code({ optional: true })
  readonly plate?: string;

  @Code({ description: 'subject of the token of who gave it' })
  readonly byId: string;

  @Instant({ optional: true })
  readonly validUntil?: string;

  @Code({ optional: true })
  readonly revokedById?: string;

  @Instant({ optional: true })
  readonly revokedAt?: string;

  @Flag({ description: 'a handoff may start with it now' })
  readonly inForce: boolean;
}

export class ConsentsQuery extends PageQuery {
  @Code({ optional: true, description: 'for an administrator: of this carrier' })
  readonly carrierId?: string;

  @OneOf(consentScopes, { optional: true })
  readonly scope?: ConsentScope;

  @Code({ optional: true })
  readonly plate?: string;
}
