import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from './fault.js';
import { readKafkaSettings } from './kafka-settings.js';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-kafka-settings-'));
const passwordFile = join(folder, 'password');
const emptyFile = join(folder, 'empty');

beforeAll(() => {
  writeFileSync(passwordFile, 'secret\n');
  writeFileSync(emptyFile, '\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

const read = (environment: Record<string, string>) =>
  readKafkaSettings({ KAFKA_BROKERS: 'kafka-1:9092', ...environment }, 'yizhan-station-1');

const faultOf = (environment: Record<string, string>): Fault => {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error('it was accepted');
};

it('needs nothing but the brokers', () => {
  expect(read({ KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092,[::1]:9092' })).toEqual({
    brokers: ['kafka-1:9092', 'kafka-2:9092', '[::1]:9092'],
    clientId: 'yizhan-station-1',
    topic: 'yizhan.events',
    partitions: 12,
    replicationFactor: 3,
    minInSyncReplicas: 2,
  });
});

it('reads how to get in, and the password from a file without its line feed', () => {
  const login = { YIZHAN_KAFKA_SASL: 'scram-sha-512', YIZHAN_KAFKA_USERNAME: 'yizhan' };
  const sasl = { mechanism: 'scram-sha-512', username: 'yizhan', password: 'secret' };
  expect(read({ ...login, YIZHAN_KAFKA_PASSWORD_FILE: passwordFile, YIZHAN_KAFKA_SSL: 'true' })).toMatchObject({
    ssl: {},
    sasl,
  });
  expect(read({ ...login, YIZHAN_KAFKA_PASSWORD: 'secret' })).toMatchObject({ sasl });
});

it.each([
  [{ KAFKA_BROKERS: '' }, 'KAFKA_BROKERS'],
  [{ KAFKA_BROKERS: 'kafka-1' }, 'KAFKA_BROKERS'],
  [{ KAFKA_BROKERS: 'kafka-1:9092,' }, 'KAFKA_BROKERS'],
  [{ YIZHAN_KAFKA_TOPIC: 'a topic' }, 'YIZHAN_KAFKA_TOPIC'],
  [{ YIZHAN_KAFKA_PARTITIONS: '0' }, 'YIZHAN_KAFKA_PARTITIONS'],
  [{ YIZHAN_KAFKA_REPLICATION: '1.5' }, 'YIZHAN_KAFKA_REPLICATION'],
  [{ YIZHAN_KAFKA_REPLICATION: '1' }, 'YIZHAN_KAFKA_MIN_IN_SYNC'],
  [{ YIZHAN_KAFKA_SSL: 'yes' }, 'YIZHAN_KAFKA_SSL'],
  [{ YIZHAN_KAFKA_CA_FILE: passwordFile }, 'YIZHAN_KAFKA_CA_FILE'],
  [{ YIZHAN_KAFKA_SSL: 'true', YIZHAN_KAFKA_CA_FILE: passwordFile }, 'YIZHAN_KAFKA_CA_FILE'],
  [{ YIZHAN_KAFKA_SASL: 'kerberos' }, 'YIZHAN_KAFKA_SASL'],
  [{ YIZHAN_KAFKA_USERNAME: 'yizhan' }, 'YIZHAN_KAFKA_USERNAME'],
  [{ YIZHAN_KAFKA_SASL: 'plain' }, 'YIZHAN_KAFKA_USERNAME'],
  [{ YIZHAN_KAFKA_SASL: 'plain', YIZHAN_KAFKA_USERNAME: 'yizhan' }, 'YIZHAN_KAFKA_PASSWORD_FILE'],
  [{ YIZHAN_KAFKA_PASSWORD: 'x', YIZHAN_KAFKA_PASSWORD_FILE: passwordFile }, 'YIZHAN_KAFKA_PASSWORD'],
  [{ YIZHAN_KAFKA_PASSWORD_FILE: emptyFile }, 'YIZHAN_KAFKA_PASSWORD_FILE'],
  [{ YIZHAN_KAFKA_PASSWORD_FILE: join(folder, 'nothing') }, 'YIZHAN_KAFKA_PASSWORD_FILE'],
] as const)('refuses %j and names %s', (environment, name) => {
  const fault = faultOf(environment);
  expect(fault.exitCode).toBe(2);
  expect(fault.message).toContain(name);
  expect(fault.message).not.toContain('secret');
});
