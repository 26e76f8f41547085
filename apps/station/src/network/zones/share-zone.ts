import { Injectable } from '@nestjs/common';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { conflict } from '../../cases/problems.js';
import { type Change, Changes, type StationRequest } from '../../changes/changes.js';
import { requireArea } from '../areas/area.repository.js';
import type { ZoneAnswer } from './activate-zone.js';
import { type LockedZone, lockZone, tellAreas } from './zone.repository.js';

export interface ShareZoneInput {
  readonly zoneId: string;
  /** The area whose stations serve the zone too. */
  readonly areaCode: string;
}

/**
 * Another area serves the zone too, by the same rules: it is told of the zone as it stands, and of all that becomes of it. Its
 * stations can take trucks for the zone, and drivers can be lent between both areas.
 */
@Injectable()
export class ShareZone {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { zoneId, areaCode }: ShareZoneInput): Promise<ZoneAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const zone = await lockZone(tx, zoneId);
      await requireArea(tx, areaCode);
      if ([zone.areaCode, ...zone.alsoIn].includes(areaCode)) {
        throw conflict('ZONE.SERVED_ALREADY', `area ${areaCode} serves zone ${zoneId} already`, { zoneId, areaCode });
      }
      const published = await publishThere(change, zone, areaCode);
      const { version } = await tx.one<{ version: number }>(update, [zoneId, areaCode]);
      const { level, countyCodes, stationCodes, startsAt, endsAt, policy } = zone;
      const data = { zoneId, level, countyCodes, stationCodes, startsAt: toIso(startsAt), policy };
      const until = endsAt === null ? {} : { endsAt: toIso(endsAt) };
      const told = tellAreas('zone.activated', { areaCode, alsoIn: [] }, change.at, { ...data, ...until });
      return {
        // A zone that was lifted is told of when it is activated anew.
        events: zone.state === 'active' ? [...published, ...told] : published,
        answer: { zoneId, areaCode: zone.areaCode, state: zone.state, version },
      };
    });
  }
}

/** The rules of the zone are in force in the other area too. */
async function publishThere(change: Change, { areaCode, policy }: LockedZone, there: string): Promise<NewEvent[]> {
  const [made] = await change.tx.rows<{ rules: object }>(copyPolicy, [
    policy.id,
    policy.version,
    areaCode,
    there,
    change.at,
  ]);
  if (!made) return [];
  const data = { ...policy, rules: made.rules };
  const subject = `policy/${policy.id}`;
  return [newEvent({ name: 'policy.published', subject, areaCode: there, time: change.at, data })];
}

const copyPolicy = `
  INSERT INTO station.policies (policy_id, version, area_code, rules, published_at)
  SELECT policy_id, version, $4, rules, to_timestamp($5::double precision / 1000)
  FROM station.policies WHERE policy_id = $1 AND version = $2 AND area_code = $3
  ON CONFLICT DO NOTHING RETURNING rules`;

const update = `
  UPDATE station.zones SET also_in = ARRAY(SELECT unnest(array_append(also_in, $2)) ORDER BY 1), version = version + 1
  WHERE zone_id = $1 RETURNING version`;
