/** The columns of the board, in the order in which a truck goes through them. */
export const phases = [
  'expected',
  'outside_queue',
  'checking',
  'waiting_for_driver',
  'in_bay',
  'released',
  'gone',
] as const;

export type Phase = (typeof phases)[number];

/** What the board goes by, of a visit. */
export interface BoardedVisit {
  readonly state: string;
  readonly queue?: string;
  readonly handoffState?: string;
  readonly expectedAt?: string;
  readonly queuedAt?: string;
  readonly arrivedAt?: string;
  readonly departedAt?: string;
}

/** Which column a truck stands in. */
export function phaseOf({ state, queue, handoffState }: BoardedVisit): Phase {
  if (state === 'announced') return queue === undefined ? 'expected' : 'outside_queue';
  if (state !== 'arrived') return 'gone';
  switch (handoffState) {
    case 'requested':
    case 'assigned':
    case 'accepted':
      return 'waiting_for_driver';
    case 'started':
      return 'in_bay';
    case 'completed':
      return 'released';
    default:
      return 'checking';
  }
}

/** Since when a truck waits here: since it came to the station, or stood in the queue before it. */
export function waitsSince({ state, queuedAt, arrivedAt }: BoardedVisit): string | undefined {
  if (state === 'announced') return queuedAt;
  return state === 'arrived' ? arrivedAt : undefined;
}

export type Urgency = 'calm' | 'warning' | 'critical';

/** Dwell in minutes at which somebody should look, and must. */
export const warningAfter = 60;
export const criticalAfter = 120;

export function urgencyOf(minutes: number): Urgency {
  if (minutes >= criticalAfter) return 'critical';
  return minutes >= warningAfter ? 'warning' : 'calm';
}

/** Whole minutes between an instant and now; never less than none. */
export const minutesSince = (instant: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(instant)) / 60_000));

/** A duration as a clock shows it: 0:07, 1:05. */
export const clockText = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** Trucks by column, who waits longest first; who has gone last first. */
export function byPhase<T extends BoardedVisit>(visits: readonly T[]): Readonly<Record<Phase, readonly T[]>> {
  const columns = Object.fromEntries(phases.map((phase) => [phase, [] as T[]])) as Record<Phase, T[]>;
  for (const visit of visits) columns[phaseOf(visit)].push(visit);
  const orderOf = (visit: T): string => waitsSince(visit) ?? visit.expectedAt ?? '';
  for (const phase of phases) {
    columns[phase] =
      phase === 'gone'
        ? columns.gone.toSorted((one, other) => (other.departedAt ?? '').localeCompare(one.departedAt ?? ''))
        : columns[phase].toSorted((one, other) => orderOf(one).localeCompare(orderOf(other)));
  }
  return columns;
}
