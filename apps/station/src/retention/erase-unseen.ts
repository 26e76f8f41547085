import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { type PolicyRules, retentionOf } from '@yizhan/policy';
import { Changes } from '../changes/changes.js';
import { ErasePerson } from '../personal-data/erase-person.js';

interface Area {
  readonly area_code: string;
  readonly rules: PolicyRules;
}

const day = 24 * 3_600_000;
const mostAtOnce = 500;

/** Erases drivers whom nobody has seen for as long as the newest policy of their area lets their data be kept. */
@Injectable()
export class EraseUnseen {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly erasePerson: ErasePerson,
  ) {}

  /** @returns how many. */
  async execute(now: number): Promise<number> {
    let erased = 0;
    for (const { area_code, rules } of await this.database.rows<Area>(newestPolicies)) {
      const before = now - retentionOf(rules).personDays * day;
      const unseen = await this.database.rows<{ person_id: string }>(findUnseen, [area_code, before, mostAtOnce]);
      for (const { person_id: personId } of unseen) await this.#erase(personId, now);
      erased += unseen.length;
    }
    return erased;
  }

  async #erase(personId: string, now: number): Promise<void> {
    const id = `retention:${personId}`;
    const input = { personId, reason: 'time_is_over' };
    await this.changes.alone({ id, causationId: id }, now, (change) =>
      this.erasePerson.inside(change, input, 'retention'),
    );
  }
}

const newestPolicies = `
  SELECT DISTINCT ON (area_code) area_code, rules FROM station.policies ORDER BY area_code, published_at DESC, version DESC`;

/** Not who is at work. Whose data were written since was seen since. */
const findUnseen = `
  SELECT 'driver:' || d.driver_id AS person_id
  FROM station.drivers d JOIN station.personal_data p ON p.person_id = 'driver:' || d.driver_id
  WHERE d.area_code = $1 AND d.shift_station_code IS NULL AND d.driving_since IS NULL
    AND NOT EXISTS (SELECT FROM station.trucks t WHERE t.custodian_kind = 'driver' AND t.custodian_id = d.driver_id)
    AND NOT EXISTS (SELECT FROM station.handoffs h
                    WHERE h.driver_id = d.driver_id AND h.state IN ('assigned', 'accepted', 'started'))
  GROUP BY d.driver_id
  HAVING greatest(max(p.changed_at), d.seen_at) < to_timestamp($2::double precision / 1000)
  ORDER BY d.driver_id LIMIT $3`;
