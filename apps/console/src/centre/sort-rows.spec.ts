import { orderAfter, sortRows } from './sort-rows.js';

const rows = [
  { name: 'b', count: 2 },
  { name: 'a', count: 10 },
  { name: 'c', count: 2 },
];

it('sorts numbers by their size and texts by their letters', () => {
  expect(sortRows(rows, { by: 'count', isDown: true }).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(sortRows(rows, { by: 'count', isDown: false }).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  expect(sortRows(rows, { by: 'name', isDown: false }).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

it('turns round when the same column is chosen again', () => {
  const first = orderAfter<(typeof rows)[number]>({ by: 'name', isDown: false }, 'count', false);
  expect(first).toEqual({ by: 'count', isDown: true });
  expect(orderAfter(first, 'count', false)).toEqual({ by: 'count', isDown: false });
  expect(orderAfter(first, 'name', true)).toEqual({ by: 'name', isDown: false });
});
