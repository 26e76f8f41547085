import type { EventData } from '@yizhan/contracts';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import type { Transaction } from '@yizhan/persistence';
import { notFound } from '../cases/problems.js';
import { uuid } from '../cases/load-case.js';
import type { Change } from '../changes/changes.js';
import { exactlyOne } from '../changes/exactly-one.js';
import { writeTimer } from '../timers/write-timer.js';
import type { Loan, LoanState } from './loan.js';

/** What every step of a loan answers. */
export interface LoanAnswer {
  readonly loanId: string;
  readonly driverId: string;
  readonly fromAreaCode: string;
  readonly toAreaCode: string;
  readonly state: LoanState;
  readonly version: number;
}

/** The loan comes before its driver in the order of locks. @throws Problem `not_found`. */
export async function lockLoan(tx: Transaction, loanId: string): Promise<Loan> {
  const [loan] = await tx.rows<Loan>(lock, [uuid(loanId)]);
  if (!loan) throw notFound('LOAN.NOT_FOUND', `there is no loan ${loanId}`, { loanId });
  return loan;
}

/** When each state began, by the column that says so. */
const beganIn = {
  accepted: 'accepted_at',
  joined: 'joined_at',
  returning: 'return_begun_at',
  returned: 'returned_at',
  ended: 'ended_at',
} as const satisfies Partial<Record<LoanState, string>>;

/** Writes where a step has led; an offer that was answered lapses no more. */
export function writeLoan(
  tx: Transaction,
  { loanId, state: before, version }: Loan,
  after: keyof typeof beganIn,
  at: number,
  endReason?: string,
): void {
  tx.last(step(beganIn[after]), [loanId, version, after, at, endReason ?? null]);
  if (before === 'offered') writeTimer(tx, { kind: 'loan_offer', ref: loanId, dueAt: null });
}

export function answerAfter(loan: Loan, state: LoanState): LoanAnswer {
  const { loanId, driverId, fromAreaCode, toAreaCode, version } = loan;
  return { loanId, driverId, fromAreaCode, toAreaCode, state, version: version + 1 };
}

type OfLoan = 'driver.loan_offered' | 'driver.loan_ended' | 'driver.lent' | 'driver.return_begun';

/** What concerns both areas is told in both. */
export function tellBoth<N extends OfLoan>(
  name: N,
  { driverId, fromAreaCode, toAreaCode }: Pick<Loan, 'driverId' | 'fromAreaCode' | 'toAreaCode'>,
  { at }: Pick<Change, 'at'>,
  data: EventData[N],
): NewEvent[] {
  return [fromAreaCode, toAreaCode].map((areaCode) =>
    newEvent({ name, subject: `driver/${driverId}`, areaCode, time: at, data }),
  );
}

/** What every event of a loan says. */
export function factsOf({ loanId, driverId, fromAreaCode, toAreaCode }: Omit<Loan, 'state' | 'expiresAt' | 'version'>) {
  return { loanId, driverId, fromAreaCode, toAreaCode };
}

const lock = `
  SELECT loan_id AS "loanId", driver_id AS "driverId", from_area_code AS "fromAreaCode", to_area_code AS "toAreaCode", state,
         expires_at AS "expiresAt", version
  FROM station.driver_loans WHERE loan_id = $1 FOR UPDATE`;

const step = (column: string): string =>
  exactlyOne(`
  UPDATE station.driver_loans
  SET state = $3, ${column} = to_timestamp($4::double precision / 1000), end_reason = $5, version = version + 1
  WHERE loan_id = $1 AND version = $2`);
