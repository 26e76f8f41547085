/** What stations are shown by; `board.now` and `board.hours` of the service. */
export interface BoardFacts {
  readonly asOf: string;
  readonly now: readonly {
    readonly kind: string;
    readonly state: string;
    readonly stationCode: string;
    readonly count: number;
    readonly oldestSince: string;
    readonly overdue: number;
    /** Side of a driver. */
    readonly label?: string;
    readonly secondsLeft?: number;
    readonly secondsSince?: number;
  }[];
  readonly hours: readonly {
    readonly hour: string;
    readonly stationCode: string;
    readonly flow: string;
    readonly arrivals: number;
    readonly departures: number;
  }[];
}

export interface NamedStation {
  readonly stationCode: string;
  readonly name: string;
  readonly countyCode: string;
  readonly state: string;
  readonly cutOffAt?: string;
}

export interface StationAlert {
  readonly stationCode: string;
  readonly level: string;
}

/** A station as the table shows it. */
export interface StationRow {
  readonly stationCode: string;
  readonly name: string;
  readonly countyCode: string;
  readonly status: string;
  /** Nothing is heard of it: its figures are of then. */
  readonly isCutOff: boolean;
  readonly queuedOutside: number;
  readonly onSite: number;
  readonly waitingForDriver: number;
  readonly swapping: number;
  /** How long the one that has waited longest, for a driver or outside, has; whole minutes. */
  readonly longestWaitMinutes: number;
  readonly driversOnDuty: number;
  readonly driversIdle: number;
  readonly arrivals: number;
  readonly departures: number;
  /** The gravest alert of it; empty where it has none. */
  readonly alert: '' | 'warn' | 'critical';
  /** 0 where it has none, 1 for a warning, 2 for a critical one. */
  readonly alertRank: number;
}

/** States between gate-in and gate-out. */
const onSite: ReadonlySet<string> = new Set([
  'inside',
  'waiting_for_driver',
  'driver_assigned',
  'swapping',
  'swapped',
  'held',
  'held_by_hand',
  'released',
]);
const waits: ReadonlySet<string> = new Set(['queued_outside', 'waiting_for_driver']);
const minute = 60_000;

/** Every station of the area, with how it stands and what went through it. */
export function stationRows(
  stations: readonly NamedStation[],
  { asOf, now, hours }: BoardFacts,
  alerts: readonly StationAlert[],
): StationRow[] {
  return stations.map(({ stationCode, name, countyCode, state, cutOffAt }) => {
    const own = now.filter((each) => each.stationCode === stationCode);
    const visits = own.filter(({ kind }) => kind === 'visit');
    const drivers = own.filter(({ kind }) => kind === 'driver');
    const through = hours.filter((each) => each.stationCode === stationCode);
    const waiting = visits.filter((each) => waits.has(each.state)).map(({ oldestSince }) => Date.parse(oldestSince));
    const levels = alerts.filter((alert) => alert.stationCode === stationCode).map(({ level }) => level);
    const alert = levels.includes('critical') ? 'critical' : levels.includes('warn') ? 'warn' : '';
    return {
      stationCode,
      name,
      countyCode,
      status: own.find(({ kind }) => kind === 'station')?.state ?? state,
      isCutOff: cutOffAt !== undefined,
      queuedOutside: sum(visits.filter((each) => each.state === 'queued_outside')),
      onSite: sum(visits.filter((each) => onSite.has(each.state))),
      waitingForDriver: sum(visits.filter((each) => each.state === 'waiting_for_driver')),
      swapping: sum(visits.filter((each) => each.state === 'swapping')),
      longestWaitMinutes:
        waiting.length === 0 ? 0 : Math.max(0, Math.floor((Date.parse(asOf) - Math.min(...waiting)) / minute)),
      driversOnDuty: sum(drivers),
      driversIdle: sum(drivers.filter((each) => each.state === 'idle')),
      arrivals: through.reduce((total, { arrivals }) => total + arrivals, 0),
      departures: through.reduce((total, { departures }) => total + departures, 0),
      alert,
      alertRank: ['', 'warn', 'critical'].indexOf(alert),
    };
  });
}

/** The figures over everything. */
export interface Summary {
  readonly arrivalsIn: number;
  readonly arrivalsOut: number;
  readonly departures: number;
  readonly queuedOutside: number;
  readonly onSite: number;
  readonly waitingForDriver: number;
  readonly driversOnDuty: number;
  readonly driversIdle: number;
  readonly runsOut: number;
  readonly runsOverdue: number;
  readonly exceptions: number;
}

export function summaryOf({ now, hours }: BoardFacts): Summary {
  const of = (kind: string, is: (state: string) => boolean = () => true): number =>
    sum(now.filter((each) => each.kind === kind && is(each.state)));
  const arrived = (flow: string): number =>
    hours.filter((each) => each.flow === flow).reduce((total, { arrivals }) => total + arrivals, 0);
  return {
    arrivalsIn: arrived('into_zone'),
    arrivalsOut: arrived('out_of_zone'),
    departures: hours.reduce((total, { departures }) => total + departures, 0),
    queuedOutside: of('visit', (state) => state === 'queued_outside'),
    onSite: of('visit', (state) => onSite.has(state)),
    waitingForDriver: of('visit', (state) => state === 'waiting_for_driver'),
    driversOnDuty: of('driver'),
    driversIdle: of('driver', (state) => state === 'idle'),
    runsOut: of('run'),
    runsOverdue: now.filter(({ kind }) => kind === 'run').reduce((total, { overdue }) => total + overdue, 0),
    exceptions: of('exception'),
  };
}

/** What went through the gates in one hour. */
export interface HourOfFlow {
  /** Its beginning, RFC 3339. */
  readonly hour: string;
  readonly into: number;
  readonly outOf: number;
  readonly departures: number;
}

/** Every hour from `from` until `to`, those without a truck too. */
export function flowByHour({ hours }: Pick<BoardFacts, 'hours'>, from: string, to: string): HourOfFlow[] {
  const all: HourOfFlow[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += 60 * minute) {
    const rows = hours.filter((each) => Date.parse(each.hour) === at);
    const arrived = (flow: string): number =>
      rows.filter((each) => each.flow === flow).reduce((total, { arrivals }) => total + arrivals, 0);
    all.push({
      hour: new Date(at).toISOString(),
      into: arrived('into_zone'),
      outOf: arrived('out_of_zone'),
      departures: rows.reduce((total, { departures }) => total + departures, 0),
    });
  }
  return all;
}

const sum = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((total, { count }) => total + count, 0);
