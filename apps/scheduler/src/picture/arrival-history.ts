const hourMillis = 3_600_000;
const dayHours = 24;
const keptDays = 28;

/** A day of the same weekday says as much as three others. */
const ofSameWeekday = 3;

/** What is asked of drivers where a truck comes. */
export interface TruckKind {
  readonly zoneId: string;
  readonly stationCode: string;
  readonly licenceRequired: string;
}

/** How many trucks of a kind came on their way in, by hour since the epoch, the newest at the end. */
interface HourlyCounts {
  readonly kind: TruckKind;
  readonly byHour: Map<number, number>;
}

/** Which trucks came when on their way in, of the last four weeks: what a forecast of arrivals is learned from. */
export interface ArrivalHistory {
  /** By zone, the hour in which it was closed to outside drivers: hours before tell nothing, and that one is not whole. */
  readonly since: Map<string, number>;
  readonly counts: Map<string, HourlyCounts>;
}

export function noArrivals(): ArrivalHistory {
  return { since: new Map(), counts: new Map() };
}

/** What came while the zone was closed the last time says nothing of this one. */
export function beginHistory({ since, counts }: ArrivalHistory, zoneId: string, at: number): void {
  since.set(zoneId, hourOf(at));
  for (const [key, { kind }] of counts) if (kind.zoneId === zoneId) counts.delete(key);
}

export function noteArrival({ counts }: ArrivalHistory, kind: TruckKind, at: number): void {
  const key = keyOf(kind);
  const { zoneId, stationCode, licenceRequired } = kind;
  const known = counts.get(key) ?? {
    kind: { zoneId, stationCode, licenceRequired },
    byHour: new Map<number, number>(),
  };
  counts.set(key, known);
  const { byHour } = known;
  byHour.set(hourOf(at), (byHour.get(hourOf(at)) ?? 0) + 1);
  const oldest = hourOf(at) - keptDays * dayHours;
  for (const hour of byHour.keys()) {
    if (hour >= oldest) break;
    byHour.delete(hour);
  }
}

/** It did not come after all. */
export function forgetArrival({ counts }: ArrivalHistory, kind: TruckKind, at: number): void {
  const byHour = counts.get(keyOf(kind))?.byHour;
  const count = byHour?.get(hourOf(at));
  if (byHour && count !== undefined) byHour.set(hourOf(at), count - 1);
}

/** By kind, how many trucks usually come between two instants, epoch milliseconds; nothing before a day has been seen. */
export function usualArrivals(
  { since, counts }: ArrivalHistory,
  from: number,
  to: number,
): { readonly kind: TruckKind; readonly trucks: number }[] {
  return Array.from(counts.values(), ({ kind, byHour }) => {
    const first = (since.get(kind.zoneId) ?? Infinity) + 1;
    let trucks = 0;
    for (let hour = hourOf(from); hour * hourMillis < to; hour += 1) {
      const millis = Math.min(to, (hour + 1) * hourMillis) - Math.max(from, hour * hourMillis);
      trucks += (meanOf(byHour, first, hour) * millis) / hourMillis;
    }
    return { kind, trucks };
  });
}

/** Of the same hour on the days before. @param first the first hour that was seen whole */
function meanOf(byHour: ReadonlyMap<number, number>, first: number, hour: number): number {
  let sum = 0;
  let days = 0;
  for (let back = 1; back <= keptDays && hour - back * dayHours >= first; back += 1) {
    const weight = back % 7 === 0 ? ofSameWeekday : 1;
    days += weight;
    sum += weight * (byHour.get(hour - back * dayHours) ?? 0);
  }
  return days === 0 ? 0 : sum / days;
}

const hourOf = (at: number): number => Math.floor(at / hourMillis);

const keyOf = ({ zoneId, stationCode, licenceRequired }: TruckKind): string =>
  `${zoneId}|${stationCode}|${licenceRequired}`;
