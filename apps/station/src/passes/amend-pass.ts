import { Injectable } from '@nestjs/common';
import type { TruckCase } from '../cases/truck-case.js';
import { passRows } from '../cases/rows.js';
import { TruckCases } from '../cases/truck-cases.js';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import { requireArea } from '../network/areas/area.repository.js';
import { assertEndsLater, assertNamesSomebody } from './issue-pass.js';
import { type Pass, passAfter } from './pass.js';
import {
  lockPass,
  type PassAnswer,
  passAnswer,
  passEvent,
  plateOfPass,
  recheckAssignment,
  requireDrivers,
} from './pass.repository.js';

/** What is to be otherwise; the rest stays. */
export interface PassAmendment {
  readonly route?: string;
  readonly driverIds?: readonly string[];
  /** Null: no pool any more. */
  readonly poolAreaCode?: string | null;
  readonly validFrom?: number;
  /** Null: without an end. */
  readonly validUntil?: number | null;
}

export interface AmendPassInput extends PassAmendment {
  readonly passId: string;
}

/** A pass covers others, goes elsewhere or ends at another time; what waited for that may start. */
@Injectable()
export class AmendPass {
  constructor(
    private readonly changes: Changes,
    private readonly cases: TruckCases,
  ) {}

  execute(request: StationRequest, { passId, ...amendment }: AmendPassInput): Promise<PassAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const truckCase = await this.cases.ofPlate(await plateOfPass(tx, passId))(tx, change);
      return amendPass(change, truckCase, passId, () => amendment);
    });
  }
}

/** Within a change whose locks are those of the truck's case. */
export async function amendPass(
  change: Change,
  truckCase: TruckCase | undefined,
  passId: string,
  amend: (pass: Pass) => PassAmendment,
): Promise<Outcome<PassAnswer>> {
  const { tx } = change;
  const before = await lockPass(tx, passId);
  passAfter(before, 'amend');
  const said = Object.entries(amend(before)).filter(([, value]) => value !== undefined);
  const pass: Pass = { ...before, ...Object.fromEntries(said) };
  assertNamesSomebody(pass);
  assertEndsLater(pass.validFrom, pass.validUntil);
  if (pass.poolAreaCode !== null) await requireArea(tx, pass.poolAreaCode);
  await requireDrivers(tx, pass.driverIds);
  const after = { ...pass, driverIds: [...new Set(pass.driverIds)] };
  passRows.write(tx, after);
  if (truckCase?.visit.areaCode === after.areaCode) await recheckAssignment(tx, truckCase, after);
  return { events: [passEvent('pass.amended', after, change.at)], answer: passAnswer(after) };
}
