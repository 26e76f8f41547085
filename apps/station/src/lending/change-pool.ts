import { Injectable } from '@nestjs/common';
import type { PooledDriver } from '@yizhan/contracts';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type { DriverFacts } from '@yizhan/policy';
import { given } from '../cases/given.js';
import { type Change, Changes, type StationRequest } from '../changes/changes.js';
import { refuseWhileAssigned, refuseWhileHoldingTruck } from '../drivers/driver.js';
import { loadDriverFacts } from '../drivers/driver-facts.repository.js';
import { moveDriver } from '../drivers/move-driver.js';
import { requireStationOfArea } from '../network/stations/station.repository.js';
import { type Loan, loanAfter } from './loan.js';
import { answerAfter, lockLoan, type LoanAnswer, writeLoan } from './loan.repository.js';
import { assertServed } from './offer-driver.js';

export interface ChangePoolInput {
  readonly loanId: string;
  /** Where he has reported, of the area that has him from now on. */
  readonly stationCode: string;
}

/** The driver has reported where he was lent to: from here on he is in its pool and in no other. */
@Injectable()
export class JoinPool {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { loanId, stationCode }: ChangePoolInput): Promise<LoanAnswer> {
    return this.changes.once(request, async (change) => {
      const loan = await lockLoan(change.tx, loanId);
      loanAfter(loan, 'join');
      const move = { areaCode: loan.toAreaCode, fromAreaCode: loan.fromAreaCode, stationCode };
      const events = await changePool(change, loan, 'driver.pool_joined', move);
      writeLoan(change.tx, loan, 'joined', change.at);
      return { events, answer: answerAfter(loan, 'joined') };
    });
  }
}

/** The driver has reported at home: he is in the pool of his own area again. */
@Injectable()
export class TakeBackDriver {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { loanId, stationCode }: ChangePoolInput): Promise<LoanAnswer> {
    return this.changes.once(request, async (change) => {
      const loan = await lockLoan(change.tx, loanId);
      loanAfter(loan, 'take_back');
      const move = { areaCode: loan.fromAreaCode, fromAreaCode: loan.toAreaCode, stationCode };
      const events = await changePool(change, loan, 'driver.returned', move);
      writeLoan(change.tx, loan, 'returned', change.at);
      return { events, answer: answerAfter(loan, 'returned') };
    });
  }
}

interface Move {
  readonly areaCode: string;
  readonly fromAreaCode: string;
  readonly stationCode: string;
}

/**
 * One change of one row, and the area that he leaves is told first: no reader of either area ever sees him in both. A shift
 * that is open goes on where he has reported. He is locked, so that whoever assigns him does so before or after.
 */
async function changePool(
  change: Change,
  { loanId, driverId }: Loan,
  name: 'driver.pool_joined' | 'driver.returned',
  move: Move,
): Promise<NewEvent[]> {
  const { tx } = change;
  const { areaCode, fromAreaCode, stationCode } = move;
  const driver = await loadDriverFacts(tx, driverId);
  refuseWhileAssigned(driver);
  refuseWhileHoldingTruck(driver);
  await requireStationOfArea(tx, stationCode, areaCode);
  if (name === 'driver.pool_joined') await assertServed(tx, driverId, driver.facts.insideZoneId, areaCode);
  const { at } = change;
  const shift = await moveDriver(tx, { driverId, ...move, at });
  const subject = `driver/${driverId}`;
  const moved = { driverId, loanId, ...move };
  const known = newEvent({ name, subject, areaCode, time: at, data: { ...moved, driver: pooled(driver.facts, at) } });
  const left = newEvent({ name, subject, areaCode: fromAreaCode, time: at, data: moved });
  if (!shift) return [left, known];
  const ended = { driverId, stationCode: shift.stationCode };
  const begun = { driverId, stationCode, endsAt: toIso(shift.endsAt) };
  return [
    newEvent({ name: 'driver.shift_ended', subject, areaCode: fromAreaCode, time: at, data: ended }),
    left,
    known,
    ...(shift.goesOn ? [newEvent({ name: 'driver.shift_started', subject, areaCode, time: at, data: begun })] : []),
  ];
}

function pooled({ insideZoneId, licences, carrierId, credentials, activity }: DriverFacts, at: number): PooledDriver {
  return {
    insideZoneId,
    licences: licences as PooledDriver['licences'],
    ...given({ carrierId }),
    credentials: credentials.map(({ credential, validFrom, validUntil }) => ({
      credential,
      validFrom: toIso(validFrom),
      validUntil: toIso(validUntil),
    })),
    driving: activity.driving.map(({ from, to }) => ({ startedAt: toIso(from), endedAt: toIso(to ?? at) })),
    rests: activity.rests.map(({ from, to }) => ({ startedAt: toIso(from), endedAt: toIso(to) })),
  };
}
