import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { servicePlaces } from '@yizhan/persistence';
import { kafkaVariables, readDatabaseUrl, readKafkaSettings } from '@yizhan/process';
import { serviceVariables } from '@yizhan/service-process';
import type { Command } from 'commander';
import { buildProgram } from '../../apps/yizhan/src/commands/program.js';
import { variables } from '../../apps/yizhan/src/runtime/config.js';
import { appOf, appsOf, argumentsOf, composeFiles, isOurs, readCompose, root, secretsOf } from './compose-file.js';

const cluster = readCompose('cluster');
const ours = composeFiles.flatMap((file) =>
  Object.entries(readCompose(file).services)
    .filter(([, service]) => isOurs(service))
    .map(([name, service]) => ({ name: `${file}/${name}`, service })),
);
const apps = Object.entries(appsOf(cluster));
const environmentOf = (name: string): Record<string, string> => {
  const given = Object.entries(cluster.services[name]?.environment ?? {});
  return Object.fromEntries(given.map(([variable, value]) => [variable, String(value)]));
};

/** The command of `yizhan` that these words lead to. */
function findCommand(from: Command, [word, ...others]: readonly string[]): Command | undefined {
  if (word === undefined || word.startsWith('-')) return from;
  const next = from.commands.find((each) => each.name() === word);
  return next && findCommand(next, others);
}

const roleOf: Readonly<Record<string, string>> = {
  publisher: servicePlaces.eventLog.role,
  station: servicePlaces.station.role,
  scheduler: servicePlaces.scheduler.role,
  dispatch: servicePlaces.dispatch.role,
  'command-centre': servicePlaces.commandCentre.role,
};

it('has a service for every app that runs as a process of its own', () => {
  expect(apps.map(([name, app]) => [name, app])).toEqual(Object.keys(roleOf).map((app) => [app, app]));
});

it.each(ours)('$name runs a program that the image has', ({ service }) => {
  const [program = '', ...words] = argumentsOf(service);
  const app = appOf(service);
  const source = app === undefined ? program : `apps/${app}/src/main.ts`;
  expect(existsSync(resolve(root, source))).toBe(true);
  if (app === undefined) {
    expect(program).toBe('apps/yizhan/bin/yizhan.mjs');
    expect(
      findCommand(
        buildProgram('0', () => undefined),
        words,
      ),
    ).toBeDefined();
  } else {
    expect(words).toEqual([]);
  }
});

it.each(ours)('$name sets no variable that its program does not read', ({ service }) => {
  const known = appOf(service) === undefined ? { ...variables, ...kafkaVariables } : serviceVariables;
  expect(Object.keys(service.environment ?? {}).filter((name) => !(name in known))).toEqual([]);
});

describe.each(apps)('%s', (name, app) => {
  const environment = environmentOf(name);

  it('works as the role of its own, with the password of that role', () => {
    const role = roleOf[app];
    expect(readDatabaseUrl(environment['YIZHAN_DATABASE_URL'])).toMatchObject({
      user: role,
      password: '',
      host: 'postgres',
      database: 'yizhan',
    });
    expect(environment['YIZHAN_DATABASE_PASSWORD_FILE']).toBe(`/run/secrets/${role}`);
    expect(cluster.services[name]?.secrets).toContain(role);
  });

  it('can be reached by the proxy and by Prometheus', () => {
    expect(environment['YIZHAN_HTTP_HOST']).toBe('0.0.0.0');
    expect(cluster.services[name]?.networks).toContain('services');
  });

  it('checks tokens by the public keys; the station alone holds the other one, as it signs people in', () => {
    const tokenSecrets = secretsOf(cluster.services[name]).filter((secret) => secret.startsWith('token'));
    // Nobody asks the publisher for anything that needs a token.
    const expected = app === 'publisher' ? [] : ['token-keys.json'];
    expect(tokenSecrets).toEqual([...expected, ...(app === 'station' ? ['token-signing.json'] : [])]);
    const file = environment['YIZHAN_TOKEN_KEYS_FILE'];
    expect(file === undefined ? [] : [file]).toEqual(expected.map((secret) => `/run/secrets/${secret}`));
  });

  it('waits for the tables and the topic', () => {
    const done = { condition: 'service_completed_successfully' };
    expect(cluster.services[name]?.depends_on).toEqual({ migrate: done, topics: done });
  });
});

describe('the brokers', () => {
  const brokers = Object.entries(cluster.services).filter(([, { image }]) => image.startsWith('apache/kafka:'));
  const advertised = brokers.map(([, service]) => service.environment?.['KAFKA_ADVERTISED_LISTENERS']);

  it('are three, each with a number, a name and a volume of its own', () => {
    expect(advertised).toEqual(['BROKER://kafka-1:9092', 'BROKER://kafka-2:9092', 'BROKER://kafka-3:9092']);
    expect(brokers.map(([, service]) => service.environment?.['KAFKA_NODE_ID'])).toEqual([1, 2, 3]);
    expect(new Set(brokers.map(([, { volumes }]) => volumes?.[0])).size).toBe(3);
  });

  it.each(brokers)('%s loses nothing when another dies, and makes up no topic', (_, { environment }) => {
    expect(environment).toMatchObject({
      KAFKA_DEFAULT_REPLICATION_FACTOR: 3,
      KAFKA_MIN_INSYNC_REPLICAS: 2,
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 3,
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: 3,
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: 2,
      KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE: 'false',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093',
    });
  });

  it.each([...apps.map(([name]) => name), 'topics', 'cli'])('are those that %s knows', (name) => {
    const settings = readKafkaSettings(environmentOf(name), 'test');
    expect(settings.brokers.map((broker) => `BROKER://${broker}`)).toEqual(advertised);
    expect(settings).toMatchObject({ replicationFactor: 3, minInSyncReplicas: 2 });
  });
});
