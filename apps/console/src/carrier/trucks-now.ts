import type { RunResponse, TruckResponse, VisitResponse } from '@yizhan/client';
import { waitsSince } from '../board/phases.js';

/** A truck as it stands now. */
export interface TruckNow {
  readonly plate: string;
  /** What is registered of it; absent of a truck that was only announced. */
  readonly truck?: TruckResponse;
  /** Its stay at a station, or that it is expected there; absent on its way and inside. */
  readonly visit?: VisitResponse;
  /** Its way beyond the station and back, while it is on it. */
  readonly run?: RunResponse;
}

/** The trucks of a carrier with where each of them is: who waits longest first, then who is expected, then the others. */
export function trucksNow(
  trucks: readonly TruckResponse[],
  visits: readonly VisitResponse[],
  openRuns: readonly RunResponse[] = [],
): TruckNow[] {
  const byPlate = new Map<string, TruckNow>(trucks.map((truck) => [truck.plate, { plate: truck.plate, truck }]));
  // Who has arrived is there, whatever is announced of him besides.
  const byArrival = visits.toSorted((one, other) => rankOf(one) - rankOf(other));
  for (const visit of byArrival) {
    const { plate } = visit;
    const known = byPlate.get(plate) ?? { plate };
    if (!known.visit) byPlate.set(plate, { ...known, visit });
  }
  for (const run of openRuns) byPlate.set(run.plate, { ...(byPlate.get(run.plate) ?? { plate: run.plate }), run });
  return [...byPlate.values()].toSorted(
    (one, other) =>
      rankOf(one.visit) - rankOf(other.visit) ||
      instantOf(one.visit).localeCompare(instantOf(other.visit)) ||
      one.plate.localeCompare(other.plate),
  );
}

const rankOf = (visit: VisitResponse | undefined): number => {
  if (!visit) return 3;
  if (visit.state === 'arrived') return 0;
  return visit.queue === undefined ? 2 : 1;
};

const instantOf = (visit: VisitResponse | undefined): string =>
  visit ? (waitsSince(visit) ?? visit.expectedAt ?? '') : '';
