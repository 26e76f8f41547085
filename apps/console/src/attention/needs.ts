/** What somebody at the station has to do about a truck, by how much it hurries. */
export const needKinds = ['exception', 'override', 'driver_ready', 'check', 'leave'] as const;

export type NeedKind = (typeof needKinds)[number];

interface NeedyVisit {
  readonly visitId: string;
  readonly state: string;
  readonly held?: boolean;
  readonly checked?: boolean;
  readonly handoffId?: string;
  readonly handoffState?: string;
}

interface NeedyRequest {
  readonly overrideRequestId: string;
  readonly state: string;
  readonly byId: string;
  readonly allowedSteps: readonly string[];
}

interface NeedyBoard {
  readonly openExceptions: number;
  readonly overrideRequests: readonly NeedyRequest[];
  readonly visits: readonly NeedyVisit[];
}

/** Each thing that needs a person now, by a name that stays the same for as long as it does. */
export type Needs = ReadonlyMap<string, NeedKind>;

/**
 * What needs a person at a station. A truck that is held needs one through its exception; an override whoever may decide it,
 * and then who has asked for it.
 */
export function needsOf({ openExceptions, overrideRequests, visits }: NeedyBoard, accountId?: string): Needs {
  const needs = new Map<string, NeedKind>();
  for (let nth = 1; nth <= openExceptions; nth += 1) needs.set(`exception:${nth}`, 'exception');
  for (const { overrideRequestId, state, byId, allowedSteps } of overrideRequests) {
    const isToMake = state === 'approved' && byId === accountId;
    if (allowedSteps.length > 0 || isToMake) needs.set(`override:${overrideRequestId}:${state}`, 'override');
  }
  for (const visit of visits) {
    const kind = needOf(visit);
    if (kind) needs.set(`${kind}:${visit.visitId}:${visit.handoffId ?? ''}`, kind);
  }
  return needs;
}

function needOf({ state, held = false, handoffState }: NeedyVisit): NeedKind | undefined {
  if (state !== 'arrived' || held) return undefined;
  if (handoffState === undefined || handoffState === 'aborted') return 'check';
  if (handoffState === 'accepted') return 'driver_ready';
  return handoffState === 'completed' ? 'leave' : undefined;
}

/** The most urgent of what was not there before; nothing where nothing is new. */
export function newNeed(before: Needs, now: Needs): NeedKind | undefined {
  const isNew = new Set([...now].flatMap(([name, kind]) => (before.has(name) ? [] : [kind])));
  return needKinds.find((kind) => isNew.has(kind));
}

interface CalledVisit {
  readonly visitId: string;
  readonly plate: string;
  readonly state: string;
  readonly calledAt?: string;
  readonly calledBayCode?: string;
}

/** A truck that is called: to a bay, or just in. */
export interface Call {
  readonly plate: string;
  readonly bay: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Who is called to where, by a name for each. */
export function callsOf(visits: readonly CalledVisit[]): ReadonlyMap<string, Call> {
  return new Map(
    visits.flatMap(({ visitId, plate, state, calledAt, calledBayCode: bay }): [string, Call][] =>
      calledAt === undefined || state === 'departed' || state === 'cancelled'
        ? []
        : [[`${visitId}:${bay ?? ''}`, { plate, bay, at: Date.parse(calledAt) }]],
    ),
  );
}

/** A call that was logged here has another instant once the service tells of it: by no more than this, milliseconds. */
const sameCallWithin = 15_000;

/** Calls that are to be heard: those that were not there before, and those of who did not come and is called again. */
export const newCalls = (before: ReadonlyMap<string, Call>, now: ReadonlyMap<string, Call>): readonly Call[] =>
  [...now].flatMap(([name, call]) => {
    const known = before.get(name);
    return known && call.at - known.at <= sameCallWithin ? [] : [call];
  });

/** What a loudspeaker says of a bay: `B02` is number 2. */
export const bayNumber = (bay: string): string => /^\D*0*(\d+)$/.exec(bay)?.[1] ?? bay;

/** A plate sign by sign, so that its digits are read out one after the other. */
export const spelled = (plate: string): string => Array.from(plate).join(' ');
