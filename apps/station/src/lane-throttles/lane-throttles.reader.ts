import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { uuid } from '../cases/load-case.js';
import { notFound } from '../cases/problems.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { Changes } from '../changes/changes.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { LaneThrottleRow } from './lane-throttle.entity.js';
import type { LaneThrottleResponse, LaneThrottlesQuery } from './lane-throttles.dto.js';

/** Throttles as they are shown, also those that have ended. */
@Injectable()
export class LaneThrottles {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly scope: CallerScope,
  ) {}

  async list(caller: Caller, query: LaneThrottlesQuery): Promise<Page<LaneThrottleResponse>> {
    assertUuidCursor(query);
    const reached = await this.scope.areasOf(caller);
    const { areaCode, standing } = query;
    const areas = areaCode === undefined ? reached : [areaCode].filter((code) => reached?.includes(code) ?? true);
    const { now } = this.changes;
    return listRows(this.database, query, {
      of: LaneThrottleRow,
      keys: ['throttleId'],
      where: { areaCode: areas },
      matching:
        standing === undefined
          ? undefined
          : { sql: `row.endedAt IS ${standing === 'true' ? '' : 'NOT '}NULL`, parameters: {} },
      item: (row) => responseOf(row, now),
    });
  }

  /** @throws Problem `forbidden`, or `not_found`. */
  async requireArea(caller: Caller, throttleId: string): Promise<void> {
    const row = await this.database.read((manager) =>
      manager.findOneBy(LaneThrottleRow, { throttleId: uuid(throttleId) }),
    );
    if (!row) throw notFound('LANE.THROTTLE_NOT_FOUND', `there is no throttle ${throttleId}`, { throttleId });
    caller.requireArea(row.areaCode);
  }
}

function responseOf(row: LaneThrottleRow, now: number): LaneThrottleResponse {
  const { throttleId, areaCode, flow, stationCode, trucksPerHour, reason, throttledBy, throttledAt } = row;
  const { endsAt, endedBy, endedAt, how } = row;
  return {
    throttleId,
    areaCode,
    flow,
    trucksPerHour,
    reason,
    byId: throttledBy,
    throttledAt: toIso(throttledAt),
    inForce: endedAt === null && (endsAt === null || endsAt > now),
    ...given({ stationCode, endedById: endedBy, how }),
    ...isoFields({ endsAt, endedAt }),
  };
}
