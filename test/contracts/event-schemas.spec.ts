import { readdirSync, readFileSync } from 'node:fs';
import { aggregateOf, dataSchema, eventType, type YizhanEvent } from '@yizhan/contracts';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { knownTypes } from '../../apps/yizhan/src/verify/known-types.js';
import { EventSchemas } from '../../docs/generate/event-schemas.js';
import { contractsFolder, faultsOf } from '../support/event-schemas.js';
import { exampleEvents, examplesOf } from '../support/example-events.js';

const names = new EventSchemas().events.map(({ name }) => name);
const completed = (): YizhanEvent<'handoff.completed'> => structuredClone(examplesOf('handoff.completed')[1]);
const queued = (): YizhanEvent<'visit.queued'> => structuredClone(examplesOf('visit.queued')[0]);

type Parts = Record<string, unknown>;

/** The document with one part of it replaced; `undefined` takes it away. */
function having<E extends object>(event: E, path: string, value: unknown): E {
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce((part, key) => part[key] as Parts, event as Parts);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return event;
}

/** Names of the fields of a schema that are instants, on every level. */
function instantsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { properties?: Record<string, unknown> };
  const isInstant = /^\{("description":"[^"]*",)?("allOf":\[\{)?"\$ref":"#\/definitions\/Instant"/;
  const own = Object.entries(properties).filter(([, field]) => isInstant.test(JSON.stringify(field)));
  return [...own.map(([name]) => name), ...Object.values(schema).flatMap(instantsOf)];
}

describe('the schemas', () => {
  it('are two files for each type, and no others', () => {
    const wanted = names.flatMap((name) => [`${eventType(name)}.event.json`, `${eventType(name)}.json`]);
    expect(readdirSync(`${contractsFolder}/schemas`).toSorted()).toEqual(wanted.toSorted());
  });

  it('are draft-07 that every validator takes, under the address that events name', () => {
    const ajv = formats.default(new Ajv({ strict: true, strictRequired: false }));
    const documents = readdirSync(`${contractsFolder}/schemas`).map((file) => {
      const schema = JSON.parse(readFileSync(`${contractsFolder}/schemas/${file}`, 'utf8')) as { $id: string };
      expect(schema.$id).toBe(`https://yizhan.dev/schemas/${file}`);
      return ajv.addSchema(schema);
    });
    expect(documents).toHaveLength(2 * names.length);
    for (const [file, event] of exampleEvents) {
      const validate = ajv.getSchema(event.dataschema);
      expect([file, validate?.(event.data), validate?.errors]).toEqual([file, true, null]);
    }
  });

  it('say of whom a subject may be as the checker does, which has its own copy', () => {
    const aggregates = names.map((name) => [name, aggregateOf(name) ?? ''] as const);
    const known = names.map((name) => [name, knownTypes.get(name)?.prefixes.join() ?? 'unknown'] as const);
    expect(aggregates).toEqual(known);
  });

  it('name instants `…At`, but for those that landed with another name', () => {
    const landed = new Set(['at', 'blockedUntil', 'since', 'standsUntil', 'validFrom', 'validUntil']);
    const files = readdirSync(`${contractsFolder}/schemas`).filter((file) => !file.endsWith('.event.json'));
    const instants = files.flatMap((file) =>
      instantsOf(JSON.parse(readFileSync(`${contractsFolder}/schemas/${file}`, 'utf8'))).map((name) => [file, name]),
    );
    expect(instants.length).toBeGreaterThan(50);
    expect(instants.filter(([, name]) => !name.endsWith('At') && !landed.has(name))).toEqual([]);
  });

  it('name themselves in every example', () => {
    const known = new Set(names.map(dataSchema));
    expect([...exampleEvents].filter(([, { dataschema }]) => !known.has(dataschema))).toEqual([]);
  });
});

describe('a reader', () => {
  it('passes over fields that he does not know, on every level', () => {
    const event = having(having(completed(), 'data.weather', 'snow'), 'data.signatures.0.place', 'gate');
    expect(faultsOf(having(event, 'tenant', 'a'))).toEqual([]);
  });
});

describe('a writer', () => {
  it('writes no field that the contract does not name, on any level', () => {
    const event = having(having(completed(), 'data.weather', 'snow'), 'data.signatures.0.place', 'gate');
    expect(faultsOf(having(event, 'tenant', 'a'), 'writer').toSorted()).toEqual([
      '/data must NOT have additional properties (weather)',
      '/data/signatures/0 must NOT have additional properties (place)',
      'the document must NOT have additional properties (tenant)',
    ]);
  });

  it('writes the rules of a policy as the pack has them', () => {
    const [published] = examplesOf('policy.published');
    expect(faultsOf(having(structuredClone(published), 'data.rules', { own: { rule: 1 } }), 'writer')).toEqual([]);
  });
});

describe('a document is refused that', () => {
  const rows: readonly (readonly [what: string, path: string, value: unknown])[] = [
    ['lacks an attribute', 'prevhash', undefined],
    ['lacks a required field', 'data.custodyAt', undefined],
    ['has an instant without milliseconds', 'data.custodyAt', '2026-03-02T00:06:00Z'],
    ['has an instant that is not UTC', 'data.custodyAt', '2026-03-02T08:06:00.000+08:00'],
    ['has an instant that never was', 'time', '2026-02-30T00:00:00.000Z'],
    ['has an id that is no UUID', 'data.handoffId', 'handoff-1'],
    ['has an event id that is no UUIDv7', 'id', '9f0e2b58-0d0c-4a7e-8a4e-0d7f3f4f5a6b'],
    ['has text in a code', 'data.reservations.0.code', 'left tyre worn'],
    ['has an empty code', 'data.bayCode', ''],
    ['has a digest of another form', 'data.photos.0.sha256', 'ABCDEF'],
    ['has a party of an unknown kind', 'data.from.kind', 'carrier'],
    ['has a signature of an unknown role', 'data.signatures.0.role', 'dispatcher'],
    ['has a number below its least', 'data.odometerKm', -1],
    ['has more than all of the fuel', 'data.fuelPercent', 101],
    ['is about something else', 'subject', 'truck/浙G12345'],
    ['comes from another service', 'source', '/yizhan/scheduler'],
    ['names another schema', 'dataschema', 'https://yizhan.dev/schemas/yizhan.visit.queued.v1.json'],
    ['counts from zero', 'sequence', '0'],
    ['counts in numbers', 'position', 7],
    ['has a trace context of another form', 'traceparent', '1-2-3'],
  ];

  it('the example itself is not', () => expect(faultsOf(completed(), 'writer')).toEqual([]));

  it.each(rows)('%s', (_, path, value) => {
    const faults = faultsOf(having(completed(), path, value));
    const [named = ''] = value === undefined ? path.split('.').slice(-1) : [path.replaceAll('.', '/')];
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join()).toContain(named);
  });

  it('has a value that is none of those possible', () => {
    expect(faultsOf(having(queued(), 'data.queue', 'outer'))).toEqual([
      '/data/queue must be equal to one of the allowed values',
    ]);
  });
});
