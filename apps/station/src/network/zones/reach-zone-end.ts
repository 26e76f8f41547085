import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import type { Change, Outcome } from '../../changes/changes.js';
import { tellAreas, watchZoneEnd } from './zone.repository.js';

interface Ending {
  readonly areaCode: string;
  readonly alsoIn: readonly string[];
  readonly endsAt: number;
}

/** Says that the time of a zone is over. It stays closed: only a person opens what an authority has closed. */
@Injectable()
export class ReachZoneEnd {
  /** What the timer `zone_end` does. */
  async fire(change: Change, zoneId: string): Promise<Outcome<boolean>> {
    const { tx, at } = change;
    watchZoneEnd(tx, zoneId, null);
    const [ending] = await tx.rows<Ending>(reachEnd, [zoneId, at]);
    if (!ending) return { events: [], answer: false };
    const data = { zoneId, endsAt: toIso(ending.endsAt) };
    return {
      events: tellAreas('zone.end_reached', ending, at, data),
      answer: true,
    };
  }
}

const reachEnd = `
  UPDATE station.zones SET end_reached_at = to_timestamp($2::double precision / 1000), version = version + 1
  WHERE zone_id = $1 AND state = 'active' AND end_reached_at IS NULL AND ends_at <= to_timestamp($2::double precision / 1000)
  RETURNING area_code AS "areaCode", also_in AS "alsoIn", ends_at AS "endsAt"`;
