import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bell, LogReader } from '@yizhan/event-log';
import { httpAdapter, prepareHttp } from '@yizhan/http';
import { Caller, TokenVerifier, type VerifyingKey } from '@yizhan/identity';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import { Keystore, type KeystoreSettings } from '@yizhan/keystore';
import { type Connection, createDataSource, Database, servicePlaces } from '@yizhan/persistence';
import { DispatchModule } from '../../../apps/dispatch/src/dispatch.module.js';
import { CreateSubscription } from '../../../apps/dispatch/src/subscriptions/create-subscription.js';
import { DeleteSubscription } from '../../../apps/dispatch/src/subscriptions/delete-subscription.js';
import { ProveEndpoint } from '../../../apps/dispatch/src/subscriptions/prove-endpoint.js';
import { answer } from '../ground/child.js';

/** What dispatch is started with in a process of its own. */
export interface ProductSettings {
  readonly connection: Connection;
  readonly keystore: KeystoreSettings;
  /** Of the tokens that it takes. */
  readonly key: VerifyingKey;
}

export interface Usage {
  /** Of the whole process so far, milliseconds. */
  readonly cpu: number;
  /** The most memory since this was last asked, bytes. */
  readonly peak: number;
}

const administrator = new Caller({ sub: 'administrator:bench', role: 'administrator' });
const bell = new Bell();
const lookEvery = 50;
let app: NestFastifyApplication | undefined;
let asked = 0;
let peak = 0;

setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), lookEvery).unref();

async function open({ connection, keystore, key }: ProductSettings): Promise<string> {
  const { schema } = servicePlaces.dispatch;
  const source = createDataSource({ connection, applicationName: 'bench dispatch', schema });
  const database = new Database(await source.initialize());
  const module = DispatchModule.register({
    reader: new LogReader(database),
    logBell: bell,
    database,
    clock: new SystemClock(),
    ids: new RandomIds(),
    keystore: await Keystore.open(keystore),
    owner: 'bench',
    webhooks: { networks: ['127.0.0.0/8'] },
  });
  app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(), { logger: ['error'] });
  prepareHttp(app, {
    tokens: TokenVerifier.of([key]),
    report: (error) => process.stderr.write(`${String(error)}\n`),
  });
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

function dispatch(): NestFastifyApplication {
  if (!app) throw new Error('dispatch is not open');
  return app;
}

const request = (): { key: string; caller: string; hash: string } => {
  asked += 1;
  return { key: `request ${asked}`, caller: administrator.subject, hash: String(asked) };
};

answer({
  open,
  /** The log has grown. */
  ring: () => bell.ring(),
  subscribe: async ({ url }: { readonly url: string }) => {
    const { subscriptionId } = await dispatch().get(CreateSubscription).execute(request(), administrator, { url });
    await dispatch().get(ProveEndpoint).execute(request(), administrator, subscriptionId);
    return subscriptionId;
  },
  remove: ({ id }: { readonly id: string }) => dispatch().get(DeleteSubscription).execute(request(), administrator, id),
  usage: (): Usage => {
    const { user, system } = process.cpuUsage();
    const most = Math.max(peak, process.memoryUsage.rss());
    peak = 0;
    return { cpu: (user + system) / 1_000, peak: most };
  },
  close: () => dispatch().close(),
});
