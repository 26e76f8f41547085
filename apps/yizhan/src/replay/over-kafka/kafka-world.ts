import type { KafkaPublisher, LogReader } from '@yizhan/event-log';
import type { ManualClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { Perform } from '../perform.js';
import type { World } from '../world.js';
import type { SteppedProcess } from './stepped-process.js';

export interface KafkaWorldParts {
  readonly clock: ManualClock;
  readonly reader: LogReader;
  /** As the station's role. */
  readonly stationDatabase: Database;
  /** Of this process: nothing is published but by a step. */
  readonly publisher: KafkaPublisher;
  readonly station: SteppedProcess;
  /** Every service, the station among them, in the order in which they are told that the head is reached. */
  readonly services: readonly SteppedProcess[];
}

/**
 * The services as processes of their own that exchange their events over Kafka, moved step by step: what one process does
 * in a replay, they do in the same order, and write the same log.
 */
export class KafkaWorld implements World {
  #clockOfServices = Number.NaN;

  constructor(private readonly parts: KafkaWorldParts) {}

  get clock(): ManualClock {
    return this.parts.clock;
  }

  get reader(): LogReader {
    return this.parts.reader;
  }

  readonly perform: Perform = async (action, request) => {
    await this.#moveClocks();
    await this.parts.station.perform(action, request);
  };

  async sequence(): Promise<void> {
    await this.parts.publisher.publishAll();
  }

  async drain(): Promise<boolean> {
    await this.#moveClocks();
    let worked = false;
    for (;;) {
      const published = (await this.parts.publisher.publishAll()) > 0;
      if (published) await this.#everybodyHasTaken();
      // Told only where nothing is left for anybody: what is decided then depends on the log, not on who was fed first.
      if (!published && !(await this.#tellCaughtUp())) return worked;
      worked = true;
    }
  }

  /** Nobody is ever behind: every process says what it has taken. */
  async catchUp(): Promise<void> {
    await this.drain();
  }

  async fireTimers(): Promise<number> {
    return this.#sum('fireTimers');
  }

  async fireWakes(): Promise<number> {
    return this.#sum('fireWakes');
  }

  async nextTimerAt(): Promise<number | undefined> {
    await this.#moveClocks();
    const all = await Promise.all(
      this.parts.services.map((service) => service.ask<number | null>({ do: 'nextDueAt' })),
    );
    const known = all.filter((at) => at !== null);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  async answeredKeys(caller: string): Promise<Set<string>> {
    const rows = await this.parts.stationDatabase.rows<{ key: string }>(
      'SELECT key FROM station.requests WHERE caller = $1',
      [caller],
    );
    return new Set(rows.map(({ key }) => key));
  }

  async #sum(what: 'fireTimers' | 'fireWakes'): Promise<number> {
    await this.#moveClocks();
    let done = 0;
    for (const service of this.parts.services) done += await service.ask<number>({ do: what });
    return done;
  }

  async #everybodyHasTaken(): Promise<void> {
    const heads = await this.parts.reader.keys();
    const positions = Object.fromEntries(heads.map(({ key, position }) => [key, position]));
    await Promise.all(this.parts.services.map((service) => service.ask({ do: 'reached', positions })));
  }

  async #tellCaughtUp(): Promise<boolean> {
    let told = false;
    for (const service of this.parts.services) told = (await service.ask<boolean>({ do: 'caughtUp' })) || told;
    return told;
  }

  async #moveClocks(): Promise<void> {
    const at = this.parts.clock.now();
    if (at === this.#clockOfServices) return;
    await Promise.all(this.parts.services.map((service) => service.ask({ do: 'moveClock', at })));
    this.#clockOfServices = at;
  }
}
