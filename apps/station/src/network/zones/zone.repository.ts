import type { EventData, PolicyRef, ZoneLevel } from '@yizhan/contracts';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { ZoneState } from './zone.js';

/** @throws Problem `not_found` where the area serves no such zone. */
export async function requireZone(tx: Transaction, zoneId: string, areaCode: string): Promise<void> {
  if (await servesZone(tx, zoneId, areaCode)) return;
  throw new Problem('not_found', 'ZONE.NOT_FOUND', `no zone ${zoneId} in ${areaCode}`, { zoneId });
}

/** The zone is the area's own, or the area serves it too. */
export async function servesZone(tx: Transaction, zoneId: string, areaCode: string): Promise<boolean> {
  return (await tx.rows(findServed, [zoneId, areaCode])).length > 0;
}

export interface LockedZone {
  readonly areaCode: string;
  /** Other areas that serve it, in the order of their codes: they are told what it is too. */
  readonly alsoIn: readonly string[];
  readonly countyCodes: readonly string[];
  readonly stationCodes: readonly string[];
  readonly state: ZoneState;
  readonly level: ZoneLevel;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly policy: PolicyRef;
}

type OfZone = 'zone.activated' | 'zone.changed' | 'zone.end_reached' | 'zone.lifted';

/** What concerns every area that serves the zone is told in each. */
export function tellAreas<N extends OfZone>(
  name: N,
  { areaCode, alsoIn }: Pick<LockedZone, 'areaCode' | 'alsoIn'>,
  at: number,
  data: EventData[N],
): NewEvent[] {
  return [areaCode, ...alsoIn].map((each) =>
    newEvent({ name, subject: `zone/${data.zoneId}`, areaCode: each, time: at, data }),
  );
}

/** Locks the zone until the transaction ends. @throws Problem `not_found`. */
export async function lockZone(tx: Transaction, zoneId: string): Promise<LockedZone> {
  const [zone] = await tx.rows<LockedZone>(lock, [zoneId]);
  if (!zone) throw new Problem('not_found', 'ZONE.NOT_FOUND', `no zone ${zoneId}`, { zoneId });
  return zone;
}

/** Sets the timer that says when the zone's time is over; null: there is no end, or it is moot. */
export function watchZoneEnd(tx: Transaction, zoneId: string, endsAt: number | null): void {
  if (endsAt === null) tx.last(dropTimer, [zoneId]);
  else tx.last(setTimer, [zoneId, endsAt]);
}

const findServed = `SELECT 1 FROM station.zones WHERE zone_id = $1 AND (area_code = $2 OR $2 = ANY (also_in))`;

const lock = `
  SELECT area_code AS "areaCode", also_in AS "alsoIn", county_codes AS "countyCodes", station_codes AS "stationCodes", state, level,
         starts_at AS "startsAt", ends_at AS "endsAt", json_build_object('id', policy_id, 'version', policy_version) AS policy
  FROM station.zones WHERE zone_id = $1 FOR UPDATE`;

const setTimer = `
  INSERT INTO station.timers (kind, ref, due_at) VALUES ('zone_end', $1, to_timestamp($2::double precision / 1000))
  ON CONFLICT (kind, ref) DO UPDATE SET due_at = EXCLUDED.due_at`;

const dropTimer = `DELETE FROM station.timers WHERE kind = 'zone_end' AND ref = $1`;
