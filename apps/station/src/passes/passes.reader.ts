import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { ofTrucksOf } from '../cases/of-trucks-of.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { stepsFrom } from '../cases/transition-table.js';
import { TruckRow } from '../custody/truck.entity.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { type PassBlock, passTable } from './pass.js';
import { PassRow } from './pass.entity.js';
import { passNotFound } from './pass.repository.js';
import type { AmendmentResponse, AmendmentsQuery, PassesQuery, PassResponse } from './passes.dto.js';

interface Waiting {
  readonly handoffId: string;
  readonly visitId: string;
  readonly areaCode: string;
  readonly stationCode: string;
  readonly plate: string;
  readonly driverId: string;
  readonly passBlock: PassBlock;
  readonly passId: string | null;
  readonly plannedStartAt: number;
}

/** Passes as they are shown, to those whose areas they are of. */
@Injectable()
export class Passes {
  constructor(
    private readonly database: Database,
    private readonly scope: CallerScope,
  ) {}

  async list(caller: Caller, query: PassesQuery): Promise<Page<PassResponse>> {
    const { plate, state } = query;
    const areaCode = caller.role === 'carrier' ? query.areaCode : await this.#areasOf(caller, query.areaCode);
    return listRows(this.database, query, {
      of: PassRow,
      keys: ['passId'],
      where: { plate, state, areaCode },
      matching: caller.role === 'carrier' ? ofTrucksOf(caller.carrierId ?? '') : undefined,
      item: passResponse,
    });
  }

  /** @throws Problem `not_found`, also where the caller may not see it. */
  async read(caller: Caller, passId: string): Promise<PassResponse> {
    const row = await this.database.read((manager) => manager.findOneBy(PassRow, { passId }));
    if (!row || !(await this.#maySee(caller, row))) throw passNotFound(passId);
    return passResponse(row);
  }

  /** @throws Problem `not_found`. */
  async areaOf(passId: string): Promise<string> {
    const row = await this.database.read((manager) => manager.findOneBy(PassRow, { passId }));
    if (!row) throw passNotFound(passId);
    return row.areaCode;
  }

  /** Assignments that wait for a pass to cover their drivers. */
  async amendments(caller: Caller, query: AmendmentsQuery): Promise<Page<AmendmentResponse>> {
    assertUuidCursor(query);
    const areas = await this.#areasOf(caller, query.areaCode);
    const [after] = query.afterKeys(1) ?? [];
    const rows = await this.database.rows<Waiting>(readWaiting, [areas ?? null, after ?? null, query.limit + 1]);
    return pageOf(
      rows,
      query.limit,
      ({ handoffId }) => [handoffId],
      ({ passId, plannedStartAt, ...waiting }) => ({
        ...waiting,
        ...given({ passId }),
        plannedStartAt: toIso(plannedStartAt),
      }),
    );
  }

  async #maySee(caller: Caller, { areaCode, plate }: PassRow): Promise<boolean> {
    if (caller.role === 'carrier')
      return this.database.read((manager) => manager.existsBy(TruckRow, { plate, carrierId: caller.carrierId ?? '' }));
    const areas = await this.scope.areasOf(caller);
    return areas === undefined || areas.includes(areaCode);
  }

  async #areasOf(caller: Caller, asked: string | undefined): Promise<readonly string[] | undefined> {
    const areas = await this.scope.areasOf(caller);
    if (asked === undefined) return areas;
    return areas === undefined || areas.includes(asked) ? [asked] : [];
  }
}

function passResponse({ poolAreaCode, validFrom, validUntil, ...row }: PassRow): PassResponse {
  return {
    ...row,
    ...given({ poolAreaCode }),
    validFrom: toIso(validFrom),
    ...(validUntil === null ? {} : { validUntil: toIso(validUntil) }),
    allowedSteps: stepsFrom(passTable, row.state),
  };
}

const readWaiting = `
  SELECT h.handoff_id AS "handoffId", v.visit_id AS "visitId", v.area_code AS "areaCode", h.station_code AS "stationCode",
    v.plate, h.driver_id AS "driverId", h.pass_block AS "passBlock", p.pass_id AS "passId", h.planned_start_at AS "plannedStartAt"
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id
  LEFT JOIN station.passes p ON p.plate = v.plate AND p.area_code = v.area_code AND p.state = 'issued'
  WHERE h.pass_block IS NOT NULL AND h.state IN ('assigned', 'accepted')
    AND ($1::text[] IS NULL OR v.area_code = ANY ($1)) AND ($2::uuid IS NULL OR h.handoff_id > $2)
  ORDER BY h.handoff_id LIMIT $3`;
