import type { DepartureOutcome, Flow } from '@yizhan/contracts';
import { Code, Codes, Flag, Instant, Nested, OneOf, PageQuery, Quantity, Uuid, WholeNumber } from '@yizhan/http';
import type { CargoHold } from '../cargo/cargo-hold.js';
import { CaseResponse, flows, TruckField } from '../cases/truck.dto.js';
import { visitTable, type VisitState } from './visit.js';

const states = Object.keys(visitTable);
const liftings = ['by_check', 'by_hand'] as const;
const queues = ['outside', 'inside'] as const;
const outcomes = [
  'swapped',
  'no_swap_needed',
  'turned_away',
  'redirected',
] as const satisfies readonly DepartureOutcome[];

export class ConsignmentField {
  @Code()
  readonly id: string;

  @Code({ description: 'a registered one' })
  readonly enterpriseId: string;

  @Code({ description: 'hazardous goods are refused: they need an escort' })
  readonly category: string;

  @Quantity({ optional: true })
  readonly tonnes?: number;

  @Code({ optional: true })
  readonly waybillNo?: string;

  @Code({ optional: true })
  readonly outboundNo?: string;
}

class ComingVisit {
  @Uuid({ description: 'made by the client' })
  readonly visitId: string;

  @Code()
  readonly stationCode: string;

  @Code()
  readonly zoneId: string;

  @OneOf(flows, { description: 'which way the truck goes on' })
  readonly flow: Flow;

  @Nested(() => TruckField)
  readonly truck: TruckField;

  @Code({ optional: true, description: 'a registered one' })
  readonly carrierId?: string;

  @WholeNumber({ optional: true, max: 9, description: 'higher goes first; 0 is usual' })
  readonly priority?: number;

  @Instant({ optional: true, description: 'when the goods are needed' })
  readonly dueAt?: string;

  @Nested(() => ConsignmentField, { list: true })
  readonly consignments: ConsignmentField[];
}

export class AnnounceVisitRequest extends ComingVisit {
  @Instant()
  readonly expectedAt: string;
}

export class RegisterArrivalRequest extends ComingVisit {
  @Code({ description: 'who brings the truck; its custodian where it is tracked' })
  readonly driverId: string;
}

export class QueueVisitRequest {
  @OneOf(queues)
  readonly queue: 'outside' | 'inside';

  @Code({
    optional: true,
    description:
      'where the truck stands, for who works at several: a former station of a moved visit announces it there again',
  })
  readonly stationCode?: string;
}

export class CallVisitRequest {
  @Code({ optional: true })
  readonly bayCode?: string;
}

export class CheckField {
  @Code({ example: 'seal' })
  readonly check: string;

  @Flag()
  readonly passed: boolean;

  @Code({ optional: true, description: 'a code, never free text; of each that has not passed' })
  readonly reason?: string;
}

export class CheckVisitRequest {
  @Nested(() => CheckField, {
    list: true,
    description: 'at least those of the template, and none that the policy does not know',
  })
  readonly checks: CheckField[];

  @Code({ optional: true, description: 'number of the seal as it was seen' })
  readonly sealNumber?: string;

  @Uuid({
    optional: true,
    description: 'of the handoff that a passed check asks for; made by a client that is offline',
  })
  readonly handoffId?: string;
}

export class HoldCargoRequest {
  @Codes({ description: 'codes, never free text; at least one' })
  readonly reasons: string[];

  @OneOf(liftings, {
    optional: true,
    description:
      '`by_hand` stands until it is lifted, and is usual for the command centre; `by_check` until a check has passed',
  })
  readonly lifting?: CargoHold['lifting'];
}

export class LiftHoldRequest {
  @Code({ description: 'a code, never free text' })
  readonly reason: string;
}

export class HoldField {
  @Uuid()
  readonly holdId: string;

  @Codes()
  readonly reasons: readonly string[];

  @OneOf(['station', 'command_centre'], { description: 'whose it is to lift by hand' })
  readonly of: CargoHold['of'];

  @OneOf(liftings)
  readonly lifting: CargoHold['lifting'];

  @Code({ optional: true, description: 'who put it on; absent where a check did' })
  readonly byId?: string;

  @Instant()
  readonly heldAt: string;
}

export class DepartVisitRequest {
  @OneOf(outcomes)
  readonly outcome: DepartureOutcome;

  @Codes({ optional: true, description: 'codes, never free text' })
  readonly reasons?: string[];

  @Uuid({ optional: true, description: 'of the run that begins; made by the client where it is offline' })
  readonly runId?: string;

  @Instant({ optional: true, description: 'when the truck is to be back; the planned return where it is not given' })
  readonly dueBackAt?: string;

  @OneOf(['one_way'], { optional: true, description: 'the truck is not to come back' })
  readonly direction?: 'one_way';
}

export class CancelVisitRequest {
  @Code({ description: 'a code, never free text' })
  readonly reason: string;
}

export class VisitsQuery extends PageQuery {
  @Code({ optional: true })
  readonly stationCode?: string;

  @OneOf(states, { optional: true })
  readonly state?: VisitState;

  @OneOf(flows, { optional: true })
  readonly flow?: Flow;

  @Code({ optional: true })
  readonly plate?: string;
}

export class VisitResponse extends CaseResponse {
  @Code()
  readonly areaCode: string;

  @Code()
  readonly stationCode: string;

  @Codes({
    optional: true,
    description: 'stations for which it was announced before it was moved: it may queue and arrive there all the same',
  })
  readonly movedFrom?: readonly string[];

  @Code()
  readonly zoneId: string;

  @OneOf(flows)
  readonly flow: Flow;

  @Code({ optional: true })
  readonly carrierId?: string;

  @WholeNumber({ max: 9 })
  readonly priority: number;

  @Nested(() => ConsignmentField, { list: true })
  readonly consignments: readonly ConsignmentField[];

  @Instant({ optional: true })
  readonly dueAt?: string;

  @Instant({ optional: true })
  readonly expectedAt?: string;

  @Instant({ optional: true })
  readonly arrivedAt?: string;

  @Instant({ optional: true })
  readonly departedAt?: string;

  @OneOf(outcomes, { optional: true })
  readonly outcome?: DepartureOutcome;

  @OneOf(queues, { optional: true })
  readonly queue?: 'outside' | 'inside';

  @Instant({ optional: true })
  readonly queuedAt?: string;

  @Instant({ optional: true })
  readonly calledAt?: string;

  @Code({ optional: true })
  readonly calledBayCode?: string;

  @Codes({ description: 'those of all holds' })
  readonly holdReasons: readonly string[];

  @Nested(() => HoldField, { list: true })
  readonly holds: readonly HoldField[];

  @Instant({ optional: true })
  readonly releasedAt?: string;

  @WholeNumber()
  readonly version: number;
}
