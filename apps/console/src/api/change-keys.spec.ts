import { ChangeKeys } from './change-keys.js';

it.each([[undefined], [null], [{ reason: 'late' }], ['acknowledge']])('asks %j again with the same key', (input) => {
  const keys = new ChangeKeys<unknown>();
  const first = keys.keyFor(input);
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys.keyFor(input)).toBe(first);
  keys.answered();
  expect(keys.keyFor(input)).not.toBe(first);
});

it('asks for something else with another key', () => {
  const keys = new ChangeKeys<unknown>();
  const all = [undefined, { a: 1 }, { a: 2 }, undefined].map((input) => keys.keyFor(input));
  expect(new Set(all).size).toBe(4);
});
