import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { eventSources } from '@yizhan/contracts';
import { Bell, eventLogMigrations, LogReader, newEvent, Outbox, RecentEntries, Sequencer } from '@yizhan/event-log';
import { httpAdapter } from '@yizhan/http';
import { Caller } from '@yizhan/identity';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import { Keystore, newWrappingKey } from '@yizhan/keystore';
import { Pool } from 'undici';
import { Deliverer } from '../../../apps/dispatch/src/delivery/deliverer.js';
import { headersOf, webhookIdOf } from '../../../apps/dispatch/src/delivery/message.js';
import { keyOfSecret, newSecret } from '../../../apps/dispatch/src/delivery/signature.js';
import { dispatchMigrations, DispatchModule } from '../../../apps/dispatch/src/dispatch.module.js';
import { CreateSubscription } from '../../../apps/dispatch/src/subscriptions/create-subscription.js';
import { DeleteSubscription } from '../../../apps/dispatch/src/subscriptions/delete-subscription.js';
import { ProveEndpoint } from '../../../apps/dispatch/src/subscriptions/prove-endpoint.js';
import { Subscriptions } from '../../../apps/dispatch/src/subscriptions/subscriptions.reader.js';
import { openDatabase } from '../ground/database.js';
import { printResult, ratioOf, rounded, tell } from '../ground/figures.js';

export interface WebhooksOptions {
  readonly rounds: number;
  readonly events: number;
  readonly data?: string | undefined;
}

/** At least 0.6 times as many a second: a delivery takes at most this many times as long. */
const goal = 1 / 0.6;
const connections = 16;
const administrator = new Caller({ sub: 'administrator:bench', role: 'administrator' });

/** Signed, stored and logged deliveries to one endpoint, against a bare keep-alive loop that signs and sends the same documents. */
export async function runWebhooks({ rounds, events, data }: WebhooksOptions): Promise<void> {
  const ground = await openDatabase([eventLogMigrations, dispatchMigrations], data);
  const keys = mkdtempSync(join(data ?? tmpdir(), 'yizhan-bench-keys-'));
  const receiver = fork(join(import.meta.dirname, 'receiver.js'), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  try {
    const url = `http://127.0.0.1:${await portOf(receiver)}/hooks`;
    const [writing, sequencing, database] = await Promise.all([
      ground.open('station'),
      ground.open('eventLog', 2),
      ground.open('dispatch'),
    ]);
    const clock = new SystemClock();
    const sequencer = new Sequencer(sequencing, new RecentEntries());
    const outbox = new Outbox(eventSources.station, clock, new RandomIds(), () => undefined);
    for (let written = 0; written < events; written += 500) {
      const some = Array.from({ length: 500 }, (_none, index) => eventOf(written + index));
      await writing.transaction(async (tx) =>
        outbox.append(tx, { id: `bench ${written}`, causationId: 'bench' }, some),
      );
      while ((await sequencer.pass()) > 0);
    }
    const reader = new LogReader(database);
    const keystore = await Keystore.open({ folder: join(keys, 'keystore'), wrapping: newWrappingKey() });
    const module = DispatchModule.register({
      reader,
      logBell: new Bell(),
      database,
      clock,
      ids: new RandomIds(),
      keystore,
      owner: 'bench',
      webhooks: { networks: ['127.0.0.0/8'] },
      // What a round leaves is removed soon, for the next one.
      deliverySettings: { connections, looksPerPurge: 4 },
    });
    const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(), { logger: ['error', 'warn'] });
    await app.init();
    const product: number[] = [];
    const peer: number[] = [];
    // The first round of each warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const bare = await bareLoop(url, reader, events);
      const delivered = await deliver(app, url, events, round);
      // What is left of it is removed before anything else is measured.
      while ((await database.rows('SELECT 1 FROM dispatch.ended_subscriptions')).length > 0) await pause(100);
      tell(`round ${round}: bare ${Math.round(events / bare)} a second, product ${Math.round(events / delivered)}`);
      if (round === 0) continue;
      peer.push(bare);
      product.push(delivered);
    }
    const perSecond = (seconds: readonly number[]): number[] => seconds.map((each) => rounded(events / each));
    const time = ratioOf(product, peer, rounded(goal));
    printResult({
      bench: 'webhooks',
      events,
      connections,
      time,
      rate: { ratio: rounded(1 / time.median), goal: 0.6 },
      deliveriesPerSecond: { product: perSecond(product), bare: perSecond(peer) },
    });
    await app.close();
  } finally {
    receiver.kill();
    await ground.close();
    rmSync(keys, { recursive: true, force: true });
  }
}

async function portOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the receiver says nothing');
  const [line] = (await once(stdout, 'data')) as [Buffer];
  return String(line).trim();
}

const eventOf = (index: number) =>
  newEvent({
    name: 'visit.queued',
    subject: `visit/${index % 500}`,
    areaCode: 'jinhua',
    time: index,
    carrierId: 'shunfa',
    data: { visitId: `${index % 500}`, areaCode: 'jinhua', stationCode: 'JD' } as never,
  });

/** Documents read from the log, signed and sent over as many connections: no row, no retry, no record. @returns seconds. */
async function bareLoop(url: string, reader: LogReader, events: number): Promise<number> {
  const pool = new Pool(new URL(url).origin, { connections, pipelining: 1 });
  const keys = [keyOfSecret(newSecret())];
  const begun = performance.now();
  let after = 0;
  let batch: readonly { position: number; document: string }[] = [];
  let at = 0;
  let reading: Promise<void> | undefined;
  const next = async (): Promise<{ position: number; document: string } | undefined> => {
    while (at >= batch.length) {
      if (after >= events) return undefined;
      reading ??= (async () => {
        batch = await reader.documentsAfter(after, 500);
        at = 0;
        after = batch.at(-1)?.position ?? events;
        reading = undefined;
      })();
      await reading;
    }
    return batch[at++];
  };
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let entry = await next(); entry; entry = await next()) {
        const { id } = JSON.parse(entry.document) as { id: string };
        const message = { id: webhookIdOf(id, 'bare'), body: entry.document };
        const timestamp = Math.floor(performance.now() / 1_000);
        const headers = headersOf(
          { subscriptionId: 'bare', keys, headers: [{ name: 'x-bare', value: '1' }] },
          message,
          timestamp,
        );
        const { statusCode, body } = await pool.request({
          method: 'POST',
          path: '/hooks',
          headers,
          body: entry.document,
        });
        await body.dump();
        if (statusCode !== 204) throw new Error(`the receiver answered ${statusCode}`);
      }
    }),
  );
  await pool.close();
  return (performance.now() - begun) / 1_000;
}

/** From the proof of the endpoint until every delivery is recorded. @returns seconds. */
async function deliver(app: NestFastifyApplication, url: string, events: number, round: number): Promise<number> {
  const request = (what: string) => ({
    key: `${what} ${round}`,
    caller: 'administrator:bench',
    hash: `${what} ${round}`,
  });
  const made = await app.get(CreateSubscription).execute(request('create'), administrator, { url, after: '0' });
  await app.get(ProveEndpoint).execute(request('prove'), administrator, made.subscriptionId);
  const begun = performance.now();
  app.get(Deliverer).look();
  const show = () => app.get(Subscriptions).one(administrator, made.subscriptionId);
  // Each look is a query of what is in hand: often only at the end.
  let shown = await show();
  for (; shown.position !== String(events); shown = await show()) await pause(50);
  for (; shown.pending > 0; shown = await show()) await pause(10);
  const seconds = (performance.now() - begun) / 1_000;
  await app.get(DeleteSubscription).execute(request('delete'), administrator, made.subscriptionId);
  return seconds;
}
