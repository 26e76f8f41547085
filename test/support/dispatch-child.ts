import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bell, LogReader } from '@yizhan/event-log';
import { httpAdapter, prepareHttp } from '@yizhan/http';
import { TokenVerifier, type VerifyingKey } from '@yizhan/identity';
import { AcceleratedClock, RandomIds, SystemClock } from '@yizhan/kernel';
import { Keystore, type WrappingKey } from '@yizhan/keystore';
import { type Connection, createDataSource, Database } from '@yizhan/persistence';
import { DispatchModule } from '../../apps/dispatch/src/dispatch.module.js';

/** What a test tells the process, as its only argument. */
export interface DispatchChildSettings {
  readonly connection: Connection;
  readonly schema: string;
  readonly keystore: { readonly folder: string; readonly wrapping: WrappingKey };
  readonly key: VerifyingKey;
  readonly owner: string;
  /** When the clock of all these processes began, by the wall, and how fast it runs. */
  readonly clock: { readonly began: number; readonly speed: number };
  /** As in `DeliverySettings`, milliseconds. */
  readonly lease: number;
  readonly within: number;
}

const settings = JSON.parse(process.argv[2] ?? '') as DispatchChildSettings;
const { began, speed } = settings.clock;
const source = createDataSource({
  connection: settings.connection,
  applicationName: settings.owner,
  schema: settings.schema,
});
const database = new Database(await source.initialize());
const app = await NestFactory.create<NestFastifyApplication>(
  DispatchModule.register({
    reader: new LogReader(database),
    logBell: new Bell(),
    database,
    clock: new AcceleratedClock(began + (new SystemClock().now() - began) * speed, speed),
    ids: new RandomIds(),
    keystore: await Keystore.open(settings.keystore),
    owner: settings.owner,
    webhooks: { networks: ['127.0.0.0/8'] },
    deliverySettings: { lease: settings.lease, within: settings.within, lookEvery: 100 },
  }),
  httpAdapter(),
  { logger: ['error'], abortOnError: false },
);
prepareHttp(app, {
  tokens: TokenVerifier.of([settings.key]),
  report: (error) => process.stderr.write(`${String(error)}\n`),
});
await app.listen(0, '127.0.0.1');
process.stdout.write(`${await app.getUrl()}\n`);
