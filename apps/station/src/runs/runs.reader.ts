import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Database } from '@yizhan/persistence';
import { CaseScope } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { RunRow } from './run.entity.js';
import { runAnswer } from './run-answer.js';
import type { RunResponse, RunsQuery } from './runs.dto.js';

/** Runs as they are shown. */
@Injectable()
export class Runs {
  constructor(
    private readonly database: Database,
    private readonly areas: CallerScope,
    private readonly scope: CaseScope,
  ) {}

  async list(caller: Caller, query: RunsQuery): Promise<Page<RunResponse>> {
    assertUuidCursor(query);
    const { state, plate, driverId } = query;
    const areaCode = await this.areas.areasOf(caller);
    return listRows(this.database, query, {
      of: RunRow,
      keys: ['runId'],
      where: { state, plate, driverId, areaCode },
      item: runResponse,
    });
  }

  /** @throws Problem `not_found`, or `forbidden`. */
  async read(caller: Caller, runId: string): Promise<RunResponse> {
    await this.scope.requireRun(caller, runId);
    return runResponse(await this.database.read((manager) => manager.findOneByOrFail(RunRow, { runId })));
  }
}

function runResponse(row: RunRow): RunResponse {
  const { areaCode, direction, driverId, openedAt, zoneId, broughtByDriverId, intoZoneVisitId, outOfZoneVisitId } = row;
  const { dueBackAt, closedAt, overdueAt } = row;
  return {
    ...runAnswer(row),
    areaCode,
    direction,
    driverId,
    ...given({ zoneId, broughtByDriverId, intoZoneVisitId, outOfZoneVisitId }),
    ...isoFields({ dueBackAt, closedAt, overdueAt }),
    openedAt: isoFields({ openedAt }).openedAt ?? '',
  };
}
