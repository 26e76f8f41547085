import { setTimeout as pause } from 'node:timers/promises';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { eventSources } from '@yizhan/contracts';
import {
  Bell,
  eventLogMigrations,
  LogReader,
  type NewEvent,
  Outbox,
  RecentEntries,
  Sequencer,
} from '@yizhan/event-log';
import { httpAdapter, prepareHttp } from '@yizhan/http';
import { type Claims, newSigningKey, publicKeyOf, TokenSigner, TokenVerifier } from '@yizhan/identity';
import { type Clock, RandomIds, SystemClock } from '@yizhan/kernel';
import type { Keystore, KeystoreSettings } from '@yizhan/keystore';
import type { ResolveHost } from '@yizhan/outgoing';
import type { MigrationSet } from '@yizhan/persistence';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import { randomUUID } from 'node:crypto';
import { dispatchMigrations, DispatchModule, type DispatchPorts } from '../../apps/dispatch/src/dispatch.module.js';
import { dispatchService } from '../../apps/dispatch/src/dispatch.service.js';
import { openTestKeystore } from './test-keystore.js';
import { EventStreamClient } from './event-stream-client.js';

type Who = Omit<Claims, 'sub'>;

export interface FeedAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  // Tests say what they expect of a body.
  readonly body: Record<string, never>;
}

/** One dispatch process that answers on a port. */
export interface DispatchProcess {
  readonly app: NestFastifyApplication;
  readonly address: string;
  /** Faults that became a 500 or a 503. */
  readonly faults: unknown[];
  get<T>(type: Type<T>): T;
  ask(who: Who, path: string, method?: 'GET' | 'HEAD'): Promise<FeedAnswer>;
  /** A state-changing request with a key of its own, or the one named. */
  post(who: Who, path: string, body?: object, key?: string): Promise<FeedAnswer>;
  /** A token for who asks by himself. */
  token(who: Who): Promise<string>;
  follow(who: Who, path?: string, lastEventId?: string, tokenSeconds?: number): Promise<EventStreamClient>;
  stop(): Promise<void>;
}

/** What a test has otherwise than the product. */
export interface DispatchSettings {
  readonly clock?: Clock;
  readonly webhooks?: DispatchPorts['webhooks'] & { readonly resolve?: ResolveHost };
  readonly delivery?: DispatchPorts['deliverySettings'];
}

/** A log that tests write to, for dispatch processes to read. */
export interface DispatchGround {
  readonly test: TestDatabase;
  start(settings?: DispatchSettings): Promise<DispatchProcess>;
  readonly keystore: Keystore;
  readonly keystoreSettings: KeystoreSettings;
  /** One transaction of a station. */
  write(events: readonly NewEvent[]): Promise<void>;
  /** Gives what was committed its positions, and rings unless it is to be found without. */
  sequence(isRung?: boolean): Promise<void>;
  /** Sequences over and over until told to stop. @param every with a rest of so many milliseconds between; 0 for a test of seconds */
  sequenceOn(every?: number): { stop(): Promise<void> };
  /** The documents of the whole log, in order. */
  log(): Promise<string[]>;
  close(): Promise<void>;
}

/** @param others of services that a test starts beside */
export async function openDispatchGround(others: readonly MigrationSet[] = []): Promise<DispatchGround> {
  const test = await openTestDatabase({ migrations: [eventLogMigrations, dispatchMigrations, ...others] });
  const [sequencing, writing] = await Promise.all([test.open('eventLog'), test.open('station', { poolSize: 10 })]);
  const sequencer = new Sequencer(sequencing, new RecentEntries());
  const outbox = new Outbox(eventSources.station, new SystemClock(), new RandomIds(), () => undefined);
  const bell = new Bell();
  const { keystore, settings: keystoreSettings, removeKeystore } = await openTestKeystore();
  const processes: DispatchProcess[] = [];
  let writes = 0;
  const sequence = async (isRung = true): Promise<void> => {
    while ((await sequencer.pass()) > 0) if (isRung) bell.ring();
  };
  return {
    test,
    sequence,
    keystore,
    keystoreSettings,
    start: async (settings = {}) => {
      const process = await startOn(test, bell, keystore, settings);
      processes.push(process);
      return process;
    },
    write: async (events) => {
      const cause = { id: `write ${(writes += 1)}`, causationId: 'test' };
      await writing.transaction(async (tx) => outbox.append(tx, cause, events));
    },
    sequenceOn: (every = 0) => {
      let isOn = true;
      const running = (async () => {
        while (isOn) {
          await sequence();
          if (every > 0) await pause(every);
        }
        await sequence();
      })();
      return {
        stop: async () => {
          isOn = false;
          await running;
        },
      };
    },
    log: async () => {
      const all = await new LogReader(writing).documentsAfter(0, 1_000_000);
      return all.map(({ document }) => document);
    },
    close: async () => {
      for (const process of processes) await process.stop();
      await test.close();
      removeKeystore();
    },
  };
}

let started = 0;

async function startOn(
  test: TestDatabase,
  logBell: Bell,
  keystore: Keystore,
  { clock = new SystemClock(), webhooks, delivery }: DispatchSettings,
): Promise<DispatchProcess> {
  const database = await test.open('dispatch');
  const app = await NestFactory.create<NestFastifyApplication>(
    DispatchModule.register({
      reader: new LogReader(database),
      logBell,
      database,
      clock,
      ids: new RandomIds(),
      keystore,
      owner: `test-${(started += 1)}`,
      webhooks,
      deliverySettings: delivery,
    }),
    httpAdapter(),
    { logger: ['error', 'warn'], abortOnError: false },
  );
  const key = await newSigningKey();
  const signer = await TokenSigner.of(key);
  const faults: unknown[] = [];
  prepareHttp(app, { tokens: TokenVerifier.of([publicKeyOf(key)]), report: (error) => faults.push(error) });
  await app.listen(0, '127.0.0.1');
  const address = await app.getUrl();
  const get = <T>(type: abstract new (...args: never[]) => T): T => app.get<T>(type, { strict: false });
  const token = (who: Who, seconds = 600): Promise<string> => signer.sign({ ...who, sub: `${who.role}:test` }, seconds);
  const authorization = async (who: Who, seconds?: number): Promise<{ authorization: string }> => ({
    authorization: `Bearer ${await token(who, seconds)}`,
  });
  let stopping: Promise<void> | undefined;
  return {
    app,
    address,
    faults,
    get,
    token: (who) => token(who),
    ask: async (who, path, method = 'GET') => {
      const answer = await fetch(`${address}${path}`, { method, headers: await authorization(who) });
      const text = await answer.text();
      const body = JSON.parse(text || '{}') as Record<string, never>;
      return { status: answer.status, contentType: answer.headers.get('content-type'), text, body };
    },
    post: async (who, path, body, idempotencyKey = randomUUID()) => {
      const answer = await fetch(`${address}${path}`, {
        method: 'POST',
        headers: {
          ...(await authorization(who)),
          'idempotency-key': idempotencyKey,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const told = JSON.parse(text || '{}') as Record<string, never>;
      return { status: answer.status, contentType: answer.headers.get('content-type'), text, body: told };
    },
    follow: async (who, path = '', lastEventId = '', tokenSeconds = 600) =>
      EventStreamClient.open(`${address}/api/v1/events/stream${path}`, {
        ...(await authorization(who, tokenSeconds)),
        ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }),
      }),
    // As a process goes down: open answers are ended first.
    stop: () =>
      (stopping ??= (async () => {
        for (const streams of dispatchService.streams?.(get) ?? []) streams.endAll();
        await app.close();
      })()),
  };
}
