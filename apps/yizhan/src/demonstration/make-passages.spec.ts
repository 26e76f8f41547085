import { hour } from '../replay/passages/local-time.js';
import { Chance } from '../replay/people/chance.js';
import { yiwu } from '../scenario/yiwu.js';
import { makePassages } from './make-passages.js';

const from = Date.UTC(2026, 2, 2);

it('makes so many in order of time, of gates and vehicles that the scenario knows, and the same ones again', () => {
  const passages = makePassages(new Chance('1'), from, 6);
  expect(passages).toHaveLength(6 * 36);
  expect(passages).toEqual(makePassages(new Chance('1'), from, 6));
  const times = passages.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(times[0]).toBeGreaterThan(from);
  expect(times.at(-1)).toBeLessThan(from + 7 * hour);
  const gates = new Set(yiwu.gates.map(({ tollgate }) => tollgate));
  const models = new Set(yiwu.vehicles.map(({ model }) => model));
  expect(passages.every(({ tollgate, vehicleModel }) => gates.has(tollgate) && models.has(vehicleModel))).toBe(true);
});
