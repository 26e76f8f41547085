import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededIds } from '@yizhan/kernel';
import { yiwu } from '../../scenario/yiwu.js';
import type { Passage } from '../passages/passage.js';
import { Chance } from './chance.js';
import { TripMaker } from './trip.js';

const passages: Passage[] = Array.from({ length: 3_000 }, (_, index) => ({
  key: `2016-10-19/${index}`,
  at: Date.UTC(2016, 9, 19) + index * 30_000,
  tollgate: index % 3 === 0 ? '3' : '1',
  vehicleModel: String(index % 8),
}));

const tripsOf = (some: readonly Passage[]) => new TripMaker(yiwu, new Chance('1'), new SeededIds('1')).makeAll(some);
const trips = tripsOf(passages);
const shareOf = (count: number, of = trips.length): number => count / of;

test('a trip hangs on its passage alone', () => {
  expect(tripsOf(passages.slice(1_000, 1_010))).toEqual(trips.slice(1_000, 1_010));
});

test('plates are those of trucks, each once', () => {
  const plates = trips.map(({ truck }) => truck.plate);
  expect(new Set(plates).size).toBe(plates.length);
  expect(plates.filter((plate) => !plateRule().test(plate))).toEqual([]);
});

/** The public rule for plates where it is at hand, else their form alone. */
function plateRule(): RegExp {
  const vectors = join(process.cwd(), '../shared/data/cn-identifiers/vectors.json');
  if (!existsSync(vectors)) {
    process.stderr.write(`${vectors} is not here: plates are checked by their form only\n`);
    return /^\p{Script=Han}[A-HJ-NP-Z][A-HJ-NP-Z0-9]{5}$/u;
  }
  const { plates } = JSON.parse(readFileSync(vectors, 'utf8')) as { plates: { regex_conventional_any_rule: string } };
  return new RegExp(plates.regex_conventional_any_rule, 'u');
}

test('the capacity class says licence, colour and trailer', () => {
  const large = trips.filter(({ passage }) => passage.vehicleModel === '5').map(({ truck }) => truck);
  expect(
    large.every(
      ({ licenceRequired, plateColour, trailerPlate }) =>
        licenceRequired === 'A2' && plateColour === 'yellow' && trailerPlate,
    ),
  ).toBeTruthy();
  expect(trips.find(({ passage }) => passage.vehicleModel === '1')?.truck).toMatchObject({
    licenceRequired: 'C1',
    plateColour: 'blue',
  });
});

test('every gate leads to its stations, one truck in five comes back through another', () => {
  expect(new Set(trips.filter(({ passage }) => passage.tollgate === '3').map((trip) => trip.stationCode))).toEqual(
    new Set(['pujiang']),
  );
  const gateOne = trips.filter(({ passage }) => passage.tollgate === '1');
  expect(shareOf(gateOne.filter(({ stationCode }) => stationCode === 'yiwu-port').length, gateOne.length)).toBeCloseTo(
    0.6,
    1,
  );
  expect(shareOf(trips.filter((trip) => trip.returnStationCode !== trip.stationCode).length)).toBeCloseTo(0.2, 1);
});

test('drivers wait, go away or take another truck as often as the scenario says', () => {
  const share = (plan: string): number => shareOf(trips.filter(({ wait }) => wait === plan).length);
  expect([share('station'), share('away'), share('other_truck')].map((each) => Math.round(each * 20) / 20)).toEqual([
    0.6, 0.3, 0.1,
  ]);
});
