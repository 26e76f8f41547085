import type {
  AbortHandoffRequest,
  AnnounceVisitRequest,
  AssignDriverRequest,
  CallVisitRequest,
  CancelVisitRequest,
  CheckVisitRequest,
  CompleteHandoffRequest,
  DeclineRequest,
  DepartVisitRequest,
  DriverOfHandoffRequest,
  EndAssignmentRequest,
  EndCallRequest,
  HoldCargoRequest,
  LiftHoldRequest,
  QueueVisitRequest,
  RegisterArrivalRequest,
  RetractArrivalRequest,
  RetractEventRequest,
  StartHandoffRequest,
  TakeInRequest,
} from '@yizhan/client';

/** What each kind of step says, as its online route takes it; the kinds are those of the service's offline records. */
export interface StepBodies {
  readonly announcement: AnnounceVisitRequest;
  readonly intake: TakeInRequest;
  readonly arrival: RegisterArrivalRequest;
  readonly queue: QueueVisitRequest;
  readonly call: CallVisitRequest;
  readonly call_end: EndCallRequest;
  readonly check: CheckVisitRequest;
  readonly hold: HoldCargoRequest;
  readonly hold_lifting: LiftHoldRequest;
  readonly release: undefined;
  readonly departure: DepartVisitRequest;
  readonly cancellation: CancelVisitRequest;
  readonly retraction: RetractArrivalRequest;
  readonly taking_back: RetractEventRequest;
  readonly assignment: AssignDriverRequest;
  readonly acceptance: DriverOfHandoffRequest;
  readonly decline: DeclineRequest;
  readonly no_show: EndAssignmentRequest;
  readonly withdrawal: EndAssignmentRequest;
  readonly start: StartHandoffRequest;
  readonly completion: CompleteHandoffRequest;
  readonly abortion: AbortHandoffRequest;
}

export type StepKind = keyof StepBodies;

/** A step of one kind, as a person has entered it. */
export interface StepOf<Kind extends StepKind> {
  readonly kind: Kind;
  /** Of the visit or handoff in the address of its route. */
  readonly id?: string;
  /** The second id in that address: of the hold that is lifted. */
  readonly partId?: string;
  readonly body: StepBodies[Kind];
  /** Its key, where another step has to name it before it is logged. */
  readonly key?: string;
}

/** A step of any kind. */
export type NewStep = { [Kind in StepKind]: StepOf<Kind> }[StepKind];

/** They say what was meant to be: where one is refused, what happened afterwards is still a fact. */
const plans: ReadonlySet<StepKind> = new Set<StepKind>([
  'queue',
  'call',
  'call_end',
  'assignment',
  'acceptance',
  'decline',
  'no_show',
  'withdrawal',
]);

export const isPlan = (kind: StepKind): boolean => plans.has(kind);

/** Which truck a step is about, and where. */
export interface About {
  readonly visitId: string;
  readonly plate: string;
  readonly stationCode: string;
}

export const aboutOf = ({ visitId, plate, stationCode }: About): About => ({ visitId, plate, stationCode });
