import { Injectable } from '@nestjs/common';
import type { Transaction } from '@yizhan/persistence';
import { invalid } from '../cases/problems.js';
import type { TruckCase } from '../cases/truck-case.js';
import { passRows } from '../cases/rows.js';
import { TruckCases } from '../cases/truck-cases.js';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import { requireArea } from '../network/areas/area.repository.js';
import type { Pass } from './pass.js';
import { type PassAnswer, passAnswer, passEvent, recheckAssignment, requireDrivers } from './pass.repository.js';

export interface IssuePassInput {
  readonly areaCode: string;
  /** GB/T 2260. */
  readonly countyCode: string;
  readonly plate: string;
  readonly route: string;
  readonly driverIds: readonly string[];
  readonly poolAreaCode?: string;
  /** The present where it is not given. */
  readonly validFrom?: number;
  readonly validUntil?: number;
}

/** A truck gets its one pass in the area; what waited for it may start. */
@Injectable()
export class IssuePass {
  constructor(
    private readonly changes: Changes,
    private readonly cases: TruckCases,
  ) {}

  execute(request: StationRequest, input: IssuePassInput): Promise<PassAnswer> {
    return this.changes.once(request, async (change) => {
      const truckCase = await this.cases.ofPlate(input.plate)(change.tx, change);
      return issuePass(change, truckCase, input);
    });
  }
}

/** Within a change whose locks are those of the truck's case. */
export async function issuePass(
  change: Change,
  truckCase: TruckCase | undefined,
  input: IssuePassInput,
): Promise<Outcome<PassAnswer>> {
  const { tx } = change;
  const { areaCode, countyCode, plate, route, driverIds, poolAreaCode = null, validUntil = null } = input;
  await requireArea(tx, areaCode);
  if (poolAreaCode !== null) await requireArea(tx, poolAreaCode);
  await requireDrivers(tx, driverIds);
  const passId = await nextPassId(tx, countyCode);
  const validFrom = input.validFrom ?? change.at;
  assertNamesSomebody({ driverIds, poolAreaCode });
  assertEndsLater(validFrom, validUntil);
  const state = 'issued' as const;
  const pass: Pass = {
    passId,
    areaCode,
    plate,
    route,
    driverIds: [...new Set(driverIds)],
    poolAreaCode,
    validFrom,
    validUntil,
    state,
    version: 0,
  };
  passRows.write(tx, pass);
  const isOfTheArea = truckCase?.visit.areaCode === areaCode;
  if (isOfTheArea) await recheckAssignment(tx, truckCase, pass);
  return { events: [passEvent('pass.issued', pass, change.at)], answer: passAnswer(pass) };
}

/** @throws Problem `invalid`. */
export function assertNamesSomebody({ driverIds, poolAreaCode }: Pick<Pass, 'driverIds' | 'poolAreaCode'>): void {
  if (driverIds.length > 0 || poolAreaCode !== null) return;
  throw invalid('PASS.FOR_NOBODY', 'a pass names drivers, or a pool of them', { field: 'driverIds' });
}

/** @throws Problem `invalid`. */
export function assertEndsLater(validFrom: number, validUntil: number | null): void {
  if (validUntil === null || validUntil > validFrom) return;
  throw invalid('PASS.ENDS_BEFORE_START', 'a pass ends after it begins', { field: 'validUntil' });
}

async function nextPassId(tx: Transaction, countyCode: string): Promise<string> {
  const { last } = await tx.one<{ last: number }>(drawSerial, [countyCode]);
  return `${countyCode}${String(last).padStart(6, '0')}`;
}

const drawSerial = `
  INSERT INTO station.pass_counters AS c (county_code, last) VALUES ($1, 1)
  ON CONFLICT (county_code) DO UPDATE SET last = c.last + 1 RETURNING last`;
