import type { KafkaSettings } from '@yizhan/event-log';
import type { Environment } from './environment.js';
import { badInput } from './fault.js';
import { readCertificate, readPasswordFile } from './read-file.js';

/** Every variable about Kafka, with what it means; `--help` prints this. */
export const kafkaVariables = {
  KAFKA_BROKERS: 'host:port of one broker or more, with commas between them',
  YIZHAN_KAFKA_TOPIC: 'topic of the events (default yizhan.events)',
  YIZHAN_KAFKA_PARTITIONS: 'partitions of the topic (default 12): so many processes of a service can share the areas',
  YIZHAN_KAFKA_REPLICATION: 'brokers that keep each message (default 3)',
  YIZHAN_KAFKA_MIN_IN_SYNC: 'brokers that must have a message before it counts as published (default 2)',
  YIZHAN_KAFKA_SSL: 'true or false: whether connections to the brokers are encrypted (default false)',
  YIZHAN_KAFKA_CA_FILE: "certificate of the brokers' authority, PEM, where Node does not know it",
  YIZHAN_KAFKA_SASL: 'plain, scram-sha-256 or scram-sha-512: how to log in, where the brokers ask for it',
  YIZHAN_KAFKA_USERNAME: 'who logs in',
  YIZHAN_KAFKA_PASSWORD_FILE: 'file that holds the password and nothing else',
  YIZHAN_KAFKA_PASSWORD: 'the password itself, in place of a file',
} as const;

type VariableName = keyof typeof kafkaVariables;
type Mechanism = NonNullable<KafkaSettings['sasl']>['mechanism'];

const mechanisms: readonly Mechanism[] = ['plain', 'scram-sha-256', 'scram-sha-512'];

/** @param clientId shown in the brokers' logs. @throws Fault that names the variable. */
export function readKafkaSettings(environment: Environment, clientId: string): KafkaSettings {
  const text = (name: VariableName): string | undefined => environment[name]?.trim() || undefined;
  const replicationFactor = readCount(text('YIZHAN_KAFKA_REPLICATION') ?? '3', 'YIZHAN_KAFKA_REPLICATION');
  const minInSyncReplicas = readCount(text('YIZHAN_KAFKA_MIN_IN_SYNC') ?? '2', 'YIZHAN_KAFKA_MIN_IN_SYNC');
  if (minInSyncReplicas > replicationFactor) {
    throw badInput(
      `YIZHAN_KAFKA_MIN_IN_SYNC: ${minInSyncReplicas} is more than YIZHAN_KAFKA_REPLICATION, ${replicationFactor}: nothing could be published`,
      'Give fewer than are kept, so that one broker may be away.',
    );
  }
  return {
    brokers: readBrokers(text('KAFKA_BROKERS')),
    clientId,
    topic: readTopic(text('YIZHAN_KAFKA_TOPIC') ?? 'yizhan.events'),
    partitions: readCount(text('YIZHAN_KAFKA_PARTITIONS') ?? '12', 'YIZHAN_KAFKA_PARTITIONS'),
    replicationFactor,
    minInSyncReplicas,
    ...readSsl(text('YIZHAN_KAFKA_SSL') ?? 'false', text('YIZHAN_KAFKA_CA_FILE')),
    ...readSasl(text),
  };
}

function readBrokers(text: string | undefined): string[] {
  if (text === undefined) {
    throw badInput('KAFKA_BROKERS is not set', 'Name one broker or more, such as kafka-1:9092,kafka-2:9092.');
  }
  const brokers = text.split(',').map((each) => each.trim());
  const unreadable = brokers.find((each) => !/^([\w.-]+|\[[\da-f:.]+\]):\d{1,5}$/i.test(each));
  if (unreadable === undefined) return brokers;
  throw badInput(`KAFKA_BROKERS: "${unreadable}" is no host:port`, 'Write kafka-1:9092,kafka-2:9092.');
}

function readTopic(text: string): string {
  if (/^[\w.-]{1,249}$/.test(text)) return text;
  throw badInput(
    `YIZHAN_KAFKA_TOPIC: ${text} is no name of a topic`,
    'Use letters, digits, dots, hyphens and underlines.',
  );
}

function readCount(text: string, name: VariableName): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw badInput(`${name}: ${text} is no count`, 'Give a whole number from 1 on.');
}

function readSsl(text: string, caFile: string | undefined): Pick<KafkaSettings, 'ssl'> {
  if (text !== 'true' && text !== 'false') throw badInput(`YIZHAN_KAFKA_SSL: ${text} is neither true nor false`);
  if (text === 'true') {
    return { ssl: caFile === undefined ? {} : { ca: readCertificate(caFile, 'YIZHAN_KAFKA_CA_FILE') } };
  }
  if (caFile === undefined) return {};
  throw badInput('YIZHAN_KAFKA_CA_FILE is for nothing without YIZHAN_KAFKA_SSL=true');
}

function readSasl(text: (name: VariableName) => string | undefined): Pick<KafkaSettings, 'sasl'> {
  const given = text('YIZHAN_KAFKA_SASL');
  const username = text('YIZHAN_KAFKA_USERNAME');
  const password = readPassword(text('YIZHAN_KAFKA_PASSWORD_FILE'), text('YIZHAN_KAFKA_PASSWORD'));
  if (given === undefined) {
    if (username === undefined && password === undefined) return {};
    throw badInput(
      'YIZHAN_KAFKA_USERNAME and its password are for nothing without YIZHAN_KAFKA_SASL',
      `Give it one of ${mechanisms.join(', ')}.`,
    );
  }
  const mechanism = mechanisms.find((each) => each === given);
  if (!mechanism)
    throw badInput(`YIZHAN_KAFKA_SASL: ${given} is not supported`, `Give one of ${mechanisms.join(', ')}.`);
  if (username === undefined) throw badInput('YIZHAN_KAFKA_USERNAME is not set, and YIZHAN_KAFKA_SASL asks for it');
  if (password === undefined)
    throw badInput('YIZHAN_KAFKA_PASSWORD_FILE is not set, and YIZHAN_KAFKA_SASL asks for it');
  return { sasl: { mechanism, username, password } };
}

function readPassword(file: string | undefined, password: string | undefined): string | undefined {
  if (file === undefined) return password;
  if (password === undefined) return readPasswordFile(file, 'YIZHAN_KAFKA_PASSWORD_FILE');
  throw badInput('YIZHAN_KAFKA_PASSWORD_FILE and YIZHAN_KAFKA_PASSWORD are both set', 'Set one of them.');
}
