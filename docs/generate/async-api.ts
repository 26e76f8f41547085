import { readFileSync } from 'node:fs';
import { eventSources, eventType } from '@yizhan/contracts';
import { usualTopic } from '@yizhan/event-log';
import { type ConsumerGroup, consumedTypes } from './consumed-types.js';
import type { EventSchema, EventSchemas } from './event-schemas.js';
import { jsonText } from './json-text.js';
import type { JsonSchema } from './schemas-of-types.js';

/** Media type of a document of ours, as the Kafka binding of CloudEvents asks for it. */
const mediaType = 'application/cloudevents+json';
const contentType = `${mediaType}; charset=UTF-8`;
const binding = { bindingVersion: '0.5.0' };
const channel = { $ref: '#/channels/events' };
const refTo = (part: string, name: string): JsonSchema => ({ $ref: `#/components/${part}/${name}` });

/** docs/asyncapi.json: how events travel over Kafka, who sends them and who receives them. */
export function renderAsyncApi(schemas: EventSchemas): string {
  const types = schemas.events.map(({ name }) => eventType(name));
  const definitions = schemas.definitionsFor(schemas.envelope, ...schemas.events.map(({ data }) => data));
  return jsonText({
    asyncapi: '3.0.0',
    id: 'urn:yizhan:events',
    info,
    defaultContentType: mediaType,
    servers,
    channels: { events: eventsChannel(types) },
    operations: { ...sending(schemas.events), ...receiving() },
    components: {
      messages: Object.fromEntries(schemas.events.map((event) => [eventType(event.name), messageOf(event)])),
      messageTraits: { event: eventTrait },
      schemas: atComponents({ Envelope: schemas.envelope, Headers: headers, ...definitions }),
      securitySchemes: {
        plain: { type: 'plain', description: 'SASL/PLAIN' },
        scramSha256: { type: 'scramSha256', description: 'SASL/SCRAM-SHA-256' },
        scramSha512: { type: 'scramSha512', description: 'SASL/SCRAM-SHA-512' },
      },
    },
  });
}

const info = {
  title: 'Yizhan events',
  version: '1.0.0',
  description:
    'What happens at the relay stations, as CloudEvents 1.0 in structured mode. An event is a past fact and is never edited. An ' +
    'added optional field keeps the version of a type: ignore what you do not know. Anything else is a new version beside it.\n\n' +
    'All events of one area lie in one partition, in the order of the log. Delivery is at least once: take an event whose ' +
    '`position` is not above the last one of its area as seen. `previous` names the position of the event before it in the same ' +
    'area: where it is not the last one that you saw, read what is missing from the log (`GET /api/v1/events`).',
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
} as const;

const brokers = {
  broker: { default: 'localhost:9092', description: '`host:port` of a broker; the cluster names the others' },
};

const servers = {
  kafka: {
    host: '{broker}',
    protocol: 'kafka',
    description: 'Apache Kafka 3.9 or newer, as `KAFKA_BROKERS` names it.',
    variables: brokers,
  },
  secureKafka: {
    host: '{broker}',
    protocol: 'kafka-secure',
    description: 'The same over TLS (`YIZHAN_KAFKA_SSL`), with one of these where `YIZHAN_KAFKA_SASL` names it.',
    variables: brokers,
    security: ['plain', 'scramSha256', 'scramSha512'].map((name) => refTo('securitySchemes', name)),
  },
} as const;

function eventsChannel(types: readonly string[]): object {
  const { topic, partitions, replicationFactor } = usualTopic;
  return {
    address: topic,
    title: 'Every event',
    description: 'One topic. The message key is the area code, so all of one area is in one order.',
    servers: Object.keys(servers).map((name) => ({ $ref: `#/servers/${name}` })),
    messages: Object.fromEntries(types.map((type) => [type, refTo('messages', type)])),
    bindings: {
      kafka: {
        topic,
        partitions,
        replicas: replicationFactor,
        topicConfiguration: { 'cleanup.policy': ['delete'], 'min.insync.replicas': usualTopic.minInSyncReplicas },
        ...binding,
      },
    },
  };
}

const headers: JsonSchema = {
  type: 'object',
  description: 'Kafka message headers. There may be more.',
  required: ['content-type', 'position'],
  properties: {
    'content-type': { const: contentType, description: 'Structured mode of CloudEvents.' },
    position: {
      description: "The event's position, so that a message which cannot be read can still be looked up in the log.",
      allOf: [{ $ref: '#/definitions/Ordinal' }],
    },
  },
};

/** What all messages have in common. */
const eventTrait = {
  contentType: mediaType,
  headers: refTo('schemas', 'Headers'),
  correlationId: {
    location: '$message.payload#/correlationid',
    description: 'The visit that the event belongs to; its subject where there is none.',
  },
  bindings: {
    kafka: { key: { type: 'string', description: 'The area code: the same as `partitionkey`.' }, ...binding },
  },
};

function messageOf({ name, data, envelope }: EventSchema): object {
  const type = eventType(name);
  const example = `libs/contracts/examples/${type}.json`;
  const payload = JSON.parse(readFileSync(example, 'utf8')) as { readonly position: string };
  return {
    name: type,
    title: name,
    traits: [refTo('messageTraits', 'event')],
    payload: atComponents({
      allOf: [refTo('schemas', 'Envelope'), { type: 'object', properties: { ...envelope, data } }],
    }),
    examples: [{ name: 'frozen', headers: { 'content-type': contentType, position: payload.position }, payload }],
  };
}

/** One operation for each service that writes events; its messages reach Kafka through the outbox and the publisher. */
function sending(events: readonly EventSchema[]): object {
  const operations = Object.entries(eventSources).map(([service, source]) => {
    const sent = events.filter((event) => writes(source, event)).map(({ name }) => eventType(name));
    const title = `What ${source} sends`;
    return [`${service}Sends`, { action: 'send', channel, title, messages: inChannel(sent) }] as const;
  });
  return Object.fromEntries(operations.filter(([, { messages }]) => messages.length > 0));
}

/** What may be about anything is the station's so far. */
function writes(source: string, { envelope }: EventSchema): boolean {
  return (envelope.source?.const ?? eventSources.station) === source;
}

function receiving(): object {
  return Object.fromEntries(
    (Object.keys(consumedTypes) as ConsumerGroup[]).map((group) => [
      `${group.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Receives`,
      {
        action: 'receive',
        channel,
        title: `What the consumer group ${group} handles`,
        description: 'It reads every message of the topic and passes over other types.',
        bindings: { kafka: { groupId: { type: 'string', const: group }, ...binding } },
        messages: inChannel(consumedTypes[group]),
      },
    ]),
  );
}

const inChannel = (types: readonly string[]): JsonSchema[] =>
  types.map((type) => ({ $ref: `#/channels/events/messages/${type}` }));

/** Schemas refer to one another from another place here. */
const atComponents = <T>(schemas: T): T =>
  JSON.parse(JSON.stringify(schemas).replaceAll('"#/definitions/', '"#/components/schemas/')) as T;
