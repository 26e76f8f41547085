import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bell, eventLogMigrations, LogReader, Outbox } from '@yizhan/event-log';
import {
  ApiKeyVerifier,
  type Claims,
  Credentials,
  newSigningKey,
  publicKeyOf,
  type Role,
  TokenSigner,
  TokenVerifier,
} from '@yizhan/identity';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import { Metrics, serveMetrics } from '@yizhan/observability';
import { servicePlaces } from '@yizhan/persistence';
import { createApplication, IssuedCredentials } from '@yizhan/service-process';
import { openTestDatabase } from '@yizhan/testing';
import { pino } from 'pino';
import { services } from '../../docs/generate/product-routes.js';
import { embedded } from './drained-transport.js';
import { openTestKeystore } from './test-keystore.js';

/** Every service of the product in one application on a real port, with the guard that the product has. */
export interface EveryService {
  readonly app: NestFastifyApplication;
  readonly address: string;
  /** A token of the role, for a scope that reaches nothing there is. */
  tokenOf(role: Role, also?: Partial<Claims>): Promise<string>;
  readonly faults: unknown[];
  /** What the application has logged as errors, with their stacks. */
  readonly errors: string[];
  /** Sequences and handles what was committed until nothing is left. */
  drain(): Promise<boolean>;
  close(): Promise<void>;
}

const scope: Readonly<Record<Role, Partial<Claims>>> = {
  operator: { stations: ['nowhere'] },
  shift_lead: { stations: ['nowhere'] },
  driver: { driverId: 'nobody' },
  carrier: { carrierId: 'nobody' },
  enterprise: { enterpriseId: 'nobody' },
  command_centre: { areas: ['nowhere'] },
  administrator: {},
};

export async function startEveryService(): Promise<EveryService> {
  const clock = new SystemClock();
  const ids = new RandomIds();
  const faults: unknown[] = [];
  const errors: string[] = [];
  const slipKeys = [await newSigningKey()];
  const migrations = [eventLogMigrations, ...services.map((each) => each.migrations)];
  const test = await openTestDatabase({ migrations: migrations.filter((each) => each.migrations.length > 0) });
  const signingKey = await newSigningKey();
  const signer = await TokenSigner.of(signingKey);
  const { keystore, removeKeystore } = await openTestKeystore();
  const placeNames = Object.keys(servicePlaces) as (keyof typeof servicePlaces)[];
  const databases = await Promise.all(
    services.map((each) => {
      const name = placeNames.find((place) => servicePlaces[place].role === each.place.role);
      if (!name) throw new Error(`no place in the database is ${each.place.role}`);
      return test.open(name, { entities: each.entities, poolSize: 3 });
    }),
  );
  const drained = await embedded(test, databases[0], clock as never);
  const equipped = services.map((definition, index) => {
    const database = databases[index];
    return {
      definition,
      transport: drained.transport,
      ports: {
        database,
        outbox: new Outbox(definition.source, clock, ids, drained.wake),
        reader: new LogReader(database),
        clock,
        ids,
        logBell: new Bell(),
        owner: 'test',
        keystore,
        signer,
        slipKeys,
      },
    };
  });
  const issued = new IssuedCredentials(databases[0], (_where, error) => faults.push(error));
  const metrics = new Metrics((_where, error) => faults.push(error));
  const { app } = await createApplication({
    title: 'Yizhan',
    services: equipped,
    tokens: new Credentials({
      tokens: TokenVerifier.of([publicKeyOf(signingKey)]),
      apiKeys: new ApiKeyVerifier(issued, clock),
      isSuspended: (subject) => issued.isSuspended(subject),
      stationsIn: (counties) => issued.stationsIn(counties),
    }),
    healthOf: () => ({ live: [], ready: [] }),
    log: pino({ level: 'error' }, { write: (line) => void errors.push(line) }),
  });
  serveMetrics(app, metrics);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  return {
    app,
    address: await app.getUrl(),
    tokenOf: (role, also = {}) => signer.sign({ ...scope[role], ...also, sub: `${role}:walker`, role }, 3_600),
    faults,
    errors,
    drain: () => drained.drain(),
    close: async () => {
      await app.close();
      await drained.close();
      await test.close();
      removeKeystore();
    },
  };
}
