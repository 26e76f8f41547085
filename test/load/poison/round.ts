import { setTimeout as pause } from 'node:timers/promises';
import { eventSources, type YizhanEvent } from '@yizhan/contracts';
import {
  Consumer,
  KafkaPublisher,
  type KafkaSettings,
  KafkaTransport,
  LogReader,
  newEvent,
  Outbox,
  ParkedEvents,
} from '@yizhan/event-log';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { DatabaseGround } from '../ground/database.js';
import { tell } from '../ground/figures.js';
import { arrivals, openLoop } from '../ground/open-loop.js';

export interface RoundSettings {
  readonly topic: KafkaSettings;
  readonly database: DatabaseGround;
  readonly rate: number;
  readonly seconds: number;
  readonly isPoisoned: boolean;
}

export interface RoundFigures {
  /** From the instant at which an event was to be written to its effect, of all trucks but the poisoned one, milliseconds. */
  readonly latencies: readonly number[];
  /** Of the trucks but the poisoned one: the longest that an event waited. */
  readonly longestStall: number;
  readonly isReleasedInOrder: boolean;
  readonly released: number;
  readonly lost: number;
}

const trucks = 200;
const areas = 12;
const bad = 'visit/7';
const group = 'poison';
const schema = 'station';

/** Events of 200 trucks go over Kafka to a handler that writes a row for each; one truck's may be poison. */
export async function runRound({ topic, database, rate, seconds, isPoisoned }: RoundSettings): Promise<RoundFigures> {
  const clock = new SystemClock();
  const [writing, reading, sequencing] = await Promise.all([
    database.open('station', 8),
    database.open('station', 4),
    database.open('eventLog', 2),
  ]);
  // A new topic and a new group begin with complaints of the client; whatever is lost by a fault shows in the figures.
  const onFault = (where: string, error: unknown): void => tell(`${where}: ${String(error)}`);
  const connection = database.connection('eventLog');
  const publisher = new KafkaPublisher({ kafka: topic, database: sequencing, connection, clock, onFault });
  const outbox = new Outbox(eventSources.station, clock, new RandomIds(), publisher.wake);
  const effects = new Effects(isPoisoned);
  const consumer = new Consumer({
    group,
    database: reading,
    schema,
    clock,
    effect: 'transaction',
    handles: () => true,
    handle: async (event, tx) => {
      await tx?.rows('SELECT 1');
      effects.of(event);
    },
  });
  const reader = new LogReader(reading);
  const transport = new KafkaTransport({
    kafka: topic,
    reader,
    onFault,
    onDead: (why) => onFault('the transport', why),
  });
  publisher.start();
  await transport.subscribe(consumer);
  // Until the group has given this process its partitions.
  await write(writing, outbox, 0, 0);
  await until(() => effects.count > 0);

  const instants = arrivals(rate, seconds, 1);
  const begun = performance.now();
  await openLoop(instants, (index) => {
    effects.written(index + 1, begun + (instants[index] ?? 0));
    return write(writing, outbox, index + 1, index + 1);
  });
  const badOnes = isPoisoned ? instants.filter((_, index) => (index + 1) % trucks === 7).length : 0;
  await until(() => effects.count >= instants.length + 1 - badOnes);

  const parked = new ParkedEvents(reading, schema);
  effects.isMended = true;
  if (isPoisoned) await parked.release(group, bad);
  await until(() => effects.count >= instants.length + 1);
  await transport.unsubscribe(consumer);
  await publisher.stop();
  return effects.figures(instants.length);
}

/** What has had its effect, and when. */
class Effects {
  count = 0;
  isMended = false;
  readonly #due = new Map<number, number>();
  readonly #latencies: number[] = [];
  readonly #bad: number[] = [];

  constructor(private readonly isPoisoned: boolean) {}

  written(index: number, dueAt: number): void {
    this.#due.set(index, dueAt);
  }

  of({ subject, sequence, data }: YizhanEvent): void {
    const isBad = this.isPoisoned && subject === bad;
    if (isBad && !this.isMended) throw new Error('cannot be handled');
    this.count += 1;
    if (isBad) this.#bad.push(Number(sequence));
    const dueAt = this.#due.get(Number('reason' in data ? data.reason : Number.NaN));
    if (dueAt !== undefined && !isBad) this.#latencies.push(performance.now() - dueAt);
  }

  figures(written: number): RoundFigures {
    return {
      latencies: this.#latencies,
      longestStall: Math.max(...this.#latencies),
      isReleasedInOrder: this.#bad.every((sequence, index) => sequence === index + 1),
      released: this.#bad.length,
      lost: written + 1 - this.count,
    };
  }
}

function write(database: Database, outbox: Outbox, truck: number, index: number): Promise<void> {
  const number = truck % trucks;
  const cause = `write ${index}`;
  return database.transaction(async (tx) =>
    outbox.append(tx, { id: cause, causationId: cause }, [
      newEvent({
        name: 'station.suspended',
        subject: `visit/${number}`,
        areaCode: `area-${number % areas}`,
        time: new SystemClock().now(),
        data: { stationCode: 'JD', reason: String(index) },
      }),
    ]),
  );
}

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('this round is spoilt: not every event has had its effect');
    await pause(20);
  }
}
