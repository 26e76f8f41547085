import { ofCounty } from './of-county.js';

it('shows a county its own, and what belongs to the whole area', () => {
  const rows = ['jindong', 'pujiang', ''].map((stationCode) => ({ stationCode }));
  expect(ofCounty(rows, new Set(['jindong'])).map(({ stationCode }) => stationCode)).toEqual(['jindong', '']);
  expect(ofCounty(rows, undefined)).toEqual(rows);
});
