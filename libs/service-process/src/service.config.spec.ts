import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { servicePlaces } from '@yizhan/persistence';
import { Fault } from '@yizhan/process';
import { readProcessSettings } from './service.config.js';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-service-config-'));
const passwordFile = join(folder, 'password');

beforeAll(() => writeFileSync(passwordFile, 'from the file\n'));
afterAll(() => rmSync(folder, { recursive: true }));

const url = 'postgres://yizhan_station@db:5433/yizhan';
const read = (environment: Record<string, string>) =>
  readProcessSettings('station', servicePlaces.station, {
    YIZHAN_DATABASE_URL: url,
    KAFKA_BROKERS: 'kafka:9092',
    ...environment,
  });

const faultOf = (environment: Record<string, string>): Fault => {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error('it was accepted');
};

it('has a default for everything but the database and the brokers', () => {
  expect(read({})).toEqual({
    instance: `${hostname()}-${process.pid}`,
    connection: { host: 'db', port: 5433, user: 'yizhan_station', password: '', database: 'yizhan', ssl: false },
    http: { host: '127.0.0.1', port: 7700 },
    logLevel: 'info',
    kafka: expect.objectContaining({
      brokers: ['kafka:9092'],
      clientId: `yizhan-station-${hostname()}-${process.pid}`,
    }),
    tokenKeysFile: undefined,
    keystore: { directory: undefined, keyFile: undefined },
    edge: { trustedProxies: [], limits: { perCaller: 1_000, perAddress: 50, signInsPerMinute: 30 } },
    slipKeysFile: undefined,
    unknown: [],
    webhooks: { networks: [] },
    noticesFile: undefined,
  });
});

it('listens wherever it is told to', () => {
  expect(read({ YIZHAN_HTTP_HOST: '0.0.0.0', YIZHAN_HTTP_PORT: '80' }).http).toEqual({ host: '0.0.0.0', port: 80 });
});

it('takes the password from a file', () => {
  expect(read({ YIZHAN_DATABASE_PASSWORD_FILE: passwordFile }).connection.password).toBe('from the file');
});

it('finds variables that nobody reads', () => {
  expect(read({ YIZHAN_PORT: '1', YIZHAN_TEST_PG_URL: 'x' }).unknown).toEqual(['YIZHAN_PORT']);
});

it.each([
  [{ YIZHAN_DATABASE_URL: '' }, 'YIZHAN_DATABASE_URL is not set'],
  [{ YIZHAN_DATABASE_URL: 'postgres://yizhan_owner@db/yizhan' }, 'works as yizhan_station alone'],
  [{ YIZHAN_DATABASE_URL: 'mysql://yizhan_station@db/yizhan' }, 'YIZHAN_DATABASE_URL begins with mysql://'],
  [
    { YIZHAN_DATABASE_URL: 'postgres://yizhan_station:hidden@db/yizhan', YIZHAN_DATABASE_PASSWORD_FILE: passwordFile },
    'YIZHAN_DATABASE_PASSWORD_FILE',
  ],
  [{ YIZHAN_DATABASE_PASSWORD_FILE: '/nowhere/password' }, 'no such file or directory'],
  [{ YIZHAN_INSTANCE: 'two words' }, 'YIZHAN_INSTANCE'],
  [{ YIZHAN_LOG_LEVEL: 'loud' }, 'YIZHAN_LOG_LEVEL'],
  [{ YIZHAN_HTTP_PORT: '70000' }, 'YIZHAN_HTTP_PORT'],
])('refuses %j', (environment, message) => {
  const fault = faultOf(environment);
  expect(fault.exitCode).toBe(2);
  expect(fault.message).toContain(message);
  expect(fault.message).not.toContain('hidden');
});
