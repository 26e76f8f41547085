import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventSources, eventType } from '@yizhan/contracts';
import { messageOf, usualTopic } from '@yizhan/event-log';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { consumedTypes } from '../../docs/generate/consumed-types.js';
import { EventSchemas } from '../../docs/generate/event-schemas.js';
import { exampleEvents } from '../support/example-events.js';
import { recordedEvents } from '../support/recorded-log.js';

interface Referring {
  readonly $ref: string;
}

interface AsyncApi {
  readonly channels: { readonly events: { readonly address: string; readonly messages: Record<string, Referring> } };
  readonly operations: Record<string, { readonly action: string; readonly messages: readonly Referring[] }>;
  readonly components: { readonly messages: Record<string, unknown>; readonly schemas: Record<string, unknown> };
}

const text = readFileSync(join(__dirname, '../../docs/asyncapi.json'), 'utf8');
const document = JSON.parse(text) as AsyncApi;
const types = new EventSchemas().events.map(({ name }) => eventType(name));

function compiledSpecification(): ValidateFunction {
  const file = join(process.cwd(), '../shared/data/standards/asyncapi/asyncapi-3.0.0-without-id.json');
  if (!existsSync(file)) throw new Error(`${file} is missing: this test reads the specification's schema`);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
  return formats.default(new Ajv({ strict: false, allErrors: true })).compile(schema);
}

/** What a reference leads to. */
function at(reference: string): unknown {
  const keys = reference.slice('#/'.length).split('/');
  return keys.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
}

const typesOf = (operation: string): string[] =>
  (document.operations[operation]?.messages ?? []).map(({ $ref }) => $ref.slice('#/channels/events/messages/'.length));

describe('docs/asyncapi.json', () => {
  it('keeps the schema of AsyncAPI 3.0', () => {
    const validate = compiledSpecification();
    expect([validate(document), validate.errors]).toEqual([true, null]);
    const wrong = structuredClone(document) as unknown as { operations: { stationSends: { action: string } } };
    wrong.operations.stationSends.action = 'publish';
    expect(validate(wrong)).toBe(false);
  });

  it('refers to nothing that it does not have', () => {
    const references = [...text.matchAll(/"\$ref": "([^"]+)"/g)].map(([, reference = '']) => reference);
    expect(references.length).toBeGreaterThan(types.length);
    expect(references.filter((reference) => !reference.startsWith('#/') || at(reference) === undefined)).toEqual([]);
  });

  it('has every type as a message, with a payload that every example fits', () => {
    expect(Object.keys(document.channels.events.messages)).toEqual(types);
    const ajv = formats.default(new Ajv({ strict: false }));
    ajv.addSchema({ $id: 'asyncapi.json', components: document.components }, undefined, undefined, false);
    for (const [file, event] of exampleEvents) {
      const $ref = `asyncapi.json#/components/messages/${event.type}/payload`;
      const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref });
      expect([file, validate(event), validate.errors]).toEqual([file, true, null]);
      expect([file, validate({ ...event, data: {} })]).toEqual([file, false]);
    }
  });

  it('describes topic, key and headers as they are sent', () => {
    const { key, headers } = messageOf({ key: 'yiwu', position: 7, document: '{}' });
    expect(key).toBe('yiwu');
    const described = document.components.schemas.Headers as { properties: Record<string, { const?: string }> };
    expect(Object.keys(described.properties).toSorted()).toEqual(Object.keys(headers).toSorted());
    expect(described.properties['content-type']?.const).toBe(headers['content-type']);
    expect(document.channels.events).toMatchObject({
      address: usualTopic.topic,
      bindings: { kafka: { partitions: usualTopic.partitions, replicas: usualTopic.replicationFactor } },
    });
  });

  it('says what every consumer group receives, as it declares it', () => {
    expect(typesOf('stationReceives')).toEqual(consumedTypes.station);
    expect(typesOf('schedulerReceives')).toEqual(consumedTypes.scheduler);
    expect(typesOf('commandCentreReceives')).toEqual(consumedTypes['command-centre']);
    expect(typesOf('stationReceives')).toEqual([
      'yizhan.assignment.proposed.v1',
      'yizhan.driver.credential_recalled.v1',
    ]);
  });

  it('names one sender for every type, the one that has written it', () => {
    const sent = Object.keys(eventSources).flatMap((service) =>
      typesOf(`${service}Sends`).map((type) => [type, service] as const),
    );
    expect(sent.map(([type]) => type).toSorted()).toEqual([...types].toSorted());
    const senders = new Map(sent);
    const others = recordedEvents().filter(({ type, source }) => {
      const service = senders.get(type) as keyof typeof eventSources;
      return eventSources[service] !== source;
    });
    expect(others).toEqual([]);
  });
});
