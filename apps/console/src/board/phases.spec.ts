import { type BoardedVisit, byPhase, clockText, minutesSince, phaseOf, urgencyOf, waitsSince } from './phases.js';

it.each([
  ['expected', { state: 'announced' }],
  ['outside_queue', { state: 'announced', queue: 'outside' }],
  ['checking', { state: 'arrived' }],
  ['checking', { state: 'arrived', handoffState: 'aborted' }],
  ['waiting_for_driver', { state: 'arrived', handoffState: 'requested' }],
  ['waiting_for_driver', { state: 'arrived', handoffState: 'assigned' }],
  ['waiting_for_driver', { state: 'arrived', handoffState: 'accepted' }],
  ['in_bay', { state: 'arrived', handoffState: 'started' }],
  ['released', { state: 'arrived', handoffState: 'completed' }],
  ['gone', { state: 'departed', handoffState: 'completed' }],
  ['gone', { state: 'cancelled' }],
])('the column %s has %j', (phase, visit) => expect(phaseOf(visit)).toBe(phase));

it('turns amber after an hour and red after two', () => {
  expect([59, 60, 119, 120].map(urgencyOf)).toEqual(['calm', 'warning', 'warning', 'critical']);
});

it('counts the waiting from the queue or the gate, and for nobody who has gone', () => {
  const times = { queuedAt: '2026-03-02T00:00:00Z', arrivedAt: '2026-03-02T01:00:00Z' };
  expect(waitsSince({ state: 'announced', ...times })).toBe(times.queuedAt);
  expect(waitsSince({ state: 'arrived', ...times })).toBe(times.arrivedAt);
  expect(waitsSince({ state: 'departed', ...times })).toBeUndefined();
});

it('shows waiting as a clock, and a clock that is behind as no waiting', () => {
  expect(clockText(minutesSince('2026-03-02T00:00:00Z', Date.parse('2026-03-02T01:05:59Z')))).toBe('1:05');
  expect(minutesSince('2026-03-02T00:00:10Z', Date.parse('2026-03-02T00:00:00Z'))).toBe(0);
});

it('puts who waits longest first, and who has gone last first', () => {
  const arrived = (arrivedAt: string): BoardedVisit => ({ state: 'arrived', arrivedAt });
  const gone = (departedAt: string): BoardedVisit => ({ state: 'departed', departedAt });
  const columns = byPhase([arrived('2'), arrived('1'), gone('3'), gone('4')]);
  expect(columns.checking.map(({ arrivedAt }) => arrivedAt)).toEqual(['1', '2']);
  expect(columns.gone.map(({ departedAt }) => departedAt)).toEqual(['4', '3']);
});
