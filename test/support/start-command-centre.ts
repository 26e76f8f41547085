import { eventSources } from '@yizhan/contracts';
import {
  Bell,
  EmbeddedTransport,
  eventLogMigrations,
  LogReader,
  type NewEvent,
  Outbox,
  RecentEntries,
  Sequencer,
} from '@yizhan/event-log';
import { type Claims, newSigningKey, publicKeyOf, TokenSigner, TokenVerifier } from '@yizhan/identity';
import { type ManualClock, SeededIds, toIso } from '@yizhan/kernel';
import { NoticeSender, type NoticeSettings } from '@yizhan/notices';
import type { Keystore } from '@yizhan/keystore';
import type { Database } from '@yizhan/persistence';
import { createApplication } from '@yizhan/service-process';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import { pino } from 'pino';
import { AlertWatch } from '../../apps/command-centre/src/alerts/alert-watch.js';
import { CaseClock } from '../../apps/command-centre/src/cases/case-clock.js';
import { commandCentreMigrations } from '../../apps/command-centre/src/command-centre.module.js';
import { commandCentreService } from '../../apps/command-centre/src/command-centre.service.js';
import { openTestKeystore } from './test-keystore.js';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly content: Buffer;
}

/** One command-centre process. */
export interface CommandCentreProcess {
  /** Counts what is in the log until nothing is left. */
  drain(): Promise<boolean>;
  ask(who: Omit<Claims, 'sub'>, path: string): Promise<{ status: number; body: Record<string, never> }>;
  /** The answer as it comes, whatever it is. */
  fetch(who: Omit<Claims, 'sub'>, path: string): Promise<RawAnswer>;
  /** Sends a change as somebody with this id, with a key of its own unless one is given. */
  send(
    who: Omit<Claims, 'sub'>,
    id: string,
    path: string,
    body?: object,
    key?: string,
  ): Promise<{ status: number; body: Record<string, never> }>;
  /** Looks for alerts, where it is time. @returns how many changed. */
  look(): Promise<number>;
  /** Says of cases that they are overdue, where it is time. @returns of how many. */
  lookAtCases(): Promise<number>;
  /** Sends what is due now. */
  sendDue(): void;
  stop(): Promise<void>;
}

/** A log that tests write to, for command-centre processes to count. */
export interface CommandCentreGround {
  readonly test: TestDatabase;
  /** As the role of the command centre. */
  readonly database: Database;
  readonly keystore: Keystore;
  start(notices?: NoticeSettings): Promise<CommandCentreProcess>;
  /** One transaction of a station; what was written has its positions afterwards. */
  write(events: readonly NewEvent[]): Promise<void>;
  /** The documents of the whole log, in order. */
  log(): Promise<string[]>;
  /** Every figure, a line each, in order. */
  figures(): Promise<string[]>;
  /** Every row of the figures by hour and of what they are made of, byte for byte, in order. */
  readModels(as?: Database): Promise<string[]>;
  /** Drops everything that was counted, and how far. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export async function openCommandCentreGround(clock: ManualClock): Promise<CommandCentreGround> {
  const test = await openTestDatabase({ migrations: [eventLogMigrations, commandCentreMigrations] });
  const [database, writing, sequencing] = await Promise.all([
    test.open('commandCentre'),
    test.open('station'),
    test.open('eventLog'),
  ]);
  const sequencer = new Sequencer(sequencing, new RecentEntries());
  const outbox = new Outbox(eventSources.station, clock, new SeededIds('test'), () => undefined);
  const { keystore, removeKeystore } = await openTestKeystore();
  const processes: CommandCentreProcess[] = [];
  let writes = 0;
  return {
    test,
    database,
    keystore,
    start: async (notices) => {
      const process = await startCommandCentre(test, clock, keystore, notices);
      processes.push(process);
      return process;
    },
    write: async (events) => {
      const cause = { id: `write ${(writes += 1)}`, causationId: 'test' };
      await writing.transaction(async (tx) => outbox.append(tx, cause, events));
      while ((await sequencer.pass()) > 0);
    },
    log: async () => (await new LogReader(writing).documentsAfter(0, 1_000_000)).map(({ document }) => document),
    figures: async () => {
      const rows = await database.rows<{ hour: number; line: string }>(
        `SELECT hour, concat_ws('|', area_code, station_code, figure, split, count) AS line
         FROM command_centre.throughput ORDER BY hour, area_code, station_code, figure, split`,
      );
      return rows.map(({ hour, line }) => `${toIso(hour)}|${line}`);
    },
    readModels: async (as = database) => {
      const rows = await as.rows<{ line: string }>(
        `SELECT line FROM (SELECT c::text AS line FROM command_centre.cells c UNION ALL SELECT s::text FROM command_centre.stories s
         UNION ALL SELECT t::text FROM command_centre.throughput t
         UNION ALL SELECT e::text FROM command_centre.enterprises e UNION ALL SELECT r::text FROM command_centre.capacity_reports r
         UNION ALL SELECT h::text FROM command_centre.stations_heard h) AS rows ORDER BY line COLLATE "C"`,
      );
      return rows.map(({ line }) => line);
    },
    forget: async () => {
      for (const table of [
        'cells',
        'stories',
        'throughput',
        'stations_heard',
        'enterprises',
        'capacity_reports',
        'consumed',
        'parked_events',
        'quarantined',
      ]) {
        await database.rows(`DELETE FROM command_centre.${table}`);
      }
    },
    close: async () => {
      for (const process of processes) await process.stop();
      await test.close();
      removeKeystore();
    },
  };
}

/** Two processes send requests with keys of their own. */
let processes = 0;

/** A process on a database that has the tables of the log and of the command centre. */
export async function startCommandCentre(
  test: TestDatabase,
  clock: ManualClock,
  keystore: Keystore,
  notices?: NoticeSettings,
): Promise<CommandCentreProcess> {
  const database = await test.open('commandCentre');
  const reader = new LogReader(database);
  const transport = new EmbeddedTransport({
    reader,
    onFault: (where, error) => {
      throw new Error(`fault in ${where}`, { cause: error });
    },
  });
  const ids = new SeededIds('test');
  const outbox = new Outbox(commandCentreService.source, clock, ids, transport.wake);
  const ports = { database, outbox, reader, clock, ids, logBell: new Bell(), owner: 'test', keystore, notices };
  const signingKey = await newSigningKey();
  const signer = await TokenSigner.of(signingKey);
  const { app } = await createApplication({
    title: 'Yizhan',
    services: [{ definition: commandCentreService, ports, transport }],
    tokens: TokenVerifier.of([publicKeyOf(signingKey)]),
    healthOf: () => ({ live: [], ready: [] }),
    log: pino({ level: 'silent' }),
  });
  await app.init();
  await app.startAllMicroservices();
  let stopping: Promise<void> | undefined;
  let sent = 0;
  const process = ids.uuid('process', (processes += 1));
  const inject = async (
    who: Omit<Claims, 'sub'>,
    id: string,
    path: string,
    { method, key, body }: { readonly method: 'GET' | 'POST'; readonly key?: string; readonly body?: object },
  ) => {
    const token = await signer.sign({ ...who, sub: `${who.role}:${id}` }, 600);
    const headers = {
      authorization: `Bearer ${token}`,
      'idempotency-key': key ?? `${process}-${(sent += 1)}`,
    };
    const answer = await app.inject({ url: path, method, headers, ...(body && { payload: body }) });
    return { status: answer.statusCode, body: answer.json() as Record<string, never> };
  };
  return {
    drain: () => transport.drain(),
    ask: (who, path) => inject(who, 'test', path, { method: 'GET' }),
    fetch: async (who, path) => {
      const token = await signer.sign({ ...who, sub: `${who.role}:test` }, 600);
      const answer = await app.inject({ url: path, method: 'GET', headers: { authorization: `Bearer ${token}` } });
      return { status: answer.statusCode, headers: answer.headers, content: answer.rawPayload };
    },
    send: (who, id, path, body, key) => inject(who, id, path, { method: 'POST', key, body }),
    look: () => app.get(AlertWatch).fireDue(),
    lookAtCases: () => app.get(CaseClock).fireDue(),
    sendDue: () => app.get(NoticeSender).look(),
    stop: () => (stopping ??= app.close().then(() => database.close())),
  };
}
