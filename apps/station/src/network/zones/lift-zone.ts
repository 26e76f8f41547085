import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { takeStep } from '../../cases/transition-table.js';
import { type Change, Changes, type Outcome, type StationRequest } from '../../changes/changes.js';
import type { ZoneAnswer } from './activate-zone.js';
import { zoneTable } from './zone.js';
import { lockZone, tellAreas, watchZoneEnd } from './zone.repository.js';

export interface LiftedZone extends ZoneAnswer {
  /** Trucks that are still on a run beyond a station: their runs are closed `zone_lifted` one by one. */
  readonly openRuns: readonly { readonly runId: string; readonly plate: string; readonly driverId: string }[];
}

/** Opens a zone to everybody again, and says which runs are still to be ended. */
@Injectable()
export class LiftZone {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { zoneId }: { readonly zoneId: string }): Promise<LiftedZone> {
    return this.changes.once(request, (change) => this.within(change, zoneId));
  }

  /** Part of a change that is under way: a plan ends with its zone. */
  async within(change: Change, zoneId: string): Promise<Outcome<LiftedZone>> {
    const { tx } = change;
    const zone = await lockZone(tx, zoneId);
    const state = takeStep('zone', zoneTable, zone.state, 'lift');
    const { at } = change;
    watchZoneEnd(tx, zoneId, null);
    const [{ version }, openRuns] = await Promise.all([
      tx.one<{ version: number }>(liftZone, [zoneId, at]),
      tx.rows<LiftedZone['openRuns'][number]>(openRunsIn, [zoneId]),
    ]);
    const { areaCode } = zone;
    const data = { zoneId, liftedAt: toIso(at) };
    return {
      events: tellAreas('zone.lifted', zone, at, data),
      answer: { zoneId, areaCode, state, version, openRuns },
    };
  }
}

const liftZone = `
  UPDATE station.zones SET state = 'lifted', lifted_at = to_timestamp($2::double precision / 1000), version = version + 1
  WHERE zone_id = $1 AND state = 'active' RETURNING version`;

const openRunsIn = `
  SELECT run_id AS "runId", plate, driver_id AS "driverId" FROM station.runs
  WHERE state = 'open' AND zone_id = $1 ORDER BY opened_at, run_id`;
