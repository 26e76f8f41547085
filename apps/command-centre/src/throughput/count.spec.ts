import { eventType, type YizhanEvent } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { exampleEvents } from '../../../../test/support/example-events.js';
import { countedTypes, countOf } from './count.js';

const examplesOfCounted = [...exampleEvents].filter(([, { type }]) => countedTypes.includes(type));

const line = (event: YizhanEvent): string => {
  const { hour, areaCode, stationCode, figure, split } = countOf(event);
  return [toIso(hour), areaCode, stationCode, figure, split].join('|');
};

it('counts each event of the contract as this, and no other', () => {
  const counted = Object.fromEntries(
    examplesOfCounted.map(([file, event]) => [file.replace(/^yizhan\.|\.json$/g, ''), line(event)]),
  );
  expect(counted).toEqual({
    'assignment.proposed.v1': '2026-03-02T01:00:00.000Z|yiwu||proposed|',
    'assignment.proposed.v1.moved': '2026-03-02T01:00:00.000Z|yiwu||proposed|',
    'assignment.refused.v1': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|refused|',
    'assignment.withheld.v1': '2026-03-02T01:00:00.000Z|yiwu||withheld|',
    'cargo.held.v1': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|cargo_held|',
    'cargo.held.v1.by-hand': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|cargo_held|',
    'cargo.released.v1': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|cargo_released|',
    'exception.escalated.v1': '2026-03-02T01:00:00.000Z|yiwu||exceptions_escalated|check_failed',
    'exception.escalated.v1.to-shift-lead': '2026-03-02T01:00:00.000Z|yiwu|jindong|exceptions_escalated|check_failed',
    'exception.opened.v1': '2026-03-02T01:00:00.000Z|yiwu||exceptions_opened|check_failed',
    'exception.opened.v1.due': '2026-03-02T01:00:00.000Z|yiwu||exceptions_opened|check_failed',
    'exception.opened.v1.of-driver': '2026-03-03T01:00:00.000Z|yiwu|jindong|exceptions_opened|driver_recalled',
    'exception.opened.v1.run': '2026-03-02T05:00:00.000Z|yiwu||exceptions_opened|run_overdue',
    'exception.resolved.v1': '2026-03-02T01:00:00.000Z|yiwu||exceptions_resolved|check_failed',
    'exception.resolved.v1.after-escalation': '2026-03-02T01:00:00.000Z|yiwu||exceptions_resolved|check_failed',
    'exception.resolved.v1.by-person': '2026-03-02T02:00:00.000Z|yiwu|pujiang|exceptions_resolved|check_failed',
    'handoff.aborted.v1': '2026-03-02T06:00:00.000Z|yiwu|pujiang|handoffs_aborted|',
    'handoff.assigned.v1': '2026-03-02T03:00:00.000Z|yiwu|jindong|handoffs_assigned|scheduler',
    'handoff.assigned.v1.late': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|handoffs_assigned|operator',
    'handoff.assignment_ended.v1': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|assignments_ended|no_show',
    'handoff.assignment_ended.v1.declined': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|assignments_ended|declined',
    'handoff.assignment_ended.v1.moved': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|assignments_ended|withdrawn',
    'handoff.completed.v1': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|handoffs_completed|',
    'handoff.completed.v1.with-reservations': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|handoffs_completed|',
    'handoff.completed.v1.without-the-recorded-seal': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|handoffs_completed|',
    'handoff.requested.v1': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|handoffs_requested|',
    'record.retracted.v1': '2026-03-02T02:00:00.000Z|yiwu||retracted|did_not_occur',
    'record.retracted.v1.by-whom': '2026-03-02T02:00:00.000Z|yiwu||retracted|did_not_occur',
    'record.retracted.v1.incorrect-data': '2026-03-02T02:00:00.000Z|yiwu||retracted|incorrect_data',
    'run.closed.v1': '2026-03-02T02:00:00.000Z|yiwu||runs_closed|returned',
    'run.closed.v1.zone-lifted': '2026-03-03T01:00:00.000Z|yiwu||runs_closed|zone_lifted',
    'run.opened.v1': '2026-03-02T01:00:00.000Z|yiwu||runs_opened|in_first',
    'run.opened.v1.out-first': '2026-03-03T01:00:00.000Z|yiwu||runs_opened|out_first',
    'run.overdue.v1': '2026-03-02T05:00:00.000Z|yiwu||runs_overdue|',
    'visit.announced.v1': '2026-03-03T01:00:00.000Z|yiwu|pujiang|announced|into_zone',
    'visit.arrived.v1': '2026-03-02T02:00:00.000Z|yiwu|jindong|arrived|out_of_zone',
    'visit.arrived.v1.announced': '2026-03-03T01:00:00.000Z|yiwu|pujiang|arrived|into_zone',
    'visit.arrived.v1.outside-hours': '2026-03-02T02:00:00.000Z|yiwu|jindong|arrived|out_of_zone',
    'visit.cancelled.v1': '2026-03-03T01:00:00.000Z|yiwu|pujiang|cancelled|',
    'visit.departed.v1': '2026-03-02T01:00:00.000Z|yiwu|yiwu-port|departed|swapped',
    'visit.departed.v1.turned-away': '2026-03-02T01:00:00.000Z|yiwu|jindong|departed|turned_away',
  });
});

it('has an example of every event that it counts', () => {
  const types = new Set(examplesOfCounted.map(([, { type }]) => type));
  expect([...types].toSorted()).toEqual([...countedTypes].toSorted());
});

const arrived = exampleEvents.get('yizhan.visit.arrived.v1.json')!;

it.each([
  ['2026-03-02T05:59:59.999Z', '2026-03-02T05:00:00.000Z'],
  ['2026-03-02T06:00:00.000Z', '2026-03-02T06:00:00.000Z'],
  ['2026-03-02T06:00:00.001Z', '2026-03-02T06:00:00.000Z'],
  ['1969-12-31T23:10:00.000Z', '1969-12-31T23:00:00.000Z'],
])('what happened at %s is of the hour from %s', (time, hour) => {
  expect(toIso(countOf({ ...arrived, time }).hour)).toBe(hour);
});

it('goes by when it happened, not by when it was recorded', () => {
  const late = { ...arrived, time: '2026-03-01T23:30:00.000Z', recordedtime: '2026-03-02T09:00:00.000Z' };
  expect(toIso(countOf(late).hour)).toBe('2026-03-01T23:00:00.000Z');
});

it('counts nothing that no figure names, and nothing without an instant', () => {
  expect(() => countOf({ ...arrived, type: eventType('visit.called') })).toThrow('no figure counts');
  expect(() => countOf({ ...arrived, time: 'yesterday' })).toThrow('no instant');
});
