import { readFileSync } from 'node:fs';
import { dataSchema, type EventName, eventType } from '@yizhan/contracts';
import { knownTypes } from '../../apps/yizhan/src/verify/known-types.js';
import { consumedTypes } from './consumed-types.js';
import { type DescribedField, type DescribedType, TypesOf } from './described-types.js';
import { eventMeanings } from './event-meanings.js';
import type { EventSchemas } from './event-schemas.js';
import { jsonText } from './json-text.js';

const folder = 'libs/contracts';

/** What is about trucks names their carrier in the envelope, and so reaches it; the rest is the network’s own. */
const nounsOfCarriers = new Set([
  'visit',
  'handoff',
  'cargo',
  'assignment',
  'exception',
  'custody',
  'truck',
  'run',
  'record',
  'consent',
]);

export const nounOf = (name: string): string => name.slice(0, name.indexOf('.'));

/** What they name is the business of the station alone. */
const ofStationsAlone = new Set([
  'handoff.override_requested',
  'handoff.override_approved',
  'handoff.override_refused',
]);

/** Whether carriers get events of the type, those of their own trucks. */
export const reachesCarriers = (name: string): boolean =>
  nounsOfCarriers.has(nounOf(name)) && !ofStationsAlone.has(name);

/** What values are counted in, by the end of a field’s name or by its type. */
const units: readonly (readonly [pattern: RegExp, unit: string])[] = [
  [/(^tonnes$|Tonnes$)/, 't'],
  [/Km$/, 'km'],
  [/Percent$/, '%'],
  [/Seconds(24h)?$/, 's'],
  [/Minutes$/, 'min'],
  [/^(lat|long)itude$/, '°'],
];

interface CatalogueField {
  readonly name: string;
  readonly optional?: true;
  readonly type: string;
  readonly isList?: true;
  readonly texts?: readonly string[];
  readonly unit?: string;
  readonly meaning?: string;
}

/** docs/event-catalogue.json: every type with its meaning, who gets it, its fields and an example; pages are drawn from it. */
export function renderEventCatalogue(schemas: EventSchemas): string {
  const contracts = new TypesOf(`${folder}/src/event-data.ts`);
  const data = contracts.membersOf('EventData');
  const values = new TypesOf(`${folder}/src/values.ts`).exported();
  const scalars = new TypesOf(`${folder}/src/scalars.ts`).exported();
  return jsonText({
    events: schemas.events.map(({ name }) => eventOf(name, data.get(name) ?? [])),
    values: Object.fromEntries([...values, ...scalars].map((value) => [value.name, valueOf(value)])),
  });
}

function eventOf(name: EventName, fields: readonly DescribedField[]): object {
  const type = eventType(name);
  const subjects = knownTypes.get(name)?.prefixes ?? [];
  return {
    name,
    type,
    // Only what no optional field can say makes another one.
    versions: [1],
    meaning: eventMeanings[name],
    subjects: subjects.map((prefix) => `${prefix}/…`),
    reachesCarriers: reachesCarriers(name),
    consumers: Object.entries(consumedTypes).flatMap(([group, types]) => (types.includes(type) ? [group] : [])),
    dataschema: dataSchema(name),
    fields: fields.map(fieldOf),
    example: exampleOf(type),
  };
}

function exampleOf(type: string): unknown {
  return JSON.parse(readFileSync(`${folder}/examples/${type}.json`, 'utf8'));
}

function valueOf({ comment, fields, texts }: DescribedType): object {
  return {
    ...(comment !== '' && { meaning: comment }),
    ...(fields.length > 0 && { fields: fields.map(fieldOf) }),
    ...(texts.length > 0 && { texts }),
  };
}

function fieldOf({ name, optional, type, texts, comment }: DescribedField): CatalogueField {
  const item = type.replace(/^readonly (.+)\[\]$/, '$1');
  const unit = units.find(([pattern]) => pattern.test(name))?.[1];
  return {
    name,
    ...(optional && { optional }),
    type: item,
    ...(item !== type && { isList: true }),
    ...(texts.length > 0 && { texts }),
    ...(unit !== undefined && { unit }),
    ...(comment !== '' && { meaning: comment }),
  };
}
