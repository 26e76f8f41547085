import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { In } from 'typeorm';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { uuid } from '../cases/load-case.js';
import { notFound } from '../cases/problems.js';
import { stepsFrom } from '../cases/transition-table.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { DriverRow } from '../drivers/driver.entity.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { loanTable } from './loan.js';
import { LoanRow } from './loan.entity.js';
import type { LoanResponse, LoansQuery } from './loans.dto.js';

/** Loans as they are shown to both areas, and who may take which step. */
@Injectable()
export class Loans {
  constructor(
    private readonly database: Database,
    private readonly scope: CallerScope,
  ) {}

  async list(caller: Caller, query: LoansQuery): Promise<Page<LoanResponse>> {
    assertUuidCursor(query);
    const { areaCode, driverId, state } = query;
    const reached = await this.scope.areasOf(caller);
    const areas = areaCode === undefined ? reached : [areaCode].filter((code) => reached?.includes(code) ?? true);
    const { items, ...page } = await listRows(this.database, query, {
      of: LoanRow,
      keys: ['loanId'],
      where: { driverId, state },
      // Codes have no commas.
      matching: areas && { sql: ofEither, parameters: { areas: areas.join(',') } },
      item: (row) => row,
    });
    return { ...page, items: await this.#described(items) };
  }

  async read(caller: Caller, loanId: string): Promise<LoanResponse> {
    const loan = await this.#find(loanId);
    const areas = await this.scope.areasOf(caller);
    if (areas && ![loan.fromAreaCode, loan.toAreaCode].some((code) => areas.includes(code))) throw notYours(loan);
    const [described] = await this.#described([loan]);
    return described;
  }

  /** The command centre of an area of the loan. @throws Problem `forbidden`, or `not_found`. */
  async requireArea(caller: Caller, loanId: string, which: 'fromAreaCode' | 'toAreaCode' | 'either'): Promise<void> {
    const loan = await this.#find(loanId);
    if (which !== 'either') caller.requireArea(loan[which]);
    else if (![loan.fromAreaCode, loan.toAreaCode].some((code) => caller.mayActInArea(code))) throw notYours(loan);
  }

  /** With what the drivers are, as both areas may know. */
  async #described(rows: readonly LoanRow[]): Promise<LoanResponse[]> {
    const driverIds = [...new Set(rows.map(({ driverId }) => driverId))];
    const drivers = await this.database.read((manager) => manager.findBy(DriverRow, { driverId: In(driverIds) }));
    const known = new Map(drivers.map((driver) => [driver.driverId, driver]));
    return rows.map((row) => responseOf(row, known.get(row.driverId)));
  }

  async #find(loanId: string): Promise<LoanRow> {
    const row = await this.database.read((manager) => manager.findOneBy(LoanRow, { loanId: uuid(loanId) }));
    if (!row) throw notFound('LOAN.NOT_FOUND', `there is no loan ${loanId}`, { loanId });
    return row;
  }
}

const ofEither = `(row.fromAreaCode = ANY(string_to_array(:areas, ',')) OR row.toAreaCode = ANY(string_to_array(:areas, ',')))`;

function notYours({ loanId }: LoanRow): Problem {
  return new Problem('forbidden', 'IDENTITY.NOT_YOUR_AREA', 'neither area of the loan is yours', { loanId });
}

function responseOf(row: LoanRow, driver: DriverRow | undefined): LoanResponse {
  const { loanId, driverId, fromAreaCode, toAreaCode, state, version, endReason } = row;
  const { offeredBy, offeredAt, expiresAt, acceptedAt, joinedAt, returnBegunAt, returnedAt, endedAt } = row;
  return {
    loanId,
    driverId,
    fromAreaCode,
    toAreaCode,
    state,
    version,
    poolAreaCode: state === 'joined' || state === 'returning' ? toAreaCode : fromAreaCode,
    insideZoneId: driver?.insideZoneId ?? null,
    licences: driver?.licences ?? [],
    offeredById: offeredBy,
    offeredAt: toIso(offeredAt),
    expiresAt: toIso(expiresAt),
    ...isoFields({ acceptedAt, joinedAt, returnBegunAt, returnedAt, endedAt }),
    ...given({ endReason }),
    // What time does by itself nobody may do.
    allowedSteps: stepsFrom(loanTable, state).filter((step) => step !== 'lapse'),
  };
}
