import type { LogReader } from '@yizhan/event-log';
import type { Clock } from '@yizhan/kernel';
import { type Due, fireAll, nextDueOf } from '@yizhan/service-process';
import type { Perform } from '../replay/perform.js';
import { performerOf } from '../replay/use-cases.js';
import type { World } from '../replay/world.js';
import type { Runtime } from './runtime.js';

/** The running product as a replay, or whoever loads a scenario, sees it. */
export class RuntimeWorld implements World {
  readonly perform: Perform;

  constructor(private readonly runtime: Runtime) {
    this.perform = performerOf((type) => runtime.application.get(type));
  }

  get clock(): Clock {
    return this.runtime.clock;
  }

  get reader(): LogReader {
    return this.runtime.services.reader;
  }

  async sequence(): Promise<void> {
    while ((await this.runtime.services.sequencer.pass()) > 0);
  }

  drain(): Promise<boolean> {
    return this.runtime.services.transport.drain();
  }

  catchUp(): Promise<void> {
    return this.runtime.services.transport.catchUp();
  }

  fireTimers(): Promise<number> {
    return fireAll(this.#dues);
  }

  fireWakes(): Promise<number> {
    return fireAll(this.#wakes);
  }

  async nextTimerAt(): Promise<number | undefined> {
    const all = [await nextDueOf([...this.#dues, ...this.#wakes]), this.runtime.services.transport.nextDueAt];
    const known = all.filter((at) => at !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  async answeredKeys(caller: string): Promise<Set<string>> {
    const rows = await this.runtime.services
      .portsOf('station')
      .database.rows<{ key: string }>('SELECT key FROM station.requests WHERE caller = $1', [caller]);
    return new Set(rows.map(({ key }) => key));
  }

  get #dues(): readonly Due[] {
    return this.runtime.application.dues;
  }

  get #wakes(): readonly Due[] {
    return this.runtime.application.wakes;
  }
}
