import type { PooledDriver } from '@yizhan/contracts';
import { AreaStory, uuidOf } from './area-story.js';

/** From the one area to the other. */
type Way = readonly [fromAreaCode: string, toAreaCode: string];

/** As `AreaStory`, of an area that lends or borrows drivers. */
export class LoanStory extends AreaStory {
  /** A step of a loan, as this area is told it. */
  loan(
    what: 'driver.lent' | 'driver.loan_ended' | 'driver.return_begun',
    driverId: string,
    [fromAreaCode, toAreaCode]: Way,
  ): this {
    const ofLoan = { driverId, loanId: uuidOf(`loan ${driverId}`), fromAreaCode, toAreaCode };
    const data = what === 'driver.loan_ended' ? { ...ofLoan, reason: 'called_off' as const } : ofLoan;
    return this.tell(what, `driver/${driverId}`, data);
  }

  /** He changes pools; the area that has him from now on is told what he may drive. */
  changesPool(
    what: 'driver.pool_joined' | 'driver.returned',
    driverId: string,
    [fromAreaCode, areaCode]: Way,
    facts: Partial<PooledDriver> = {},
  ): this {
    const known = { insideZoneId: this.zoneId, licences: ['A2'] as const, credentials: [], driving: [], rests: [] };
    const told = areaCode === this.areaCode ? { stationCode: 'JD', driver: { ...known, ...facts } } : {};
    return this.tell(what, `driver/${driverId}`, { driverId, areaCode, fromAreaCode, ...told });
  }
}
