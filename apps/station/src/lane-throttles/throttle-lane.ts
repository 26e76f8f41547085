import { Injectable } from '@nestjs/common';
import type { Flow } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { invalid, notFound } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { requireArea } from '../network/areas/area.repository.js';
import { writeTimer } from '../timers/write-timer.js';
import type { LaneThrottle } from './lane-throttle.js';
import { endThrottle, throttleColumns } from './end-throttle.js';

export interface ThrottleLaneInput {
  readonly areaCode: string;
  readonly flow: Flow;
  /** Every station of the area where it is left out. */
  readonly stationCode?: string;
  readonly trucksPerHour: number;
  /** A code, never free text. */
  readonly reason: string;
  /** Epoch milliseconds; it stands until somebody ends it where it is left out. */
  readonly endsAt?: number;
}

export interface ThrottledLane {
  readonly throttleId: string;
  /** RFC 3339. */
  readonly throttledAt: string;
  /** The throttle of the same lane that it stands for, where there was one. */
  readonly replaces?: string;
}

/**
 * From now on at most so many trucks of a lane get a driver in any hour; those that have one keep theirs, and count. A throttle that the
 * lane has already gives way.
 */
@Injectable()
export class ThrottleLane {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: ThrottleLaneInput): Promise<ThrottledLane> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await lockArea(tx, input.areaCode);
      await assertStation(tx, input);
      const [before] = await tx.rows<LaneThrottle>(lockSame, [input.areaCode, input.flow, input.stationCode ?? null]);
      const { at } = change;
      const { areaCode, flow, stationCode, trucksPerHour, reason, endsAt } = input;
      if (endsAt !== undefined && endsAt <= at)
        throw invalid('LANE.ENDS_BEFORE_START', 'a throttle ends after it begins', { field: 'endsAt' });
      const ended = before ? [endThrottle(tx, before, 'replaced', at, request.caller)] : [];
      const throttleId = change.newId('throttle');
      const row = [throttleId, areaCode, flow, stationCode ?? null, trucksPerHour, reason, request.caller, at];
      tx.last(insert, [...row, endsAt ?? null]);
      if (endsAt !== undefined) writeTimer(tx, { kind: 'throttle_end', ref: throttleId, dueAt: endsAt });
      const ends = endsAt === undefined ? {} : { endsAt: toIso(endsAt) };
      const lane = { throttleId, areaCode, flow, ...given({ stationCode }) };
      const data = { ...lane, trucksPerHour, reason, byId: request.caller, throttledAt: toIso(at), ...ends };
      const throttled = newEvent({ name: 'lane.throttled', subject: `lane/${throttleId}`, areaCode, time: at, data });
      return {
        events: [...ended, throttled],
        answer: { throttleId, throttledAt: toIso(at), ...given({ replaces: before?.throttleId }) },
      };
    });
  }
}

/** Assignments of the area that are under way are waited for, and count; those that come later see the throttle. */
async function lockArea(tx: Transaction, areaCode: string): Promise<void> {
  await tx.rows('SELECT 1 FROM station.areas WHERE area_code = $1 FOR NO KEY UPDATE', [areaCode]);
  await requireArea(tx, areaCode);
}

async function assertStation(tx: Transaction, { areaCode, stationCode }: ThrottleLaneInput): Promise<void> {
  if (stationCode === undefined) return;
  const sql = 'SELECT 1 FROM station.stations WHERE station_code = $1 AND area_code = $2';
  if ((await tx.rows(sql, [stationCode, areaCode])).length > 0) return;
  throw notFound('STATION.NOT_FOUND', `area ${areaCode} has no station ${stationCode}`, { areaCode, stationCode });
}

const lockSame = `
  SELECT ${throttleColumns} FROM station.lane_throttles t
  WHERE t.area_code = $1 AND t.flow = $2 AND t.station_code IS NOT DISTINCT FROM $3 AND t.ended_at IS NULL FOR UPDATE`;

const insert = `
  INSERT INTO station.lane_throttles
    (throttle_id, area_code, flow, station_code, trucks_per_hour, reason, throttled_by, throttled_at, ends_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::double precision / 1000), to_timestamp($9::double precision / 1000))`;
