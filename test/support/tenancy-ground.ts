import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bell, LogReader } from '@yizhan/event-log';
import { httpAdapter, prepareHttp } from '@yizhan/http';
import { ApiKeyVerifier, Credentials, publicKeyOf, TokenSigner, TokenVerifier } from '@yizhan/identity';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import { IssuedCredentials } from '@yizhan/service-process';
import { randomUUID } from 'node:crypto';
import { dispatchMigrations, DispatchModule } from '../../apps/dispatch/src/dispatch.module.js';
import { dispatchService } from '../../apps/dispatch/src/dispatch.service.js';
import { openNetwork } from './network.js';
import { type RunningStation, startStation } from './start-station.js';
import { EventStreamClient } from './event-stream-client.js';
import { loopback } from './subscribing.js';
import { Together } from './together.js';

/** What somebody was answered, whatever it was. */
export interface TenantAnswer {
  readonly status: number;
  readonly type: string;
  readonly headers: string;
  readonly bytes: Buffer;
}

/** Station and dispatch on one log behind one address, as carriers reach them. */
export interface TenancyGround {
  readonly station: RunningStation;
  readonly faults: unknown[];
  /** As the carrier. */
  ask(carrierId: string, method: 'GET' | 'POST', path: string, body?: object): Promise<TenantAnswer>;
  follow(carrierId: string, path: string): Promise<EventStreamClient>;
  /** From now on the carrier asks with a key of a system of its own. */
  useKey(carrierId: string, key: string): void;
  close(): Promise<void>;
}

export async function openTenancyGround(): Promise<TenancyGround> {
  const station = await startStation({ migrations: [dispatchMigrations] });
  await openNetwork(station);
  const database = await station.test.open('dispatch', { poolSize: 10 });
  const dispatch = DispatchModule.register({
    reader: new LogReader(database),
    logBell: new Bell(),
    database,
    clock: new SystemClock(),
    ids: new RandomIds(),
    keystore: station.ports.keystore,
    owner: 'tenancy',
    webhooks: loopback,
    deliverySettings: { lookEvery: 50, within: 2_000 },
  });
  const faults: unknown[] = [];
  const app = await NestFactory.create<NestFastifyApplication>(
    Together.of([...station.modules, dispatch]),
    httpAdapter(),
    { logger: ['error'], abortOnError: false },
  );
  const issued = new IssuedCredentials(station.database, (_where, error) => faults.push(error));
  const tokens = new Credentials({
    tokens: TokenVerifier.of([publicKeyOf(station.signingKey)]),
    apiKeys: new ApiKeyVerifier(issued, station.clock),
  });
  prepareHttp(app, { tokens, report: (error) => faults.push(error) });
  await app.listen(0, '127.0.0.1');
  const address = await app.getUrl();
  const signer = await TokenSigner.of(station.signingKey);
  const known = new Map<string, string>();
  const authorization = async (carrierId: string): Promise<string> => {
    const token =
      known.get(carrierId) ?? (await signer.sign({ sub: `carrier:${carrierId}`, role: 'carrier', carrierId }, 7_200));
    known.set(carrierId, token);
    return `Bearer ${token}`;
  };
  return {
    station,
    faults,
    ask: async (carrierId, method, path, body) => {
      const answer = await fetch(`${address}${path}`, {
        method,
        headers: {
          authorization: await authorization(carrierId),
          ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return {
        status: answer.status,
        type: answer.headers.get('content-type') ?? '',
        headers: JSON.stringify([...answer.headers]),
        bytes: Buffer.from(await answer.arrayBuffer()),
      };
    },
    useKey: (carrierId, key) => void known.set(carrierId, key),
    follow: async (carrierId, path) =>
      EventStreamClient.open(`${address}${path}`, { authorization: await authorization(carrierId) }),
    close: async () => {
      for (const streams of dispatchService.streams?.((type) => app.get(type, { strict: false })) ?? [])
        streams.endAll();
      await app.close();
      await station.close();
    },
  };
}
