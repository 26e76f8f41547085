import { eventLogMigrations, RecentEntries, Sequencer } from '@yizhan/event-log';
import type { Database } from '@yizhan/persistence';
import { BoardReader } from '../../../apps/command-centre/src/board/board.reader.js';
import { commandCentreMigrations } from '../../../apps/command-centre/src/command-centre.module.js';
import { rebuild } from '../../../apps/command-centre/src/rebuild/rebuild.js';
import { appendDocuments } from '../../support/append-documents.js';
import { type DatabaseGround, openDatabase } from '../ground/database.js';
import { percentile, printResult, rounded, tell } from '../ground/figures.js';
import { eventsOfDay, recordedAgain } from './made-day.js';

export interface C1Options {
  readonly events: number;
  readonly reads: number;
  readonly data?: string | undefined;
}

/** Copies of the recorded day that happen on one day: a county with that many times its 31 arrivals. */
const copiesADay = 20;
const appended = 10;
const goals = { p95Milliseconds: 10, eventsASecond: 20_000, growth: 1.1 };
const areaCode = 'yiwu';
const day = 24 * 3_600_000;
const lastHour = Date.parse('2026-03-02T12:30:00.000Z');

/** The board of an area after a tenth of a history and after all of it, and how fast its figures are rebuilt. */
export async function runC1({ events, reads, data }: C1Options): Promise<void> {
  const ground = await openDatabase([eventLogMigrations, commandCentreMigrations], data);
  try {
    const bench = new Bench(ground, reads);
    const small = await bench.grow(events / 10);
    const large = await bench.grow(events);
    const growth = rounded(large.p95Milliseconds / small.p95Milliseconds);
    printResult({ bench: 'c1', small, large, growth, goals });
  } finally {
    await ground.close();
  }
}

class Bench {
  #days = 0;

  constructor(
    private readonly ground: DatabaseGround,
    private readonly reads: number,
  ) {}

  /** Writes the log on until it has so many events, rebuilds the figures, and reads the board of the newest day. */
  async grow(events: number) {
    await this.#write(Math.ceil(events / eventsOfDay));
    const database = await this.ground.open('commandCentre', 1);
    const begun = performance.now();
    const { entries } = await rebuild({ database, group: 'command-centre' });
    const seconds = (performance.now() - begun) / 1000;
    tell(`${entries} events folded in ${rounded(seconds)} s`);
    const times = await this.#read(database);
    await database.close();
    return {
      events: entries,
      rebuiltASecond: Math.round(entries / seconds),
      p50Milliseconds: rounded(percentile(times, 0.5)),
      p95Milliseconds: rounded(percentile(times, 0.95)),
    };
  }

  async #write(upTo: number): Promise<void> {
    const writing = await this.ground.open('station', 1);
    while (this.#days < upTo) {
      const some = Array.from({ length: Math.min(appended, upTo - this.#days) }, (_none, index) => {
        const nth = this.#days + index;
        return recordedAgain(nth, Math.floor(nth / copiesADay), nth >= upTo - copiesADay);
      });
      await appendDocuments(writing, some.flat());
      this.#days += some.length;
    }
    await writing.close();
    await this.#sequence();
  }

  async #sequence(): Promise<void> {
    const sequencing = await this.ground.open('eventLog', 1);
    const sequencer = new Sequencer(sequencing, new RecentEntries());
    while ((await sequencer.pass()) > 0);
    await sequencing.close();
  }

  async #read(database: Database): Promise<number[]> {
    const reader = new BoardReader(database);
    const now = lastHour + Math.floor((this.#days - 1) / copiesADay) * day;
    const times: number[] = [];
    for (let turn = 0; turn < this.reads + 20; turn += 1) {
      const begun = performance.now();
      const { figures } = await reader.read({ areaCode, hours: 24, now });
      if (figures.length === 0) throw new Error('the board is empty: nothing was measured');
      if (turn >= 20) times.push(performance.now() - begun);
    }
    return times;
  }
}
