import { AcceptLoan } from '../../apps/station/src/lending/accept-loan.js';
import { BeginReturn } from '../../apps/station/src/lending/begin-return.js';
import { JoinPool, TakeBackDriver } from '../../apps/station/src/lending/change-pool.js';
import { EndLoan, type EndLoanInput } from '../../apps/station/src/lending/end-loan.js';
import type { LoanAnswer } from '../../apps/station/src/lending/loan.repository.js';
import { OfferDriver } from '../../apps/station/src/lending/offer-driver.js';
import { area, jindong, kaihua, otherArea } from './network.js';
import type { RunningStation } from './start-station.js';

/** The steps of loans from one area to the other, each a request of its own. */
export class Lending {
  #asked = 0;

  constructor(private readonly station: RunningStation) {}

  offer(driverId: string, toAreaCode = otherArea, expiresAt?: number): Promise<LoanAnswer> {
    const until = expiresAt === undefined ? {} : { expiresAt };
    return this.station.get(OfferDriver).execute(this.#next(), { driverId, fromAreaCode: area, toAreaCode, ...until });
  }

  accept = (loanId: string) => this.station.get(AcceptLoan).execute(this.#next(), { loanId });

  end = (loanId: string, step: EndLoanInput['step']) =>
    this.station.get(EndLoan).execute(this.#next(), { loanId, step });

  join = (loanId: string, stationCode = kaihua) =>
    this.station.get(JoinPool).execute(this.#next(), { loanId, stationCode });

  beginReturn = (loanId: string) => this.station.get(BeginReturn).execute(this.#next(), { loanId });

  takeBack = (loanId: string, stationCode = jindong) =>
    this.station.get(TakeBackDriver).execute(this.#next(), { loanId, stationCode });

  /** Offered, accepted, and there. */
  async lend(driverId: string): Promise<string> {
    const { loanId } = await this.offer(driverId);
    await this.accept(loanId);
    await this.join(loanId);
    return loanId;
  }

  #next() {
    this.#asked += 1;
    return this.station.request(`loan step ${this.#asked}`);
  }
}
