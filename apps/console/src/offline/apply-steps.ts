import type { BoardVisitResponse, HandoffResponse, TruckResponse, VisitResponse } from '@yizhan/client';
import { allowedSteps } from './allowed-steps.js';
import { isKept, type LoggedStep } from './logged-step.js';
import type { StepBodies, StepKind } from './step-kinds.js';

/** A truck's stay, as its page shows it. */
export interface Standing {
  readonly visit: VisitResponse;
  readonly handoff: HandoffResponse | undefined;
  readonly truck: TruckResponse | undefined;
}

type Applies = {
  readonly [Kind in StepKind]: (standing: Standing, body: StepBodies[Kind], logged: LoggedStep) => Partial<Standing>;
};
type Visit = Partial<VisitResponse>;

const visitWith = ({ visit }: Standing, change: Visit): Pick<Standing, 'visit'> => ({ visit: { ...visit, ...change } });

/** Handoff and visit say both how the handoff stands. */
function handoffWith(
  { visit, handoff }: Standing,
  change: Partial<HandoffResponse> & { readonly state: HandoffResponse['state'] },
): Pick<Standing, 'visit' | 'handoff'> {
  const rest = without(visit, 'driverId');
  // Until when he has to accept is the service's to say of whom it has asked.
  const after = handoff && { ...without(handoff, 'acceptBy'), ...change };
  const driverId = after?.driverId;
  return {
    visit: { ...rest, handoffState: change.state, ...(driverId !== undefined && { driverId }) },
    handoff: after,
  };
}

function withoutDriver(standing: Standing): Pick<Standing, 'visit' | 'handoff'> {
  const { visit, handoff } = standing;
  return handoffWith(
    { visit, handoff: handoff && without(handoff, 'driverId'), truck: standing.truck },
    { state: 'requested' },
  );
}

/** Without fields that the service leaves out where there is nothing to say. */
function without<T extends object>(value: T, ...fields: readonly OptionalOf<T>[]): T {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field as OptionalOf<T>))) as T;
}

type OptionalOf<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

function newHandoff(visit: VisitResponse, handoffId: string, time: string): HandoffResponse {
  const { visitId, plate, stationCode, flow, zoneId } = visit;
  return {
    handoffId,
    visitId,
    plate,
    stationCode,
    flow,
    zoneId,
    tryNo: 1,
    state: 'requested',
    allowedSteps: [],
    readyAt: time,
    signatures: [],
    missingSignatures: ['offgoing', 'oncoming', 'witness'],
    suggestions: [],
    evidence: { items: [], photos: [], reservations: [] },
    version: 0,
  };
}

const uncalled = (visit: VisitResponse): VisitResponse => without(visit, 'calledAt', 'calledBayCode');
const isLive = (state: string | undefined): boolean =>
  state !== undefined && state !== 'completed' && state !== 'aborted';

/** What each step makes of a truck, as far as a page shows it; the service has the last word. */
const applies: Applies = {
  announcement: () => ({}),
  intake: () => ({}),
  arrival: (standing, body, { time }) => ({
    ...visitWith(standing, {
      state: 'arrived',
      arrivedAt: time,
      held: false,
      ...(body.carrierId !== undefined && { carrierId: body.carrierId }),
    }),
    truck: {
      ...(standing.truck ?? { areaCode: standing.visit.areaCode, version: 0 }),
      ...body.truck,
      custodian: { kind: 'driver', id: body.driverId },
    },
  }),
  queue: (standing, { queue }, { time, answer, provisionalNo }) => {
    const ticketNo = typeof answer?.['ticketNo'] === 'string' ? answer['ticketNo'] : provisionalNo;
    const visit = uncalled(standing.visit);
    return { visit: { ...visit, queue, queuedAt: time, ...(ticketNo !== undefined && { ticketNo }) } };
  },
  call: (standing, { bayCode }, { time }) =>
    visitWith(standing, { calledAt: time, ...(bayCode !== undefined && { calledBayCode: bayCode }) }),
  call_end: ({ visit }, { reason }, { time }) => ({
    visit: { ...uncalled(visit), ...(reason === 'no_show' && { queuedAt: time }) },
  }),
  check: (standing, { checks, sealNumber, handoffId }, { time }) => {
    const failed = checks.filter(({ passed }) => !passed);
    const { visit, truck } = standing;
    const sealed = truck && sealNumber !== undefined ? { truck: { ...truck, sealNumber } } : {};
    if (failed.length > 0) {
      const reasons = failed.map(({ reason = 'other' }) => reason);
      return { ...visitWith(standing, { checked: false, held: true, holdReasons: reasons }), ...sealed };
    }
    const holds = visit.holds.filter(({ lifting }) => lifting === 'by_hand');
    const passed = {
      ...visit,
      checked: true,
      holds,
      held: holds.length > 0,
      holdReasons: holds.flatMap(({ reasons }) => reasons),
    };
    if (isLive(visit.handoffState) || visit.handoffState === 'completed' || handoffId === undefined) {
      return { visit: passed, ...sealed };
    }
    return {
      visit: { ...passed, handoffId, handoffState: 'requested' },
      handoff: newHandoff(visit, handoffId, time),
      ...sealed,
    };
  },
  hold: (standing, { reasons, lifting = 'by_check' }, { time, requestId }) => {
    const { holds, holdReasons } = standing.visit;
    const visit = without(standing.visit, 'checked');
    const hold = { holdId: requestId, reasons, of: 'station', lifting, heldAt: time } as const;
    return { visit: { ...visit, held: true, holds: [...holds, hold], holdReasons: [...holdReasons, ...reasons] } };
  },
  hold_lifting: (standing, _body, { step }) => {
    const holds = standing.visit.holds.filter(({ holdId }) => holdId !== step.partId);
    return visitWith(standing, { holds, held: holds.length > 0, holdReasons: holds.flatMap(({ reasons }) => reasons) });
  },
  release: (standing, _body, { time }) => visitWith(standing, { releasedAt: time }),
  departure: (standing, { outcome }, { time }) => ({
    ...(isLive(standing.visit.handoffState) && handoffWith(standing, { state: 'aborted' })),
    ...visitWith(standing, { state: 'departed', departedAt: time, outcome }),
  }),
  cancellation: (standing) => visitWith(standing, { state: 'cancelled' }),
  retraction: ({ visit, truck }) => ({
    visit: {
      ...without(visit, 'arrivedAt'),
      state: visit.expectedAt === undefined ? 'retracted' : 'announced',
    },
    truck: truck && without(truck, 'custodian'),
  }),
  taking_back: () => ({}),
  assignment: (standing, { driverId }) =>
    handoffWith(standing, { state: 'assigned', driverId, assignedBy: 'operator' }),
  acceptance: (standing, { driverId }) => handoffWith(standing, { state: 'accepted', driverId }),
  decline: withoutDriver,
  no_show: withoutDriver,
  withdrawal: withoutDriver,
  start: (standing, { bayCode, driverId, authorisation }, { time }) => {
    const after = handoffWith(standing, {
      state: 'started',
      bayCode,
      startedAt: time,
      ...(driverId !== undefined && { driverId }),
      ...(authorisation && { authorisation }),
    });
    return { ...after, visit: without(uncalled(after.visit), 'queue', 'queuedAt') };
  },
  completion: (standing, { seal }, { time }) => {
    const { visit, handoff } = handoffWith(standing, { state: 'completed', custodyAt: time, missingSignatures: [] });
    const isFree = visit.checked === true && !visit.held && visit.releasedAt === undefined;
    const { truck } = standing;
    return {
      visit: { ...visit, ...(isFree && { releasedAt: time }) },
      handoff,
      truck: truck && {
        ...truck,
        custodian: { kind: 'driver', id: handoff?.driverId ?? '' },
        custodyAt: time,
        ...(seal?.number !== undefined && { sealNumber: seal.number }),
      },
    };
  },
  abortion: (standing, { reason }) => {
    const after = handoffWith(standing, { state: 'aborted', abortReason: reason });
    const visit = without(after.visit, 'checked', 'driverId');
    return { ...after, visit: reason === 'seal_mismatch' ? { ...visit, held: true, holdReasons: [reason] } : visit };
  },
};

/** A truck with the steps that the service has not told of yet, in their order. */
export function withSteps(standing: Standing, steps: readonly LoggedStep[]): Standing {
  if (steps.length === 0) return standing;
  const after = steps.reduce<Standing>((before, logged) => {
    const apply = applies[logged.step.kind] as (
      standing: Standing,
      body: unknown,
      logged: LoggedStep,
    ) => Partial<Standing>;
    return { ...before, ...apply(before, logged.step.body, logged) };
  }, standing);
  return { ...after, visit: { ...after.visit, allowedSteps: allowedSteps(after.visit) } };
}

/** What a page was told at an instant does not have: steps that wait, and those that were done since. */
export const notYetIn = (steps: readonly LoggedStep[], updatedAt: number): readonly LoggedStep[] =>
  steps.filter((step) => isKept(step) || (step.state === 'done' && (step.settledAt ?? 0) > updatedAt));

/** The visit that an announcement has made, of which the service may know nothing yet. */
export function announcedVisit(steps: readonly LoggedStep[], areaCode = ''): VisitResponse | undefined {
  const announced = steps.find(({ step }) => step.kind === 'announcement');
  if (announced?.step.kind !== 'announcement') return undefined;
  const {
    truck,
    visitId,
    stationCode,
    zoneId,
    flow,
    expectedAt,
    consignments,
    carrierId,
    priority = 0,
  } = announced.step.body;
  const visit: VisitResponse = {
    visitId,
    plate: truck.plate,
    state: 'announced',
    allowedSteps: [],
    held: false,
    areaCode,
    stationCode,
    zoneId,
    flow,
    priority,
    consignments,
    expectedAt,
    holdReasons: [],
    holds: [],
    version: 0,
    ...(carrierId !== undefined && { carrierId }),
  };
  return { ...visit, allowedSteps: allowedSteps(visit) };
}

/** A row of the board with what the service has not told of yet. */
export function boardVisitWith(visit: BoardVisitResponse, steps: readonly LoggedStep[]): BoardVisitResponse {
  if (steps.length === 0) return visit;
  const { plate, areaCode, handoffId, plateColour = 'yellow', bayCode, startedAt, custodyAt } = visit;
  const handoff =
    handoffId === undefined
      ? undefined
      : {
          ...newHandoff(visit, handoffId, visit.readyAt ?? ''),
          ...(visit.driverId !== undefined && { driverId: visit.driverId }),
          ...(bayCode !== undefined && { bayCode }),
        };
  const truck = { plate, areaCode, plateColour, licenceRequired: 'A2', version: 0 } as const;
  const after = withSteps({ visit, handoff, truck }, steps);
  const told = {
    bayCode: after.handoff?.bayCode,
    startedAt: after.handoff?.startedAt ?? startedAt,
    custodyAt: after.handoff?.custodyAt ?? custodyAt,
    readyAt: visit.readyAt ?? after.handoff?.readyAt,
  };
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  return { ...after.visit, plateColour: after.truck?.plateColour ?? plateColour, ...known };
}
