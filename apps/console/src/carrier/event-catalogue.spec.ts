import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventCatalogue, eventsWith } from './event-catalogue.js';

const catalogue = JSON.parse(
  readFileSync(join(__dirname, '../../../../docs/event-catalogue.json'), 'utf8'),
) as EventCatalogue;
const namesWith = (part: string, isOfCarriers: boolean): string[] =>
  eventsWith(catalogue, part, isOfCarriers).map(({ name }) => name);

it('finds by type and by meaning, in both languages', () => {
  expect(namesWith('HANDOFF.COMP', true)).toEqual(['handoff.completed']);
  expect(namesWith('三方签字', true)).toEqual(['handoff.completed']);
  expect(namesWith('Three have signed', true)).toEqual(['handoff.completed']);
});

it('shows what reaches no carrier only where that is asked for', () => {
  expect(namesWith('driver.shift_started', true)).toEqual([]);
  expect(namesWith('driver.shift_started', false)).toEqual(['driver.shift_started']);
});

it('every event says what it means, has its fields, and an example of its type', () => {
  for (const { type, meaning, fields, example, versions } of catalogue.events) {
    expect([type, meaning.zh.length > 3, meaning.en.length > 5, versions]).toEqual([type, true, true, [1]]);
    expect(example).toMatchObject({ type });
    const required = fields.filter(({ optional }) => !optional).map(({ name }) => name);
    expect(Object.keys((example as { data: object }).data)).toEqual(expect.arrayContaining(required));
  }
});
