import type { LogReader } from '@yizhan/event-log';
import type { Clock } from '@yizhan/kernel';
import { SchedulerWake } from '../../../scheduler/src/scheduler-wake.js';
import { Timers } from '../../../station/src/timers/timers.js';
import type { UseCaseClass, World } from '../replay/world.js';
import type { Runtime } from './runtime.js';

/** The running product as a replay, or whoever loads a scenario, sees it. */
export class RuntimeWorld implements World {
  readonly #timers: Timers;
  readonly #wake: SchedulerWake;

  constructor(private readonly runtime: Runtime) {
    this.#timers = this.useCase(Timers);
    this.#wake = this.useCase(SchedulerWake);
  }

  get clock(): Clock {
    return this.runtime.clock;
  }

  get reader(): LogReader {
    return this.runtime.services.reader;
  }

  useCase<T>(type: UseCaseClass<T>): T {
    return this.runtime.app.get<T>(type, { strict: false });
  }

  async sequence(): Promise<void> {
    while ((await this.runtime.services.sequencer.pass()) > 0);
  }

  drain(): Promise<boolean> {
    return this.runtime.services.transport.drain();
  }

  fireTimers(): Promise<number> {
    return this.#timers.fireDue();
  }

  fireWakes(): Promise<number> {
    return this.#wake.fireDue();
  }

  async nextTimerAt(): Promise<number | undefined> {
    const all = [await this.#timers.nextDueAt(), this.#wake.nextDueAt(), this.runtime.services.transport.nextDueAt];
    const known = all.filter((at) => at !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  async answeredKeys(caller: string): Promise<Set<string>> {
    const rows = await this.runtime.services.station.database.rows<{ key: string }>(
      'SELECT key FROM station.requests WHERE caller = $1',
      [caller],
    );
    return new Set(rows.map(({ key }) => key));
  }
}
