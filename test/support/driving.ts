import { type DriverActivity, driverClockAt, policyPack } from '@yizhan/policy';
import { loadDriverFacts } from '../../apps/station/src/drivers/driver-facts.repository.js';
import { pictureOf } from './area-picture.js';
import type { RunningStation } from './start-station.js';

/** What decides whether a driver may have a truck. */
interface Driving {
  readonly holdsPlate?: string;
  readonly drives: boolean;
  readonly continuousSeconds: number;
  readonly drivingSeconds24h: number;
}

type ByDriver = Readonly<Record<string, Driving>>;

/** Every driver as the station has written him down, and as the scheduler sees him after the same events. */
export async function drivingOf(station: RunningStation): Promise<{ station: ByDriver; scheduler: ByDriver }> {
  const now = station.clock.now();
  const picture = pictureOf(await station.events());
  const rows = await station.database.rows<{ driver_id: string }>('SELECT driver_id FROM station.drivers ORDER BY 1');
  const ids = rows.map((row) => row.driver_id);
  const locked = await station.database.transaction(async (tx) => {
    const found: [string, Driving][] = [];
    for (const id of ids) {
      const { facts, holdsPlate } = await loadDriverFacts(tx, id);
      found.push([id, driving(facts.activity, holdsPlate, now)]);
    }
    return found;
  });
  const seen = [...picture.drivers.values()].map(
    ({ driverId, activity, holdsPlate }) => [driverId, driving(activity, holdsPlate, now)] as const,
  );
  return { station: Object.fromEntries(locked), scheduler: Object.fromEntries(seen) };
}

function driving(activity: DriverActivity, holdsPlate: string | undefined, now: number): Driving {
  const { continuousSeconds, drivingSeconds24h } = driverClockAt(activity, now, policyPack('cn-freight').rules);
  const drives = activity.driving.some(({ to }) => to === null);
  return { holdsPlate, drives, continuousSeconds, drivingSeconds24h };
}
