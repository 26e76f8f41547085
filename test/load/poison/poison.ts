import { eventLogMigrations } from '@yizhan/event-log';
import { stationMigrations } from '../../../apps/station/src/station.module.js';
import { openDatabase } from '../ground/database.js';
import { percentile, printResult, ratioOf, rounded, tell } from '../ground/figures.js';
import { type KafkaGround, openKafka } from '../ground/kafka.js';
import { type RoundFigures, runRound } from './round.js';

export interface PoisonOptions {
  readonly brokers: 1 | 3;
  readonly rounds: number;
  readonly rate: number;
  readonly seconds: number;
  readonly data?: string | undefined;
}

const goal = 1.1;
const longestStall = 1_000;

/** One truck of 200 cannot be handled: what the others feel of it, in paired rounds with and without it. */
export async function runPoison(options: PoisonOptions): Promise<void> {
  const kafka = await openKafka(options.brokers);
  try {
    const clean: RoundFigures[] = [];
    const poisoned: RoundFigures[] = [];
    // The first round of all warms up.
    for (let round = 0; round <= options.rounds; round += 1) {
      // The order changes: what the machine does besides favours neither.
      for (const isPoisoned of round % 2 === 0 ? [false, true] : [true, false]) {
        const figures = await measure(kafka, options, isPoisoned);
        const median = rounded(percentile(figures.latencies, 0.5));
        tell(`round ${round}, ${isPoisoned ? 'with poison' : 'without'}: p50 ${median} ms`);
        if (round > 0) (isPoisoned ? poisoned : clean).push(figures);
      }
    }
    report(kafka.count, options, clean, poisoned);
  } finally {
    await kafka.close();
  }
}

async function measure(kafka: KafkaGround, options: PoisonOptions, isPoisoned: boolean): Promise<RoundFigures> {
  const database = await openDatabase([eventLogMigrations, stationMigrations], options.data);
  try {
    return await runRound({ ...options, topic: await kafka.topic('poison'), database, isPoisoned });
  } finally {
    await database.close();
  }
}

function report(
  brokers: number,
  { rate, seconds }: PoisonOptions,
  clean: readonly RoundFigures[],
  poisoned: readonly RoundFigures[],
): void {
  const medians = (rounds: readonly RoundFigures[]): number[] =>
    rounds.map(({ latencies }) => percentile(latencies, 0.5));
  const stall = Math.max(...poisoned.map((round) => round.longestStall));
  printResult({
    bench: 'poison',
    brokers,
    trucks: 200,
    eventsPerSecond: rate,
    seconds,
    medianOfOthers: ratioOf(medians(poisoned), medians(clean), goal),
    milliseconds: { clean: medians(clean).map(rounded), poisoned: medians(poisoned).map(rounded) },
    longestStall: { milliseconds: rounded(stall), goal: longestStall, met: stall < longestStall },
    released: {
      inOrder: poisoned.every((round) => round.isReleasedInOrder),
      events: poisoned.map((round) => round.released),
    },
    lost: [...clean, ...poisoned].reduce((sum, round) => sum + round.lost, 0),
  });
}
