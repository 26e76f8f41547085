import { NestFactory } from '@nestjs/core';
import type { DynamicModule, INestMicroservice, Type } from '@nestjs/common';
import type { EventName, YizhanEvent } from '@yizhan/contracts';
import { isEvent } from '@yizhan/contracts';
import { eventLogMigrations, type EventTransport, Outbox, PassHandlerErrors } from '@yizhan/event-log';
import { newSigningKey, type SigningKey, TokenSigner } from '@yizhan/identity';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import type { Keystore } from '@yizhan/keystore';
import type { Database, MigrationSet } from '@yizhan/persistence';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import { type DrainedTransport, embedded, type OpenTransport } from './drained-transport.js';
import { openTestKeystore } from './test-keystore.js';
import type { StationRequest } from '../../apps/station/src/changes/changes.js';
import {
  stationEntities,
  stationMigrations,
  StationModule,
  type StationPorts,
  stationServer,
} from '../../apps/station/src/station.module.js';

/** The station service alone: a real PostgreSQL, the real log, the whole Nest module, no HTTP. Time stands until it is moved. */
export interface RunningStation {
  readonly clock: ManualClock;
  readonly database: Database;
  readonly test: TestDatabase;
  readonly ports: StationPorts;
  /** Whose tokens it signs. */
  readonly signingKey: SigningKey;
  /** The keystore of `ports`, as another process of the service has it. */
  openKeystoreAgain(): Promise<Keystore>;
  /** Every service that runs, as a Nest module. */
  readonly modules: readonly DynamicModule[];
  /** The use case (or any other provider) of this class. */
  get<T>(type: Type<T>): T;
  /** A request of `operator:test`; each key is another request. `at` is the present unless said otherwise. */
  request(key: string, at?: number): StationRequest & { readonly at: number };
  /** Sequences and handles what was committed until nothing is left. */
  drain(): Promise<boolean>;
  /** Brings events to more consumers, should a test have some. */
  readonly transport: EventTransport;
  /** Everything in the log so far, in order; what was committed is sequenced first. */
  events(): Promise<YizhanEvent[]>;
  /** Events of one type so far. */
  eventsOf<N extends EventName>(name: N): Promise<YizhanEvent<N>[]>;
  close(): Promise<void>;
}

/** 2026-03-02 08:00 in China. */
export const monday = Date.parse('2026-03-02T00:00:00.000Z');

/** Starts a station on a fresh database. Other services' migrations may be added; `poolSize` is how many work at once. */
export async function startStation(
  settings: {
    clock?: ManualClock;
    migrations?: readonly MigrationSet[];
    poolSize?: number;
    openTransport?: OpenTransport;
    notices?: StationPorts['notices'];
  } = {},
): Promise<RunningStation> {
  const clock = settings.clock ?? new ManualClock(monday);
  const test = await openTestDatabase({
    migrations: [eventLogMigrations, stationMigrations, ...(settings.migrations ?? [])],
  });
  const database = await test.open('station', { entities: stationEntities, poolSize: settings.poolSize ?? 10 });
  const drained = await (settings.openTransport ?? embedded)(test, database, clock);
  const { reader, transport, wake } = drained;
  const ids = new SeededIds('test');
  const { keystore, openAgain, removeKeystore } = await openTestKeystore();
  const signingKey = await newSigningKey();
  const signer = await TokenSigner.of(signingKey);
  const outbox = new Outbox('/yizhan/station', clock, ids, wake);
  const slipKeys = [await newSigningKey()];
  const { notices } = settings;
  const ports = { database, outbox, reader, clock, ids, keystore, signer, slipKeys, notices };
  const app = await NestFactory.createMicroservice(StationModule.register(ports), {
    strategy: stationServer(ports, transport),
    logger: ['error'],
    abortOnError: false,
  });
  app.useGlobalFilters(new PassHandlerErrors());
  await app.listen();
  return station({ test, ports, signingKey, clock, app, drained, openKeystoreAgain: openAgain, removeKeystore });
}

interface Parts {
  readonly test: TestDatabase;
  readonly ports: StationPorts;
  readonly signingKey: SigningKey;
  readonly clock: ManualClock;
  readonly app: INestMicroservice;
  readonly drained: DrainedTransport;
  openKeystoreAgain(): Promise<Keystore>;
  removeKeystore(): void;
}

function station({
  test,
  ports,
  signingKey,
  clock,
  app,
  drained,
  openKeystoreAgain,
  removeKeystore,
}: Parts): RunningStation {
  const events = async (): Promise<YizhanEvent[]> => {
    await drained.drain();
    const entries = await ports.reader.after(0, 100_000);
    return entries.map((entry) => ('event' in entry ? entry.event : unreadable(entry.position)));
  };
  return {
    clock,
    database: ports.database,
    test,
    ports,
    signingKey,
    openKeystoreAgain,
    modules: [StationModule.register(ports)],
    get: (type) => app.get(type, { strict: false }),
    request: (key, at) => ({ key, caller: 'operator:test', hash: key, at: at ?? clock.now() }),
    drain: () => drained.drain(),
    transport: drained.transport,
    events,
    eventsOf: async <N extends EventName>(name: N) =>
      (await events()).filter((event): event is YizhanEvent<N> => isEvent(event, name)),
    close: async () => {
      await app.close();
      await drained.close();
      await test.close();
      removeKeystore();
    },
  };
}

function unreadable(position: number): never {
  throw new Error(`the log cannot be read at ${position}`);
}
