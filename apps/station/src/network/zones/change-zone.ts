import { Injectable } from '@nestjs/common';
import type { PolicyRef, ZoneLevel } from '@yizhan/contracts';
import { Problem, toIso } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { requirePublishedInEach, type ZoneAnswer } from './activate-zone.js';
import { lockZone, tellAreas, watchZoneEnd } from './zone.repository.js';

/** What is not named stays as it is; without an end it lasts until it is lifted. */
export interface ChangeZoneInput {
  readonly zoneId: string;
  readonly level?: ZoneLevel;
  readonly endsAt?: number | null;
  /** Must be published in the area. */
  readonly policy?: PolicyRef;
}

/** Changes how strictly a zone is closed, until when, and by which rules. */
@Injectable()
export class ChangeZone {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: ChangeZoneInput): Promise<ZoneAnswer> {
    const { zoneId, level, endsAt, policy } = input;
    if (level === undefined && endsAt === undefined && policy === undefined) {
      throw new Problem('invalid', 'ZONE.NOTHING_CHANGES', 'name at least one thing that changes');
    }
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const zone = await lockZone(tx, zoneId);
      const { areaCode } = zone;
      if (zone.state !== 'active') {
        throw new Problem('illegal_state', 'ZONE.NOT_ACTIVE', `the zone ${zoneId} was lifted: activate it anew`, {
          allowedSteps: ['activate'],
        });
      }
      if (policy) await requirePublishedInEach(tx, [areaCode, ...zone.alsoIn], policy);
      const after = {
        level: level ?? zone.level,
        endsAt: endsAt === undefined ? zone.endsAt : endsAt,
        policy: policy ?? zone.policy,
      };
      assertEnds(after.endsAt, endsAt === undefined ? zone.startsAt : Math.max(zone.startsAt, change.at));
      const { version } = await tx.one<{ version: number }>(updateZone, [
        zoneId,
        after.level,
        after.endsAt,
        after.policy.id,
        after.policy.version,
      ]);
      watchZoneEnd(tx, zoneId, after.endsAt);
      const data = {
        zoneId,
        level: after.level,
        ...(after.endsAt === null ? {} : { endsAt: toIso(after.endsAt) }),
        policy: after.policy,
      };
      return {
        events: tellAreas('zone.changed', zone, change.at, data),
        answer: { zoneId, areaCode, state: zone.state, version },
      };
    });
  }
}

function assertEnds(endsAt: number | null, after: number): void {
  if (endsAt === null || endsAt > after) return;
  throw new Problem('invalid', 'ZONE.ENDS_BEFORE_START', 'a zone ends after it starts, and not in the past: lift it', {
    field: 'endsAt',
  });
}

const updateZone = `
  UPDATE station.zones
  SET level = $2, ends_at = to_timestamp($3::double precision / 1000), policy_id = $4, policy_version = $5,
      end_reached_at = NULL, version = version + 1
  WHERE zone_id = $1 AND state = 'active' RETURNING version`;
