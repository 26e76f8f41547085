import type { EventData } from '@yizhan/contracts';
import type { LogEntry, LogReader } from '@yizhan/event-log';
import { type Clock, Problem } from '@yizhan/kernel';
import type { Perform } from '../../apps/yizhan/src/replay/perform.js';
import type { World } from '../../apps/yizhan/src/replay/world.js';
import type { FakeStation } from './fake-station.js';

/** The process was killed: what was committed is there, the rest is not. */
export class Killed extends Error {}

/** A process in front of a station in memory; it can be killed before any of its commits. */
export class FakeWorld implements World {
  commits = 0;
  performs = 0;
  drains = 0;
  #hasMatched = false;

  constructor(
    readonly station: FakeStation,
    readonly clock: Clock,
    private readonly killedAt = Infinity,
    private readonly refuses: (key: string) => boolean = () => false,
  ) {}

  readonly reader = {
    after: (position: number, limit: number): Promise<readonly LogEntry[]> =>
      Promise.resolve(
        this.station.log
          .slice(position, position + limit)
          .map((event, index) => ({ position: position + index + 1, event })),
      ),
    head: () => Promise.resolve(this.station.log.length),
    documentsAfter: () => Promise.resolve([]),
  } as unknown as LogReader;

  readonly perform: Perform = (action, { key, at }) => {
    if (this.station.answered.has(key)) return Promise.resolve();
    this.performs += 1;
    this.#commit();
    if (this.refuses(key)) return Promise.reject(new Problem('conflict', 'TEST.REFUSED', key));
    try {
      this.station.do(action, at);
    } catch (error) {
      return Promise.reject(error);
    }
    this.station.answered.add(key);
    return Promise.resolve();
  };

  sequence(): Promise<void> {
    this.station.sequence();
    return Promise.resolve();
  }

  catchUp(): Promise<void> {
    return Promise.resolve();
  }

  drain(): Promise<boolean> {
    this.drains += 1;
    const { station } = this;
    let worked = false;
    for (;;) {
      const stepped = this.#sequence() || this.#match() || this.#consume();
      if (!stepped && station.outbox.length === 0) return Promise.resolve(worked);
      worked = true;
    }
  }

  fireTimers(): Promise<number> {
    const due = [...this.station.timers].filter(([, { dueAt }]) => dueAt <= this.clock.now());
    for (const [ref, { dueAt, fire }] of due) {
      this.#commit();
      this.station.timers.delete(ref);
      fire(dueAt);
    }
    return Promise.resolve(due.length);
  }

  fireWakes(): Promise<number> {
    return Promise.resolve(0);
  }

  nextTimerAt(): Promise<number | undefined> {
    const due = [...this.station.timers.values()].map(({ dueAt }) => dueAt);
    return Promise.resolve(due.length === 0 ? undefined : Math.min(...due));
  }

  answeredKeys(): Promise<Set<string>> {
    return Promise.resolve(new Set(this.station.answered));
  }

  #sequence(): boolean {
    if (this.station.outbox.length === 0) return false;
    this.#commit();
    this.#hasMatched = false;
    return this.station.sequence() > 0;
  }

  #match(): boolean {
    if (this.#hasMatched) return false;
    this.#commit();
    this.#hasMatched = true;
    return this.station.match(this.clock.now());
  }

  #consume(): boolean {
    const { station } = this;
    if (station.consumedUpTo === station.log.length) return false;
    for (const event of station.log.slice(station.consumedUpTo)) {
      if (event.type === 'yizhan.assignment.proposed.v1') {
        this.#commit();
        station.commitProposal(event.data as EventData['assignment.proposed'], this.clock.now());
      }
      station.consumedUpTo += 1;
    }
    return true;
  }

  #commit(): void {
    this.commits += 1;
    this.station.now = this.clock.now();
    if (this.commits > this.killedAt) throw new Killed(`at commit ${this.killedAt}`);
  }
}
