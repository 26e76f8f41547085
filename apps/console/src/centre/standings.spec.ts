import { type BoardFacts, flowByHour, stationRows, summaryOf } from './standings.js';

const asOf = '2026-03-02T04:30:00.000Z';
const since = (minutes: number): string => new Date(Date.parse(asOf) - minutes * 60_000).toISOString();
const now = (kind: string, state: string, stationCode: string, count: number, oldest = 10) => ({
  kind,
  state,
  stationCode,
  count,
  oldestSince: since(oldest),
  overdue: kind === 'run' ? 1 : 0,
});
const hour = (at: string, stationCode: string, flow: string, arrivals: number, departures: number) => ({
  hour: at,
  stationCode,
  flow,
  arrivals,
  departures,
});

const board: BoardFacts = {
  asOf,
  now: [
    now('station', 'suspended', 'jindong', 1),
    now('visit', 'queued_outside', 'jindong', 3, 44),
    now('visit', 'waiting_for_driver', 'jindong', 2, 71),
    now('visit', 'swapping', 'jindong', 1),
    now('visit', 'announced', 'jindong', 5, 300),
    now('visit', 'released', 'pujiang', 1, 200),
    now('driver', 'idle', 'jindong', 2),
    now('driver', 'driving', 'jindong', 3),
    now('run', 'out', '', 4, 20),
    now('run', 'overdue', '', 1, 20),
    now('exception', 'open', 'jindong', 2),
  ],
  hours: [
    hour('2026-03-02T03:00:00.000Z', 'jindong', 'into_zone', 4, 1),
    hour('2026-03-02T03:00:00.000Z', 'pujiang', 'out_of_zone', 2, 2),
    hour('2026-03-02T04:00:00.000Z', 'jindong', 'into_zone', 1, 0),
  ],
};
const named = (stationCode: string) => ({ stationCode, name: stationCode, countyCode: '330703', state: 'open' });

it('shows each station as it stands, also one where nothing is', () => {
  const alerts = [
    { stationCode: 'jindong', level: 'warn' },
    { stationCode: 'jindong', level: 'critical' },
    { stationCode: '', level: 'critical' },
  ];
  const [jindong, pujiang, other] = stationRows(['jindong', 'pujiang', 'other'].map(named), board, alerts);
  expect(jindong).toEqual({
    stationCode: 'jindong',
    name: 'jindong',
    countyCode: '330703',
    status: 'suspended',
    isCutOff: false,
    queuedOutside: 3,
    onSite: 3,
    waitingForDriver: 2,
    swapping: 1,
    longestWaitMinutes: 71,
    driversOnDuty: 5,
    driversIdle: 2,
    arrivals: 5,
    departures: 1,
    alert: 'critical',
    alertRank: 2,
  });
  // Who may leave does not wait.
  expect(pujiang).toMatchObject({ status: 'open', onSite: 1, longestWaitMinutes: 0, departures: 2, alert: '' });
  expect(other).toMatchObject({ onSite: 0, arrivals: 0 });
});

it('sums everything up, runs that are at no station too', () => {
  expect(summaryOf(board)).toEqual({
    arrivalsIn: 5,
    arrivalsOut: 2,
    departures: 3,
    queuedOutside: 3,
    onSite: 4,
    waitingForDriver: 2,
    driversOnDuty: 5,
    driversIdle: 2,
    runsOut: 5,
    runsOverdue: 2,
    exceptions: 2,
  });
});

it('shows hours without a truck as such', () => {
  expect(flowByHour(board, '2026-03-02T02:00:00.000Z', '2026-03-02T05:00:00.000Z')).toEqual([
    { hour: '2026-03-02T02:00:00.000Z', into: 0, outOf: 0, departures: 0 },
    { hour: '2026-03-02T03:00:00.000Z', into: 4, outOf: 2, departures: 3 },
    { hour: '2026-03-02T04:00:00.000Z', into: 1, outOf: 0, departures: 0 },
  ]);
});

it('marks a station of which nothing is heard', () => {
  const [dark] = stationRows([{ ...named('pujiang'), cutOffAt: since(7) }], board, []);
  expect(dark?.isCutOff).toBe(true);
});
