import { type EventData, type EventName, eventType, type YizhanEvent } from '@yizhan/contracts';
import { distributionOf } from './figures.js';
import { printReport } from './print-report.js';
import { ReportFold } from './report.js';
import type { ReplayFacts, ReplayReport } from './replay-report.js';

const facts: ReplayFacts = {
  scenario: { id: 'yiwu', title: 'Yiwu' },
  madeUp: 'All but the passages is made up.',
  seed: '1',
  day: '2016-10-19',
  file: { name: 'passages.csv', sha256: 'ab', rowsInFile: 9, cargoExits: 5, duplicatesDropped: 1, used: 4 },
  visitIds: ['v1', 'v2', 'v3', 'v4'],
};

type Told = readonly [at: string, name: EventName, data: Record<string, unknown>];

const truck = (plate: string) => ({ plate, plateColour: 'blue', licenceRequired: 'C1' });
const driver = (id: string) => ({ kind: 'driver', id });

/** One truck goes in and comes back, one is turned away, one waits for want of a driver, one never came. */
const story: readonly Told[] = [
  ['07:00:00', 'driver.enrolled', { driverId: 'R1', insideZoneId: 'z', licences: ['C1'] }],
  ['07:00:00', 'driver.enrolled', { driverId: 'R2', insideZoneId: 'z', licences: ['C1'] }],
  ['07:00:00', 'driver.enrolled', { driverId: 'O1', insideZoneId: null, licences: ['C1'] }],
  ['08:00:00', 'driver.shift_started', { driverId: 'R1', stationCode: 'JD', endsAt: '' }],
  ['09:00:00', 'visit.arrived', { visitId: 'v1', stationCode: 'JD', flow: 'into_zone', truck: truck('A1') }],
  ['09:05:00', 'visit.checked', { visitId: 'v1', passed: true, checks: [{ check: 'seal', passed: true }] }],
  ['09:05:00', 'handoff.requested', { visitId: 'v1', handoffId: 'h1' }],
  ['09:05:00', 'assignment.proposed', { visitId: 'v1', handoffId: 'h1', driverId: 'R1' }],
  ['09:05:00', 'handoff.assigned', { visitId: 'v1', handoffId: 'h1', driverId: 'R1' }],
  ['09:06:00', 'handoff.accepted', { visitId: 'v1', handoffId: 'h1', driverId: 'R1' }],
  ['09:10:00', 'handoff.started', { visitId: 'v1', handoffId: 'h1', driverId: 'R1' }],
  ['09:12:00', 'visit.arrived', { visitId: 'v2', stationCode: 'JD', flow: 'into_zone', truck: truck('A2') }],
  ['09:15:00', 'visit.checked', { visitId: 'v2', passed: false, checks: [{ check: 'pass', passed: false }] }],
  ['09:15:00', 'exception.opened', { code: 'check_failed', exceptionId: 'e1', owner: 'JD' }],
  [
    '09:18:00',
    'handoff.completed',
    { visitId: 'v1', handoffId: 'h1', from: driver('O1'), toDriverId: 'R1', custodyAt: '2016-10-19T09:18:00.000Z' },
  ],
  ['09:18:00', 'cargo.released', { visitId: 'v1', handoffId: 'h1' }],
  ['09:20:00', 'visit.departed', { visitId: 'v1', outcome: 'swapped' }],
  ['09:20:00', 'run.opened', { runId: 'r1', plate: 'A1', intoZoneVisitId: 'v1' }],
  ['09:32:00', 'visit.departed', { visitId: 'v2', outcome: 'turned_away' }],
  ['09:32:00', 'exception.resolved', { code: 'check_failed', exceptionId: 'e1', owner: 'JD' }],
  ['10:00:00', 'visit.arrived', { visitId: 'v3', stationCode: 'PJ', flow: 'into_zone', truck: truck('A3') }],
  ['10:05:00', 'visit.checked', { visitId: 'v3', passed: true, checks: [] }],
  ['10:05:00', 'handoff.requested', { visitId: 'v3', handoffId: 'h3' }],
  ['10:05:00', 'assignment.withheld', { visitId: 'v3', handoffId: 'h3', blockers: [{ rule: 'busy', drivers: 1 }] }],
  [
    '11:00:00',
    'visit.arrived',
    { visitId: 'w1', stationCode: 'PJ', flow: 'out_of_zone', truck: truck('A1'), runId: 'r1' },
  ],
  ['11:00:00', 'run.closed', { runId: 'r1', how: 'returned', outOfZoneVisitId: 'w1' }],
  ['11:05:00', 'visit.checked', { visitId: 'w1', passed: true, checks: [] }],
  ['11:05:00', 'handoff.requested', { visitId: 'w1', handoffId: 'h4' }],
  ['11:05:00', 'handoff.assigned', { visitId: 'w1', handoffId: 'h4', driverId: 'O1' }],
  ['11:06:00', 'handoff.assignment_ended', { visitId: 'w1', handoffId: 'h4', driverId: 'O1', reason: 'expired' }],
  ['11:06:00', 'handoff.assigned', { visitId: 'w1', handoffId: 'h4', driverId: 'O1' }],
  ['11:07:00', 'handoff.accepted', { visitId: 'w1', handoffId: 'h4', driverId: 'O1' }],
  ['11:15:00', 'handoff.started', { visitId: 'w1', handoffId: 'h4', driverId: 'O1' }],
  [
    '11:21:00',
    'handoff.completed',
    { visitId: 'w1', handoffId: 'h4', from: driver('R1'), toDriverId: 'O1', custodyAt: '2016-10-19T11:21:00.000Z' },
  ],
  ['11:21:00', 'cargo.released', { visitId: 'w1', handoffId: 'h4' }],
  ['11:30:00', 'visit.departed', { visitId: 'w1', outcome: 'swapped' }],
  ['12:00:00', 'driver.shift_ended', { driverId: 'R1', stationCode: 'JD' }],
  ['12:05:00', 'assignment.withheld', { visitId: 'v3', handoffId: 'h3', blockers: [{ rule: 'shift', drivers: 2 }] }],
];

function eventOf([at, name, data]: Told): YizhanEvent {
  const event = {
    type: eventType(name),
    subject: 's',
    time: `2016-10-19T${at}.000Z`,
    data: data as unknown as EventData[EventName],
  };
  return event as YizhanEvent;
}

function reportOf(told: readonly Told[]): ReplayReport {
  const fold = new ReportFold();
  for (const each of told) fold.see(eventOf(each));
  return fold.report(facts);
}

const one = (seconds: number) => ({ count: 1, p50: seconds, p90: seconds, p95: seconds, max: seconds });
const none = { count: 0, p50: null, p90: null, p95: null, max: null };
const report = reportOf(story);

test('every row used is departed, open with a reason or cancelled with a reason', () => {
  expect(report.arrivals).toEqual({
    rows: 4,
    departed: 2,
    open: [
      { visitId: 'v3', plate: 'A3', stationCode: 'PJ', reason: { code: 'waits_for_driver', details: ['shift: 2'] } },
    ],
    cancelled: [{ visitId: 'v4', reason: 'never_registered' }],
    isEveryRowAccountedFor: true,
  });
  expect(report.returns).toEqual({ wentIn: 1, cameOut: 1, atStation: [], inZone: [] });
});

test('visits are counted by the way they go', () => {
  expect(report.visits.intoZone).toEqual({
    arrived: 3,
    swapped: 1,
    released: 1,
    departed: { swapped: 1, turned_away: 1 },
    cancelled: 0,
    waitingSeconds: one(600),
    swapSeconds: one(480),
    dwellSeconds: { count: 2, p50: 1_200, p90: 1_200, p95: 1_200, max: 1_200 },
  });
  expect(report.visits.outOfZone).toMatchObject({
    arrived: 1,
    waitingSeconds: one(900),
    swapSeconds: one(360),
    dwellSeconds: one(1_800),
  });
});

test('the turn is from gate-in on the way in to gate-out on the way back', () => {
  expect(report.turnSeconds).toEqual(one(9_000));
});

test('drivers are used from being assigned until the truck is handed over', () => {
  expect(report.drivers).toEqual({
    enrolled: 2,
    drove: 1,
    onShiftSeconds: 4 * 3_600,
    onTrucksSeconds: 136 * 60,
    share: 0.567,
    trucksEach: { count: 1, p50: 1, p90: 1, p95: 1, max: 1 },
    mostAtOnce: 1,
  });
});

test('assignments, handoffs without a driver, runs and exceptions', () => {
  expect(report.assignments).toEqual({ proposed: 1, assigned: 3, accepted: 2, ended: { expired: 1 }, refused: {} });
  expect(report.unassigned).toMatchObject({ handoffs: 1, byRule: { busy: 1, shift: 1 }, atEnd: [{ visitId: 'v3' }] });
  expect(report.runs).toEqual({ opened: 1, closed: { returned: 1 }, overdue: 0 });
  expect(report.exceptions).toEqual({ check_failed: { opened: 1, resolved: 1 } });
});

test.each<[string, Told[], string, string[]]>([
  ['before its check', [], 'waits_for_check', []],
  [
    'after a failed check',
    [['09:05:00', 'visit.checked', { visitId: 'v1', passed: false, checks: [{ check: 'pass', passed: false }] }]],
    'check_failed',
    ['pass'],
  ],
  [
    'held',
    [['09:05:00', 'cargo.held', { visitId: 'v1', reasons: ['paper_missing'] }]],
    'cargo_held',
    ['paper_missing'],
  ],
  ['requested', [['09:05:00', 'handoff.requested', { visitId: 'v1' }]], 'waits_for_driver', []],
  ['assigned', [['09:05:00', 'handoff.assigned', { visitId: 'v1' }]], 'waits_for_acceptance', []],
  ['accepted', [['09:05:00', 'handoff.accepted', { visitId: 'v1' }]], 'waits_for_start', []],
  ['started', [['09:05:00', 'handoff.started', { visitId: 'v1' }]], 'swap_under_way', []],
  [
    'completed',
    [['09:05:00', 'handoff.completed', { visitId: 'v1', from: driver('O1'), custodyAt: '2016-10-19T09:05:00.000Z' }]],
    'waits_for_release',
    [],
  ],
])('a visit that is open %s says so', (_, told, code, details) => {
  const arrived: Told = [
    '09:00:00',
    'visit.arrived',
    { visitId: 'v1', stationCode: 'JD', flow: 'into_zone', truck: truck('A1') },
  ];
  expect(reportOf([arrived, ...told]).arrivals.open[0]?.reason).toEqual({ code, details });
});

test('a percentile is a value that occurred', () => {
  expect(distributionOf([])).toEqual(none);
  expect(distributionOf([4, 1, 3, 2])).toEqual({ count: 4, p50: 2, p90: 4, p95: 4, max: 4 });
  expect(distributionOf(Array.from({ length: 100 }, (_, index) => index + 1))).toEqual({
    count: 100,
    p50: 50,
    p90: 90,
    p95: 95,
    max: 100,
  });
});

test('the table says what is made up, accounts for every row and names what is not finished', () => {
  const table = printReport(report);
  expect(table).toContain('All but the passages is made up.');
  expect(table).toContain('4 rows = 2 departed + 1 open + 1 cancelled: every row is accounted for');
  expect(table).toContain('A3 at PJ: waits_for_driver (shift: 2)');
  expect(table).toContain('visit v4: never_registered');
  expect(table).toMatch(/waiting, into the zone +│ 1 +│ 0:10:00/);
});
