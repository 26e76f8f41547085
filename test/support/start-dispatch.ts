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
import { RandomIds, SystemClock } from '@yizhan/kernel';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import { dispatchMigrations, DispatchModule } from '../../apps/dispatch/src/dispatch.module.js';
import { dispatchService } from '../../apps/dispatch/src/dispatch.service.js';
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
  follow(who: Who, path?: string, lastEventId?: string, tokenSeconds?: number): Promise<EventStreamClient>;
  stop(): Promise<void>;
}

/** A log that tests write to, for dispatch processes to read. */
export interface DispatchGround {
  readonly test: TestDatabase;
  start(): Promise<DispatchProcess>;
  /** One transaction of a station. */
  write(events: readonly NewEvent[]): Promise<void>;
  /** Gives what was committed its positions, and rings unless it is to be found without. */
  sequence(isRung?: boolean): Promise<void>;
  /** Sequences over and over until told to stop. */
  sequenceOn(): { stop(): Promise<void> };
  /** The documents of the whole log, in order. */
  log(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openDispatchGround(): Promise<DispatchGround> {
  const test = await openTestDatabase({ migrations: [eventLogMigrations, dispatchMigrations] });
  const [sequencing, writing] = await Promise.all([test.open('eventLog'), test.open('station', { poolSize: 10 })]);
  const sequencer = new Sequencer(sequencing, new RecentEntries());
  const outbox = new Outbox(eventSources.station, new SystemClock(), new RandomIds(), () => undefined);
  const bell = new Bell();
  const processes: DispatchProcess[] = [];
  let writes = 0;
  const sequence = async (isRung = true): Promise<void> => {
    while ((await sequencer.pass()) > 0) if (isRung) bell.ring();
  };
  return {
    test,
    sequence,
    start: async () => {
      const process = await startOn(test, bell);
      processes.push(process);
      return process;
    },
    write: async (events) => {
      const cause = { id: `write ${(writes += 1)}`, causationId: 'test' };
      await writing.transaction(async (tx) => outbox.append(tx, cause, events));
    },
    sequenceOn: () => {
      let isOn = true;
      const running = (async () => {
        while (isOn) await sequence();
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
    },
  };
}

async function startOn(test: TestDatabase, logBell: Bell): Promise<DispatchProcess> {
  const database = await test.open('dispatch');
  const app = await NestFactory.create<NestFastifyApplication>(
    DispatchModule.register({ reader: new LogReader(database), logBell }),
    httpAdapter(),
    { logger: ['error'], abortOnError: false },
  );
  const key = await newSigningKey();
  const signer = await TokenSigner.of(key);
  const faults: unknown[] = [];
  prepareHttp(app, { tokens: TokenVerifier.of([publicKeyOf(key)]), report: (error) => faults.push(error) });
  await app.listen(0, '127.0.0.1');
  const address = await app.getUrl();
  const get = <T>(type: abstract new (...args: never[]) => T): T => app.get<T>(type, { strict: false });
  const authorization = async (who: Who, seconds = 600): Promise<{ authorization: string }> => ({
    authorization: `Bearer ${await signer.sign({ ...who, sub: `${who.role}:test` }, seconds)}`,
  });
  let stopping: Promise<void> | undefined;
  return {
    app,
    address,
    faults,
    get,
    ask: async (who, path, method = 'GET') => {
      const answer = await fetch(`${address}${path}`, { method, headers: await authorization(who) });
      const text = await answer.text();
      const body = JSON.parse(text || '{}') as Record<string, never>;
      return { status: answer.status, contentType: answer.headers.get('content-type'), text, body };
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
