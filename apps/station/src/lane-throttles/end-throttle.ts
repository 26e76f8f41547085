import { Injectable } from '@nestjs/common';
import type { ThrottleEnd } from '@yizhan/contracts';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { uuid } from '../cases/load-case.js';
import { conflict, notFound } from '../cases/problems.js';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import { exactlyOne } from '../changes/exactly-one.js';
import { writeTimer } from '../timers/write-timer.js';
import type { LaneThrottle } from './lane-throttle.js';

export interface EndedThrottle {
  readonly throttleId: string;
  /** RFC 3339. */
  readonly endedAt: string;
}

/** Somebody ends a throttle before its time. */
@Injectable()
export class LiftThrottle {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, throttleId: string): Promise<EndedThrottle> {
    return this.changes.once(request, async (change) => {
      const throttle = await lockThrottle(change.tx, throttleId);
      if (throttle.endedAt !== null) {
        const endedAt = toIso(throttle.endedAt);
        throw conflict('LANE.THROTTLE_ENDED', `throttle ${throttleId} has ended already`, { throttleId, endedAt });
      }
      const { at } = change;
      const event = endThrottle(change.tx, throttle, 'lifted', at, request.caller);
      return { events: [event], answer: { throttleId: throttle.throttleId, endedAt: toIso(at) } };
    });
  }
}

/** Its time has come. */
@Injectable()
export class ExpireThrottle {
  /** What the timer `throttle_end` does. */
  async fire(change: Change, throttleId: string): Promise<Outcome<boolean>> {
    const throttle = await lockThrottle(change.tx, throttleId);
    if (throttle.endedAt !== null) {
      writeTimer(change.tx, { kind: 'throttle_end', ref: throttleId, dueAt: null });
      return { events: [], answer: false };
    }
    return { events: [endThrottle(change.tx, throttle, 'expired', change.at)], answer: true };
  }
}

/** Ends it with the commit, and takes its timer away. @returns what is told of it */
export function endThrottle(
  tx: Transaction,
  { throttleId, areaCode, flow, stationCode }: LaneThrottle,
  how: ThrottleEnd,
  at: number,
  byId?: string,
): NewEvent {
  tx.last(end, [throttleId, how, at, byId ?? null]);
  writeTimer(tx, { kind: 'throttle_end', ref: throttleId, dueAt: null });
  const lane = { throttleId, areaCode, flow, ...given({ stationCode }) };
  const data = { ...lane, how, ...given({ byId }), endedAt: toIso(at) };
  return newEvent({ name: 'lane.throttle_ended', subject: `lane/${throttleId}`, areaCode, time: at, data });
}

/** @throws Problem `not_found`. */
async function lockThrottle(
  tx: Transaction,
  throttleId: string,
): Promise<LaneThrottle & { readonly endedAt: number | null }> {
  const [row] = await tx.rows<LaneThrottle & { readonly endedAt: number | null }>(lock, [uuid(throttleId)]);
  if (row) return row;
  throw notFound('LANE.THROTTLE_NOT_FOUND', `there is no throttle ${throttleId}`, { throttleId });
}

/** A throttle `t` in the form of `LaneThrottle`. */
export const throttleColumns = `t.throttle_id AS "throttleId", t.area_code AS "areaCode", t.flow, t.station_code AS "stationCode",
    t.trucks_per_hour AS "trucksPerHour", t.ends_at AS "endsAt"`;

const lock = `
  SELECT ${throttleColumns}, t.ended_at AS "endedAt" FROM station.lane_throttles t WHERE t.throttle_id = $1 FOR UPDATE`;

const end = exactlyOne(`
  UPDATE station.lane_throttles
  SET how = $2, ended_at = to_timestamp($3::double precision / 1000), ended_by = $4
  WHERE throttle_id = $1 AND ended_at IS NULL`);
