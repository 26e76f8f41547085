import { Injectable } from '@nestjs/common';
import { eventType, type YizhanEvent } from '@yizhan/contracts';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Database } from '@yizhan/persistence';
import { CaseScope } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { ofTrucksOf } from '../cases/of-trucks-of.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { RunRow } from './run.entity.js';
import { runAnswer } from './run-answer.js';
import { runSteps } from './record-run-step.js';
import type { RunResponse, RunsQuery, RunStepResponse } from './runs.dto.js';

/** Runs as they are shown: to a carrier those of its own trucks. */
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
    const isCarrier = caller.role === 'carrier';
    const areaCode = isCarrier ? undefined : await this.areas.areasOf(caller);
    const page = await listRows(this.database, query, {
      of: RunRow,
      keys: ['runId'],
      where: { state, plate, driverId, areaCode },
      matching: isCarrier ? ofTrucksOf(caller.carrierId ?? '') : undefined,
      item: (row) => row,
    });
    return { ...page, items: await this.#shown(page.items) };
  }

  /** @throws Problem `not_found`, or `forbidden`. */
  async read(caller: Caller, runId: string): Promise<RunResponse> {
    await this.scope.requireRun(caller, runId);
    const row = await this.database.read((manager) => manager.findOneByOrFail(RunRow, { runId }));
    const [run] = await this.#shown([row]);
    return run;
  }

  /** With what was recorded last of each. */
  async #shown(runs: readonly RunRow[]): Promise<RunResponse[]> {
    const subjects = runs.map(({ runId }) => `run/${runId}`);
    const rows = await this.database.rows<{ document: string }>(readLastSteps, [subjects, runSteps.map(typeOfStep)]);
    const stepOf = new Map(rows.flatMap(({ document }) => lastStepIn(document)));
    return runs.map((run) => runResponse(run, stepOf.get(run.runId)));
  }
}

const typeOfStep = (step: RunStepResponse['step']) => eventType(`run.${step}`);

function lastStepIn(document: string): [runId: string, step: RunStepResponse][] {
  const { type, data } = JSON.parse(document) as YizhanEvent<`run.${RunStepResponse['step']}`>;
  const { runId, enterpriseId, at } = data;
  const step = runSteps.find((each) => typeOfStep(each) === type);
  return step ? [[runId, { step, enterpriseId, at }]] : [];
}

/** What was taken back never was. */
const readLastSteps = `
  SELECT DISTINCT ON (e.subject) e.document FROM event_log.entries e
  WHERE e.subject = ANY ($1) AND e.type = ANY ($2) AND NOT EXISTS (
    SELECT FROM event_log.entries r WHERE r.subject = e.subject AND r.type = '${eventType('record.retracted')}'
      AND r.document::json->'data'->>'retractedEventId' = e.event_id::text)
  ORDER BY e.subject, e.sequence DESC`;

function runResponse(row: RunRow, lastStep: RunStepResponse | undefined): RunResponse {
  const { areaCode, direction, driverId, openedAt, zoneId, broughtByDriverId, intoZoneVisitId, outOfZoneVisitId } = row;
  const { dueBackAt, closedAt, overdueAt } = row;
  return {
    ...runAnswer(row),
    areaCode,
    direction,
    driverId,
    ...given({ zoneId, broughtByDriverId, intoZoneVisitId, outOfZoneVisitId, lastStep }),
    ...isoFields({ dueBackAt, closedAt, overdueAt }),
    openedAt: isoFields({ openedAt }).openedAt ?? '',
  };
}
