import { newEvent, type NewEvent } from '@yizhan/event-log';
import type { EventData } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import { conflict } from '../cases/problems.js';
import type { Change } from '../changes/changes.js';
import { driverNotFound } from '../drivers/driver-facts.repository.js';

/** An outside driver at a station, his row locked until the transaction ends. */
export interface WaitingDriver {
  readonly driverId: string;
  readonly areaCode: string;
  readonly stationCode: string;
  /** Since when he holds a rest place, epoch milliseconds; null where he holds none. */
  readonly restSince: number | null;
}

/** @throws Problem `not_found`, or `conflict` where he is not at the station, or no driver from outside. */
export async function lockWaiting(tx: Transaction, stationCode: string, driverId: string): Promise<WaitingDriver> {
  const [row] = await tx.rows<WaitingDriver & { readonly insideZoneId: string | null; readonly at: string | null }>(
    lock,
    [driverId],
  );
  if (!row) throw driverNotFound(driverId);
  const { insideZoneId, at, areaCode, restSince } = row;
  if (insideZoneId !== null)
    throw conflict('WAITING.NOT_FROM_OUTSIDE', `driver ${driverId} lives inside: he does not wait at a station`);
  if (at !== stationCode)
    throw conflict('WAITING.NOT_HERE', `driver ${driverId} is not at station ${stationCode}`, { stationCode });
  return { driverId, areaCode, stationCode, restSince };
}

type CareEvent =
  'driver.rest_place_taken' | 'driver.rest_place_returned' | 'driver.meal_given' | 'driver.meal_taken_back';

export function careEvent<N extends CareEvent>(
  name: N,
  { driverId, areaCode, stationCode }: WaitingDriver,
  { at }: Change,
  more: Omit<EventData[N], 'driverId' | 'stationCode'>,
): NewEvent {
  const data = { driverId, stationCode, ...more } as unknown as EventData[N];
  return newEvent({ name, subject: `driver/${driverId}`, areaCode, time: at, data });
}

const lock = `
  SELECT d.driver_id AS "driverId", d.area_code AS "areaCode", d.inside_zone_id AS "insideZoneId", d.station_code AS at,
         d.rest_since AS "restSince"
  FROM station.drivers d WHERE d.driver_id = $1 FOR UPDATE`;
