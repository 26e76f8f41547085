import { isBesideBoard, stationIn } from './station-in.js';

it.each([
  ['/station/jindong', 'jindong'],
  ['/station/jindong/visits/1', 'jindong'],
  ['/station/%E9%87%91%E4%B8%9C', '金东'],
  ['/unsent', undefined],
  ['/', undefined],
])('%s is at %s', (pathname, stationCode) => {
  expect(stationIn(pathname)).toBe(stationCode);
});

it.each([
  ['/truck/1', true],
  ['/unsent', true],
  ['/station/jindong/exceptions', true],
  ['/station/jindong', false],
  ['/station/jindong/', false],
  ['/centre/yiwu', false],
  ['/carrier', false],
  ['/', false],
])('%s is a page beside the board: %s', (pathname, is) => {
  expect(isBesideBoard(pathname)).toBe(is);
});
