import { areaPlaces, byNeed } from './area-places.js';

const area = (areaCode: string, facts: object = {}) => ({
  areaCode,
  onSite: 0,
  queuedOutside: 0,
  waitingForDriver: 0,
  stations: 1,
  stationsNotOpen: 0,
  alertsWarn: 0,
  alertsCritical: 0,
  ...facts,
});
const station = (areaCode: string, latitude: number, longitude: number) => ({
  areaCode,
  location: { latitude, longitude },
});

it('puts an area in the middle of its stations, with its gravest alert', () => {
  const stations = [station('a', 29, 120), station('a', 30, 121), station('b', 28, 119)];
  const areas = [area('a', { alertsWarn: 2, onSite: 3, queuedOutside: 4, waitingForDriver: 1 }), area('b'), area('c')];
  expect(areaPlaces(areas, stations)).toEqual([
    {
      areaCode: 'a',
      location: { latitude: 29.5, longitude: 120.5 },
      alert: 'warn',
      status: 'open',
      trucks: 7,
      waiting: 5,
    },
    { areaCode: 'b', location: { latitude: 28, longitude: 119 }, alert: '', status: 'open', trucks: 0, waiting: 0 },
  ]);
  const grave = area('b', { alertsCritical: 1, alertsWarn: 1, stationsNotOpen: 1 });
  expect(areaPlaces([grave], stations)).toMatchObject([{ alert: 'critical', status: 'suspended' }]);
});

it('puts those first that need somebody', () => {
  const areas = [
    area('calm'),
    area('busy', { waitingForDriver: 9 }),
    area('warned', { alertsWarn: 1 }),
    area('grave', { alertsCritical: 1 }),
    area('also-calm'),
  ];
  expect(byNeed(areas).map(({ areaCode }) => areaCode)).toEqual(['grave', 'warned', 'busy', 'also-calm', 'calm']);
});
