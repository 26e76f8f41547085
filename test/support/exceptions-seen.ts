import { Timers } from '../../apps/station/src/timers/timers.js';
import type { RunningStation } from './start-station.js';
import { brokenRules } from './verified.js';

const minute = 60_000;

export interface SeenException {
  readonly exceptionId: string;
  readonly code: string;
  readonly state: string;
  readonly owner: string;
  readonly level: number;
  readonly resolution: string | null;
}

/** What a station has of exceptions, as time goes by. */
export class ExceptionsSeen {
  constructor(private readonly station: RunningStation) {}

  /** Lets time go by; every timer fires at its time. */
  async wait(minutes: number): Promise<void> {
    const { clock, get } = this.station;
    const until = clock.now() + minutes * minute;
    for (;;) {
      const due = await get(Timers).nextDueAt();
      if (due === undefined || due > until) break;
      clock.moveTo(Math.max(clock.now(), due));
      await get(Timers).fireDue();
    }
    clock.moveTo(until);
  }

  all(where = ''): Promise<SeenException[]> {
    return this.station.database.rows<SeenException>(
      `SELECT exception_id AS "exceptionId", code, state, owner, level, resolution FROM station.exceptions ${where}
       ORDER BY opened_at, exception_id`,
    );
  }

  /** The one that there is. */
  async only(): Promise<SeenException> {
    const [exception, ...others] = await this.all();
    expect(others).toEqual([]);
    return exception;
  }

  /** Codes of those that are open. */
  async open(): Promise<string[]> {
    return (await this.all(`WHERE state = 'open'`)).map(({ code }) => code).toSorted();
  }

  async openings(): Promise<string[]> {
    const events = await this.station.eventsOf('exception.opened');
    return events.map(({ time, data }) => `${time.slice(11, 16)} ${data.code}`);
  }

  async escalations(code = 'check_failed'): Promise<string[]> {
    const events = await this.station.eventsOf('exception.escalated');
    return events
      .filter(({ data }) => data.code === code)
      .map(({ time, data }) => `${time.slice(11, 16)} ${data.owner} ${data.level} until ${data.dueAt?.slice(11, 16)}`);
  }

  /** The log keeps every rule, and no clock runs for what is over. A wait is explained by the scheduler, which is not here. */
  async assertInOrder(): Promise<void> {
    const broken = await brokenRules(this.station);
    const idle = await this.station.database.rows(
      `SELECT ref FROM station.timers t WHERE kind = 'exception_due'
       AND NOT EXISTS (SELECT FROM station.exceptions e WHERE e.exception_id::text = t.ref AND e.state = 'open')`,
    );
    expect(idle).toEqual([]);
    expect(Object.entries(broken).filter(([rule]) => rule !== '9')).toEqual([]);
  }
}
