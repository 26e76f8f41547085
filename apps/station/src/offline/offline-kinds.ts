import type { Type } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { CargoController } from '../cargo/cargo.controller.js';
import type { StationRequest } from '../changes/changes.js';
import { TrucksController } from '../custody/trucks.controller.js';
import { MoveCustodyRequest } from '../custody/trucks.dto.js';
import { RecordRestRequest, StartShiftRequest } from '../drivers/drivers.dto.js';
import { DutiesController } from '../drivers/duties.controller.js';
import { CorrectionsController } from '../corrections/corrections.controller.js';
import { RetractEventRequest } from '../corrections/corrections.dto.js';
import { EvidenceController, SignaturesController } from '../evidence/evidence.controller.js';
import { AuthoriseHandoffRequest, RecordEvidenceRequest, SignHandoffRequest } from '../evidence/evidence.dto.js';
import { AssignmentsController, DriverAnswersController } from '../handoffs/assignments.controller.js';
import { DeclineRequest } from '../handoffs/decline.dto.js';
import {
  AbortHandoffRequest,
  AssignDriverRequest,
  CompleteHandoffRequest,
  DriverOfHandoffRequest,
  EndAssignmentRequest,
  StartHandoffRequest,
} from '../handoffs/handoffs.dto.js';
import { SwapsController } from '../handoffs/handoffs.controller.js';
import { IntakesController } from '../intakes/intakes.controller.js';
import { TakeInRequest } from '../intakes/intakes.dto.js';
import { RunStepsController } from '../runs/runs.controller.js';
import { PlanReturnRequest, RecordRunStepRequest } from '../runs/runs.dto.js';
import {
  EndCallRequest,
  RetractArrivalRequest,
  VisitQueueController,
  VisitStepsController,
} from '../visits/visit-steps.controller.js';
import { VisitsController } from '../visits/visits.controller.js';
import {
  AnnounceVisitRequest,
  CallVisitRequest,
  CancelVisitRequest,
  CheckVisitRequest,
  DepartVisitRequest,
  HoldCargoRequest,
  LiftHoldRequest,
  QueueVisitRequest,
  RegisterArrivalRequest,
} from '../visits/visits.dto.js';

/** What the `id` of a record names. */
export type Named = 'visit' | 'handoff' | 'run' | 'truck' | 'driver';

/** One kind of record: the route that it would have been sent to online, which carries it out. */
export interface OfflineKind {
  readonly of: Named | undefined;
  /** After `/api/v1/`; `:id` stands for the record's id, `:part` for its second one. */
  readonly route: string;
  readonly controller: Type<object>;
  readonly method: string;
  readonly body: Type<object> | undefined;
  /** It says what was meant to be: where it is refused, what happened afterwards is still a fact. */
  readonly isPlan: boolean;
  /** Its digest is made with a key of the person's own, which its route alone knows: only that can tell whether it was asked before. */
  readonly isPersonal: boolean;
  /** Fields of the body that the tablet's clock has written, with `.` for what is inside and `*` for each of a list. */
  readonly tabletTimes: readonly string[];
  ask(controller: object, asked: Asked): Promise<unknown>;
}

/** A record as its route takes it. */
export interface Asked {
  readonly caller: Caller;
  readonly request: StationRequest;
  readonly id: string;
  readonly part: string;
  readonly body: object;
}

interface Line<Of> {
  readonly of: Of;
  readonly route: string;
  readonly isPlan?: boolean;
  readonly isPersonal?: boolean;
  readonly tabletTimes?: readonly string[];
}

/** Routes take caller, request, id and body, as far as they have them, in this order. */
type Route<Of, Last extends unknown[]> = (
  ...args: [caller: Caller, request: StationRequest, ...(Of extends undefined ? [] : [id: string]), ...Last]
) => Promise<unknown>;

/** A route with a body. */
function kind<
  Method extends string,
  Of extends Named | undefined,
  Body extends object,
  C extends { readonly [M in Method]: Route<Of, [body: Body]> },
>(controller: Type<C>, method: Method, body: Type<Body>, line: Line<Of>): OfflineKind {
  return lineOf(controller, method, body, line);
}

/** A route that names two things in its address. */
function partKind<
  Method extends string,
  Body extends object,
  C extends { readonly [M in Method]: Route<Named, [part: string, body: Body]> },
>(controller: Type<C>, method: Method, body: Type<Body>, line: Line<Named>): OfflineKind {
  return lineOf(controller, method, body, line);
}

/** A route whose address says it all. */
function bareKind<Method extends string, C extends { readonly [M in Method]: Route<Named, []> }>(
  controller: Type<C>,
  method: Method,
  line: Line<Named>,
): OfflineKind {
  return lineOf(controller, method, undefined, line);
}

function lineOf(
  controller: Type<object>,
  method: string,
  body: Type<object> | undefined,
  { of, route, isPlan = false, isPersonal = false, tabletTimes = [] }: Line<Named | undefined>,
): OfflineKind {
  const ask: OfflineKind['ask'] = (instance, asked) => {
    const named = [...(of ? [asked.id] : []), ...(hasPart(route) ? [asked.part] : [])];
    const args = [asked.caller, asked.request, ...named, ...(body ? [asked.body] : [])];
    return (instance as Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>)[method](...args);
  };
  return { of, route, body, isPlan, isPersonal, tabletTimes, controller, method, ask };
}

/** Whether a route names two things. */
export const hasPart = (route: string): boolean => route.includes(':part');

/** Everything that a tablet may log while it is offline, a line each. */
export const offlineKinds = {
  announcement: kind(VisitsController, 'announce', AnnounceVisitRequest, {
    of: undefined,
    route: 'visits/announcements',
    tabletTimes: ['expectedAt'],
  }),
  intake: kind(IntakesController, 'take', TakeInRequest, {
    of: undefined,
    route: 'intakes',
    isPersonal: true,
  }),
  arrival: kind(VisitsController, 'arrive', RegisterArrivalRequest, { of: undefined, route: 'visits' }),
  cancellation: kind(VisitStepsController, 'cancel', CancelVisitRequest, {
    of: 'visit',
    route: 'visits/:id/cancellation',
  }),
  retraction: kind(VisitStepsController, 'retract', RetractArrivalRequest, {
    of: 'visit',
    route: 'visits/:id/retraction',
  }),
  taking_back: kind(CorrectionsController, 'retract', RetractEventRequest, {
    of: undefined,
    route: 'corrections/retractions',
  }),
  queue: kind(VisitQueueController, 'queue', QueueVisitRequest, {
    of: 'visit',
    route: 'visits/:id/queue',
    isPlan: true,
  }),
  call: kind(VisitQueueController, 'call', CallVisitRequest, {
    of: 'visit',
    route: 'visits/:id/call',
    isPlan: true,
  }),
  call_end: kind(VisitQueueController, 'endOfCall', EndCallRequest, {
    of: 'visit',
    route: 'visits/:id/call-end',
    isPlan: true,
  }),
  check: kind(VisitStepsController, 'check', CheckVisitRequest, { of: 'visit', route: 'visits/:id/checks' }),
  hold: kind(CargoController, 'hold', HoldCargoRequest, { of: 'visit', route: 'visits/:id/holds' }),
  hold_lifting: partKind(CargoController, 'lift', LiftHoldRequest, {
    of: 'visit',
    route: 'visits/:id/holds/:part/lifting',
  }),
  release: bareKind(CargoController, 'release', { of: 'visit', route: 'visits/:id/release' }),
  departure: kind(VisitStepsController, 'depart', DepartVisitRequest, {
    of: 'visit',
    route: 'visits/:id/departure',
  }),
  assignment: kind(AssignmentsController, 'assign', AssignDriverRequest, {
    of: 'handoff',
    route: 'handoffs/:id/assignment',
    isPlan: true,
  }),
  acceptance: kind(DriverAnswersController, 'accept', DriverOfHandoffRequest, {
    of: 'handoff',
    route: 'handoffs/:id/acceptance',
    isPlan: true,
  }),
  decline: kind(DriverAnswersController, 'decline', DeclineRequest, {
    of: 'handoff',
    route: 'handoffs/:id/decline',
    isPlan: true,
  }),
  no_show: kind(AssignmentsController, 'noShow', EndAssignmentRequest, {
    of: 'handoff',
    route: 'handoffs/:id/no-show',
    isPlan: true,
  }),
  withdrawal: kind(AssignmentsController, 'withdraw', EndAssignmentRequest, {
    of: 'handoff',
    route: 'handoffs/:id/withdrawal',
    isPlan: true,
  }),
  start: kind(SwapsController, 'start', StartHandoffRequest, {
    of: 'handoff',
    route: 'handoffs/:id/start',
    tabletTimes: ['authorisation.at'],
  }),
  completion: kind(SwapsController, 'complete', CompleteHandoffRequest, {
    of: 'handoff',
    route: 'handoffs/:id/completion',
    tabletTimes: ['signatures.*.signedAt'],
  }),
  evidence: kind(EvidenceController, 'record', RecordEvidenceRequest, {
    of: 'handoff',
    route: 'handoffs/:id/evidence',
  }),
  authorisation: kind(EvidenceController, 'authorise', AuthoriseHandoffRequest, {
    of: 'handoff',
    route: 'handoffs/:id/authorisation',
    tabletTimes: ['at'],
  }),
  signature: kind(SignaturesController, 'sign', SignHandoffRequest, {
    of: 'handoff',
    route: 'handoffs/:id/signatures',
  }),
  abortion: kind(SwapsController, 'abort', AbortHandoffRequest, {
    of: 'handoff',
    route: 'handoffs/:id/abortion',
  }),
  custody_move: kind(TrucksController, 'move', MoveCustodyRequest, {
    of: 'truck',
    route: 'trucks/:id/custody',
  }),
  run_step: kind(RunStepsController, 'record', RecordRunStepRequest, { of: 'run', route: 'runs/:id/steps' }),
  return_plan: kind(RunStepsController, 'plan', PlanReturnRequest, {
    of: 'run',
    route: 'runs/:id/return-plan',
    isPlan: true,
  }),
  shift_start: kind(DutiesController, 'start', StartShiftRequest, {
    of: 'driver',
    route: 'drivers/:id/shift-start',
  }),
  shift_end: bareKind(DutiesController, 'end', { of: 'driver', route: 'drivers/:id/shift-end' }),
  rest: kind(DutiesController, 'rest', RecordRestRequest, {
    of: 'driver',
    route: 'drivers/:id/rests',
    tabletTimes: ['startedAt', 'endedAt'],
  }),
} as const satisfies Readonly<Record<string, OfflineKind>>;

export type OfflineKindName = keyof typeof offlineKinds;
