import { Injectable } from '@nestjs/common';
import { ProposeDrivers } from './propose-drivers.js';

/** The scheduler's timers: hours that will allow a start, papers that become valid, proposals that nobody answers. Driven by the process that it runs in. */
@Injectable()
export class SchedulerWake {
  constructor(private readonly proposeDrivers: ProposeDrivers) {}

  /** When something is due next, epoch milliseconds. */
  nextDueAt(): number | undefined {
    return this.proposeDrivers.nextDueAt;
  }

  /** Does what is due by the clock. @returns how many areas were looked at. */
  fireDue(): Promise<number> {
    return this.proposeDrivers.whenTimeHasCome();
  }
}
