import { keptClock, shownBy } from './service-clock.js';

const second = 1_000;

it('goes on at its own speed after a page was opened anew without a network', () => {
  const known = { at: 5_000_000, ours: 100_000, speed: 12 };
  const kept = keptClock(JSON.stringify(known), 110_000);
  expect(kept).toEqual(known);
  expect(shownBy(kept, 110_000)).toBe(5_000_000 + 120 * second);
  expect(shownBy(kept, 130_000)).toBe(5_000_000 + 360 * second);
});

it('is as far ahead as an older version has kept it', () => {
  expect(shownBy(keptClock('7000', 50_000), 51_000)).toBe(58_000);
});

it.each([null, 'no clock', '{"at":1}', 'null'])('is ours where %s was kept', (text) => {
  expect(shownBy(keptClock(text, 50_000), 51_000)).toBe(51_000);
});
