import { eventLogMigrations, type KafkaSettings } from '@yizhan/event-log';
import type { MigrationSet } from '@yizhan/persistence';
import { schedulerMigrations } from '../../../apps/scheduler/src/scheduler.module.js';
import { type DatabaseGround, openDatabase } from '../ground/database.js';
import { printResult, ratioOf, rounded, spreadOf, tell } from '../ground/figures.js';
import { type KafkaGround, openKafka } from '../ground/kafka.js';
import { LiveLog } from '../ground/live-log.js';
import { areaPerPartition } from '../ground/traffic.js';
import { consumingService } from './consuming-service.js';
import { type Work, workOff } from './crew.js';
import { d1Migrations } from './effects.js';
import { schedulerService } from './scheduler-service.js';
import type { ServiceUnderTest, Usage } from './worker.js';

export interface D1Options {
  readonly brokers: 1 | 3;
  readonly rounds: number;
  readonly events: number;
  /** Events written a second. */
  readonly rate: number;
  readonly warmUp: number;
  readonly services: readonly ('consumer' | 'scheduler')[];
  readonly data?: string | undefined;
  readonly profiles?: string | undefined;
}

/** Two processes together, and of two the one with more to do; one process is 1. */
const goals = { together: 1.15, each: 1.15 / 2 };

interface Compared {
  readonly one: readonly Work[];
  readonly two: readonly Work[];
}

/** Whether two processes of a service share its work, against one process. */
export async function runD1(options: D1Options): Promise<void> {
  const kafka = await openKafka(options.brokers);
  try {
    if (options.services.includes('consumer')) await compareConsumers(kafka, options);
    if (options.services.includes('scheduler')) await compareSchedulers(kafka, options);
  } finally {
    await kafka.close();
  }
}

async function compareConsumers(kafka: KafkaGround, options: D1Options): Promise<void> {
  await onFreshLog(kafka, [eventLogMigrations, d1Migrations], options, async ({ topic, database, log }) => {
    const connection = database.connection('station');
    const service = consumingService({ kafka: topic, connection, group: 'effects' }, options);
    const compared = await compare(service, topic, log, options);
    const [effects] = await (
      await database.open('station', 1)
    ).rows<{ doubled: number; missing: number }>(countEffects);
    report('a consumer with one insert for each event', kafka, options, compared, { ...effects });
  });
}

async function compareSchedulers(kafka: KafkaGround, options: D1Options): Promise<void> {
  await onFreshLog(kafka, [eventLogMigrations, schedulerMigrations], options, async ({ topic, database, log }) => {
    const service = await schedulerService(topic, database.connection('scheduler'), options);
    const compared = await compare(service, topic, log, options);
    await service.close();
    const [proposals] = await (
      await database.open('scheduler', 1)
    ).rows<{ proposals: number; doubled: number; madeAgain: number }>(countProposals);
    report('the scheduler', kafka, options, compared, { ...proposals });
  });
}

interface Fresh {
  readonly topic: KafkaSettings;
  readonly database: DatabaseGround;
  readonly log: LiveLog;
}

async function onFreshLog(
  kafka: KafkaGround,
  sets: readonly MigrationSet[],
  { data }: D1Options,
  measure: (fresh: Fresh) => Promise<void>,
): Promise<void> {
  const topic = await kafka.topic('d1');
  const database = await openDatabase(sets, data);
  try {
    const log = await LiveLog.open(topic, database, areaPerPartition(topic.partitions));
    await measure({ topic, database, log });
    await log.close();
  } finally {
    await database.close();
  }
}

async function compare(
  service: ServiceUnderTest,
  kafka: KafkaSettings,
  log: LiveLog,
  { rounds, warmUp, events, rate: perSecond }: D1Options,
): Promise<Compared> {
  const compared: { one: Work[]; two: Work[] } = { one: [], two: [] };
  for (let round = 1; round <= rounds; round += 1) {
    compared.one.push(await workOff(service, kafka, log, { processes: 1, warmUp, events, perSecond }));
    compared.two.push(await workOff(service, kafka, log, { processes: 2, warmUp, events, perSecond }));
    const last = ([...works]: readonly Work[]): string => works.at(-1)?.usages.map(describe).join(', ') ?? '';
    tell(`round ${round}: one process ${last(compared.one)}; two processes ${last(compared.two)}`);
  }
  return compared;
}

function report(service: string, kafka: KafkaGround, options: D1Options, { one, two }: Compared, found: object): void {
  const perEvent = (works: readonly Work[]): number[] => works.map((each) => rounded(cpuOf(each) / each.entries));
  const mostOf = (each: Work): number => Math.max(...each.usages.map(({ cpuMicroseconds }) => cpuMicroseconds));
  const figuresOf = (works: readonly Work[]): object => ({
    cpuMicrosecondsPerEvent: spreadOf(perEvent(works)),
    eventsPerSecond: spreadOf(works.map(({ entries, seconds }) => entries / seconds)).median,
    handledTwice: works.reduce((sum, each) => sum + handledBy(each) - each.entries, 0),
  });
  printResult({
    benchmark: 'D1',
    what: `two processes of ${service} share its work`,
    brokers: kafka.count,
    rounds: options.rounds,
    events: options.events,
    writtenPerSecond: options.rate,
    together: ratioOf(perEvent(two), perEvent(one), goals.together),
    each: ratioOf(
      two.map((work) => mostOf(work) / work.entries),
      perEvent(one),
      goals.each,
    ),
    ...found,
    one: figuresOf(one),
    two: figuresOf(two),
  });
}

const cpuOf = ({ usages }: Work): number => usages.reduce((sum, { cpuMicroseconds }) => sum + cpuMicroseconds, 0);

const handledBy = ({ usages }: Work): number => usages.reduce((sum, { handled }) => sum + handled, 0);

const describe = ({ cpuMicroseconds, handled }: Usage): string =>
  `${handled} events in ${Math.round(cpuMicroseconds / 1000)} ms of CPU`;

const countEffects = `
  SELECT (SELECT count(*) - count(DISTINCT event_id) FROM station.bench_effects) AS doubled,
         (SELECT count(*) FROM event_log.entries e
          WHERE NOT EXISTS (SELECT FROM station.bench_effects b WHERE b.event_id = e.event_id)) AS missing`;

/** A proposal that nobody answers is made again when it has expired: only one beside another that still stands is a double. */
const countProposals = `
  SELECT count(*) AS proposals,
         count(*) FILTER (WHERE stands_until > recorded_at) AS doubled,
         count(*) FILTER (WHERE stands_until <= recorded_at) AS "madeAgain"
  FROM (
    SELECT recorded_at,
           lag((document::jsonb -> 'data' ->> 'expiresAt')::timestamptz) OVER (PARTITION BY subject ORDER BY position) AS stands_until
    FROM event_log.entries WHERE type = 'yizhan.assignment.proposed.v1'
  ) AS made`;
