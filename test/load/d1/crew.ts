import { setTimeout as pause } from 'node:timers/promises';
import type { KafkaSettings } from '@yizhan/event-log';
import { untilShared } from '../ground/consumer-group.js';
import type { LiveLog } from '../ground/live-log.js';
import type { ServiceUnderTest, Usage, Worker } from './worker.js';

export interface Shift {
  /** Processes that share the work. */
  readonly processes: number;
  /** Events that each process handles before it is measured. */
  readonly warmUp: number;
  readonly events: number;
  readonly perSecond: number;
}

/** What one shift has taken. */
export interface Work {
  /** Entries that the log has grown by: the written ones and what the service itself said. */
  readonly entries: number;
  readonly seconds: number;
  /** Of each process. */
  readonly usages: readonly Usage[];
}

const lookEvery = 500;
/** The last event was handled when nothing more has been for so many looks. */
const quietLooks = 2;

/** Lets so many processes share the work on a stretch of events, and ends them. */
export async function workOff(
  service: ServiceUnderTest,
  kafka: KafkaSettings,
  log: LiveLog,
  shift: Shift,
): Promise<Work> {
  const { processes, warmUp, events, perSecond } = shift;
  const numbers = Array.from({ length: processes }, (_, index) => index + 1);
  const crew = await Promise.all(numbers.map((number) => service.start(number)));
  try {
    await untilShared(kafka, service.group, processes);
    await log.write(warmUp * processes, Infinity);
    await untilQuiet(log, crew);
    const [first, before] = [await log.published(), await usagesOf(crew)];
    const begun = performance.now();
    await log.write(events, perSecond);
    await untilQuiet(log, crew);
    const [last, after] = [await log.published(), await usagesOf(crew)];
    return {
      entries: last - first,
      seconds: (performance.now() - begun) / 1000,
      usages: after.map((usage, index) => difference(usage, before[index])),
    };
  } finally {
    await Promise.all(crew.map((worker) => worker.stop()));
  }
}

async function untilQuiet(log: LiveLog, crew: readonly Worker[]): Promise<void> {
  let [handled, quiet] = [-1, 0];
  while (quiet < quietLooks) {
    await log.published();
    await pause(lookEvery);
    const now = (await usagesOf(crew)).reduce((sum, usage) => sum + usage.handled, 0);
    quiet = now === handled ? quiet + 1 : 0;
    handled = now;
  }
}

const usagesOf = (crew: readonly Worker[]): Promise<Usage[]> => Promise.all(crew.map((worker) => worker.usage()));

const difference = (after: Usage, before: Usage | undefined): Usage => ({
  cpuMicroseconds: after.cpuMicroseconds - (before?.cpuMicroseconds ?? 0),
  handled: after.handled - (before?.handled ?? 0),
});
