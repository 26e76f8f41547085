import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { conflict, invalid } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { loadDriverFacts } from '../drivers/driver-facts.repository.js';
import { requireArea } from '../network/areas/area.repository.js';
import { servesZone } from '../network/zones/zone.repository.js';
import { writeTimer } from '../timers/write-timer.js';
import { factsOf, type LoanAnswer, tellBoth } from './loan.repository.js';

export interface OfferDriverInput {
  readonly driverId: string;
  /** Whose offer it is: he has to be in the pool of this area. */
  readonly fromAreaCode: string;
  readonly toAreaCode: string;
  /** Epoch milliseconds; four hours from now where it is left out. */
  readonly expiresAt?: number;
}

const usualMillis = 4 * 3_600_000;

/** An area offers another one a relay driver of its own. Nothing changes for him until somebody accepts. */
@Injectable()
export class OfferDriver {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: OfferDriverInput): Promise<LoanAnswer> {
    const { driverId, fromAreaCode, toAreaCode } = input;
    if (fromAreaCode === toAreaCode) {
      throw invalid('LOAN.SAME_AREA', 'a driver is lent to another area than his own', { field: 'toAreaCode' });
    }
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await requireArea(tx, toAreaCode);
      const { areaCode, facts } = await loadDriverFacts(tx, driverId);
      await assertNoneOpen(tx, driverId);
      if (areaCode !== fromAreaCode) {
        throw conflict('DRIVER.OTHER_POOL', `driver ${driverId} is in the pool of ${areaCode}`, { driverId, areaCode });
      }
      await assertServed(tx, driverId, facts.insideZoneId, toAreaCode);
      const { at } = change;
      const expiresAt = input.expiresAt ?? at + usualMillis;
      if (expiresAt <= at) {
        throw invalid('LOAN.ENDS_BEFORE_START', 'an offer lapses after it is made', { field: 'expiresAt' });
      }
      const loan = { loanId: change.newId('loan'), driverId, fromAreaCode, toAreaCode };
      tx.last(insert, [loan.loanId, driverId, fromAreaCode, toAreaCode, request.caller, at, expiresAt]);
      writeTimer(tx, { kind: 'loan_offer', ref: loan.loanId, dueAt: expiresAt });
      const events = tellBoth('driver.loan_offered', loan, change, { ...factsOf(loan), expiresAt: toIso(expiresAt) });
      return { events, answer: { ...loan, state: 'offered', version: 1 } };
    });
  }
}

/** His row is locked, so that two offers are made one after the other. @throws Problem `conflict`. */
async function assertNoneOpen(tx: Transaction, driverId: string): Promise<void> {
  const [open] = await tx.rows<{ loanId: string; state: string }>(findOpen, [driverId]);
  if (!open) return;
  throw conflict('LOAN.ANOTHER_IS_OPEN', `driver ${driverId} is offered or lent already`, { driverId, ...open });
}

/** He is inside a zone that the other area serves too: nobody is moved across. @throws Problem `conflict`. */
export async function assertServed(
  tx: Transaction,
  driverId: string,
  zoneId: string | null,
  areaCode: string,
): Promise<void> {
  if (zoneId === null) {
    throw conflict('LOAN.NOT_A_RELAY_DRIVER', `driver ${driverId} is in no zone: only relay drivers are lent`, {
      driverId,
    });
  }
  if (await servesZone(tx, zoneId, areaCode)) return;
  const message = `area ${areaCode} does not serve zone ${zoneId}, in which driver ${driverId} is`;
  throw conflict('LOAN.ZONE_NOT_SERVED', message, { driverId, zoneId, areaCode });
}

const findOpen = `
  SELECT loan_id AS "loanId", state FROM station.driver_loans
  WHERE driver_id = $1 AND state IN ('offered', 'accepted', 'joined', 'returning')`;

const insert = `
  INSERT INTO station.driver_loans (loan_id, driver_id, from_area_code, to_area_code, state, offered_by, offered_at, expires_at)
  VALUES ($1, $2, $3, $4, 'offered', $5, to_timestamp($6::double precision / 1000), to_timestamp($7::double precision / 1000))`;
