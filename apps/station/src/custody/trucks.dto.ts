import type { Party } from '@yizhan/contracts';
import { Code, Instant, Nested, OneOf, PageQuery, Uuid, WholeNumber } from '@yizhan/http';
import { HandedItemField, PartyField, partyKinds, TruckField } from '../cases/truck.dto.js';

export class RunField {
  @Uuid()
  readonly runId: string;

  @Instant({ optional: true })
  readonly dueBackAt?: string;
}

export class MoveCustodyRequest {
  @Nested(() => PartyField, { description: 'who answers for the truck until now' })
  readonly from: PartyField;

  @Nested(() => PartyField)
  readonly to: PartyField;

  @Code({ description: 'station or enterprise where it happens' })
  readonly place: string;

  @Code({ description: 'a code, never free text', example: 'nobody_there' })
  readonly reason: string;

  @Nested(() => HandedItemField, { list: true })
  readonly items: HandedItemField[];

  @Nested(() => RunField, { optional: true, description: 'the run that begins where the truck starts inside' })
  readonly run?: RunField;

  @Nested(() => TruckField, { optional: true, description: 'a truck that has not been seen before' })
  readonly truck?: TruckField;
}

export class CustodyResponse {
  @Code()
  readonly plate: string;

  @Nested(() => PartyField)
  readonly custodian: Party;

  @Instant()
  readonly custodyAt: string;

  @Uuid({ optional: true })
  readonly runId?: string;
}

export class TrucksQuery extends PageQuery {
  @OneOf(partyKinds, { optional: true })
  readonly custodianKind?: Party['kind'];

  @Code({ optional: true })
  readonly custodianId?: string;

  @Code({ optional: true })
  readonly carrierId?: string;

  @Code({ optional: true })
  readonly baseZoneId?: string;
}

export class TruckResponse extends TruckField {
  @Code()
  readonly areaCode: string;

  @Code({ optional: true })
  readonly carrierId?: string;

  @Code({ optional: true, description: 'the zone that it is based in' })
  readonly baseZoneId?: string;

  @Code({ optional: true, description: 'the last recorded seal' })
  readonly sealNumber?: string;

  @Nested(() => PartyField, { optional: true, description: 'who answers for it; absent where it is not tracked' })
  readonly custodian?: Party;

  @Instant({ optional: true, description: 'since when he answers for it' })
  readonly custodyAt?: string;

  @WholeNumber()
  readonly version: number;
}
