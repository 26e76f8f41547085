import { hiddenColumns } from './hidden-columns.js';

const columns = Array.from({ length: 7 }, (_, index) => ({ left: index * 218, width: 208 }));

it.each([
  ['none where all are seen', { left: 0, width: 1600 }, [], []],
  ['those to the right, on a screen of 1280', { left: 0, width: 1248 }, [], [6]],
  ['those on both sides, in the middle', { left: 300, width: 700 }, [0, 1], [4, 5, 6]],
  ['none where a column only begins to be cut', { left: 40, width: 1600 }, [], []],
])('are %s', (_, seen, left, right) => {
  expect(hiddenColumns(columns, seen)).toEqual({ left, right });
});
