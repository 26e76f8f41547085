import { Injectable } from '@nestjs/common';
import type { YizhanEvent } from '@yizhan/contracts';
import { LogReader } from '@yizhan/event-log';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { In } from 'typeorm';
import { CaseScope, notFound } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { answerOf } from '../cases/next-steps.js';
import { visibleTo } from '../cases/visible-to.js';
import { HandoffRow } from '../handoffs/handoff.entity.js';
import type { Handoff } from '../handoffs/handoff.js';
import { listRows } from '../network/list-rows.js';
import { VisitRow } from './visit.entity.js';
import type { Visit, VisitStep } from './visit.js';
import type { VisitResponse, VisitsQuery } from './visits.dto.js';

/** Visits as they are shown. */
@Injectable()
export class Visits {
  constructor(
    private readonly database: Database,
    private readonly log: LogReader,
    private readonly scope: CaseScope,
  ) {}

  async list(caller: Caller, query: VisitsQuery): Promise<Page<VisitResponse>> {
    assertUuidCursor(query);
    const { stationCode, state, flow, plate } = query;
    const page = await listRows(this.database, query, {
      of: VisitRow,
      keys: ['visitId'],
      where: { ...visibleTo(caller, stationCode), state, flow, plate },
      matching: caller.role === 'enterprise' ? withConsignmentsOf(caller.enterpriseId ?? '') : undefined,
      item: (row) => row,
    });
    return { ...page, items: await this.#withHandoffs(caller, page.items) };
  }

  /** @throws Problem `not_found`, also where the caller may not see it. */
  async read(caller: Caller, visitId: string): Promise<VisitResponse> {
    const [visit] = await this.#withHandoffs(caller, [await this.#find(caller, visitId)]);
    return visit;
  }

  /** Everything that the log says of a visit, in order. @throws Problem `not_found`. */
  async history(caller: Caller, visitId: string): Promise<readonly YizhanEvent[]> {
    await this.#find(caller, visitId);
    return this.log.ofCorrelation(visitId);
  }

  async #find(caller: Caller, visitId: string): Promise<VisitRow> {
    const row = await this.database.read((manager) => manager.findOneBy(VisitRow, { visitId }));
    if (!row || !this.#maySee(caller, row)) throw notFound('visit', visitId);
    return row;
  }

  #maySee(caller: Caller, row: VisitRow): boolean {
    if (caller.role === 'enterprise') return ownConsignments(caller, row).length > 0;
    // Where it was announced before it was moved they look out for it still.
    const { areaCode, carrierId } = row;
    const stations = [row.stationCode, ...(row.state === 'announced' ? (row.movedFrom ?? []) : [])];
    return stations.some((stationCode) => this.scope.maySee(caller, { stationCode, areaCode, carrierId }));
  }

  async #withHandoffs(caller: Caller, visits: readonly VisitRow[]): Promise<VisitResponse[]> {
    const handoffs = await this.database.read((manager) =>
      manager.find(HandoffRow, {
        where: { visitId: In(visits.map(({ visitId }) => visitId)) },
        order: { tryNo: 'ASC' },
      }),
    );
    const newest = new Map(handoffs.map((handoff) => [handoff.visitId, handoff]));
    return visits.map((visit) => ({
      ...visitResponse(visit, newest.get(visit.visitId), stationOf(caller, visit)),
      consignments: ownConsignments(caller, visit),
    }));
  }
}

/** The station from which somebody looks at a visit: a former one, where he works there and not at the visit's own. */
function stationOf(caller: Caller, { stationCode, movedFrom }: VisitRow): string {
  if (caller.mayActAt(stationCode)) return stationCode;
  return movedFrom?.find((former) => caller.mayActAt(former)) ?? stationCode;
}

/** Where it was announced before it was moved: the rest is for the station that it was moved to. */
const stepsAtFormer: ReadonlySet<string> = new Set(['queue', 'arrive'] satisfies VisitStep[]);

/** An enterprise is told nothing of what else a truck carries. */
function ownConsignments(caller: Caller, { consignments }: VisitRow): VisitResponse['consignments'] {
  if (caller.role !== 'enterprise') return consignments;
  return consignments.filter(({ enterpriseId }) => caller.isEnterprise(enterpriseId));
}

const withConsignmentsOf = (enterpriseId: string) => ({
  sql: 'row.consignments @> :own::jsonb',
  parameters: { own: JSON.stringify([{ enterpriseId }]) },
});

/** A visit with its newest handoff, as it is shown at a station. */
export function visitResponse(
  row: VisitRow,
  handoff: HandoffRow | undefined,
  atStationCode: string,
): Omit<VisitResponse, 'consignments'> {
  const { areaCode, stationCode, zoneId, flow, priority, holds, holdReasons, version } = row;
  const { carrierId, outcome, queue, calledBayCode, movedFrom } = row;
  const { dueAt, expectedAt, arrivedAt, departedAt, queuedAt, calledAt, releasedAt } = row;
  const answer = answerOf({ visit: row as Visit, handoff: handoff as unknown as Handoff | undefined });
  const isFormer = row.state === 'announced' && stationCode !== atStationCode;
  return {
    ...answer,
    ...(isFormer && { allowedSteps: answer.allowedSteps.filter((step) => stepsAtFormer.has(step)) }),
    areaCode,
    stationCode,
    zoneId,
    flow,
    priority,
    holdReasons,
    holds: holds.map((each) => ({ ...each, heldAt: toIso(each.heldAt) })),
    version,
    ...given({ carrierId, outcome, queue, calledBayCode, movedFrom }),
    ...isoFields({ dueAt, expectedAt, arrivedAt, departedAt, queuedAt, calledAt, releasedAt }),
  };
}
