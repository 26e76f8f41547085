import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Database } from '@yizhan/persistence';
import { notFound } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { stepsFrom } from '../cases/transition-table.js';
import { listRows } from '../network/list-rows.js';
import { HandoffRow } from './handoff.entity.js';
import { handoffTable } from './handoff.js';
import type { HandoffResponse, HandoffsQuery } from './handoffs.dto.js';

/** Handoffs as they are shown: a driver sees his own, staff those of their stations, the command centre those of its areas. */
@Injectable()
export class Handoffs {
  constructor(private readonly database: Database) {}

  async list(caller: Caller, query: HandoffsQuery): Promise<Page<HandoffResponse>> {
    assertUuidCursor(query);
    const { stationCode, state, driverId, visitId } = query;
    const asked = { stationCode, state, driverId, visitId };
    const own = await this.#ownOf(caller, stationCode);
    return listRows(this.database, query, {
      of: HandoffRow,
      keys: ['handoffId'],
      where: { ...asked, ...own },
      item: handoffResponse,
    });
  }

  /** @throws Problem `not_found`, also where the caller may not see it. */
  async read(caller: Caller, handoffId: string): Promise<HandoffResponse> {
    const row = await this.database.manager.findOneBy(HandoffRow, { handoffId });
    if (!row || !(await this.#maySee(caller, row))) throw notFound('handoff', handoffId);
    return handoffResponse(row);
  }

  async #ownOf(
    caller: Caller,
    stationCode: string | undefined,
  ): Promise<{ driverId?: string; stationCode?: string | readonly string[] }> {
    if (caller.role === 'driver') return { driverId: caller.driverId ?? '' };
    if (caller.role === 'administrator') return {};
    if (caller.role === 'command_centre') {
      const stations = await this.#stationsOf(caller);
      return { stationCode: stations.filter((code) => stationCode === undefined || code === stationCode) };
    }
    if (stationCode !== undefined) caller.requireStation(stationCode);
    return { stationCode: stationCode ?? caller.stations };
  }

  async #maySee(caller: Caller, { driverId, stationCode }: HandoffRow): Promise<boolean> {
    if (caller.role === 'driver') return driverId !== null && caller.isDriver(driverId);
    if (caller.role === 'command_centre') return (await this.#stationsOf(caller)).includes(stationCode);
    return caller.mayActAt(stationCode);
  }

  async #stationsOf({ isOfCounties, stations, areas }: Caller): Promise<readonly string[]> {
    if (isOfCounties) return stations;
    const rows = await this.database.rows<{ station_code: string }>(stationsOfAreas, [areas]);
    return rows.map((row) => row.station_code);
  }
}

const stationsOfAreas = 'SELECT station_code FROM station.stations WHERE area_code = ANY ($1)';

function handoffResponse(row: HandoffRow): HandoffResponse {
  const { handoffId, visitId, stationCode, tryNo, state, version } = row;
  const { driverId, assignedBy, decisionId, bayCode, abortReason } = row;
  const { readyAt, plannedStartAt, plannedReturnAt, startedAt, custodyAt } = row;
  return {
    handoffId,
    visitId,
    stationCode,
    tryNo,
    state,
    version,
    allowedSteps: stepsFrom(handoffTable, state).filter((step) => step !== 'expire'),
    ...given({ driverId, assignedBy, decisionId, bayCode, abortReason }),
    ...isoFields({ plannedStartAt, plannedReturnAt, startedAt, custodyAt }),
    readyAt: isoFields({ readyAt }).readyAt ?? '',
  };
}
