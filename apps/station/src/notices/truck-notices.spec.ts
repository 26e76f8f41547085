import type { EventName, YizhanEvent } from '@yizhan/contracts';
import { exampleEvents } from '../../../../test/support/example-events.js';
import { tellingOf, type TruckFacts, truckNotices } from './truck-notices.js';

const facts: TruckFacts = {
  areaCode: 'jinhua',
  stationCode: 'JD',
  stationName: '金东站',
  plate: '浙G12345',
  atTheWheel: ['driver:O1'],
  takesOver: ['driver:O2'],
  carrier: ['carrier:C1'],
  dueBackAt: null,
};
const now = Date.parse('2026-03-02T00:00:00.000Z');

function happened(name: EventName, data: object = {}, at = now): YizhanEvent {
  const example = exampleEvents.get(`yizhan.${name}.v1.json`) as YizhanEvent;
  return { ...example, time: new Date(at).toISOString(), data: { ...example.data, ...data } };
}

function told(event: YizhanEvent): string[] {
  const telling = tellingOf(event);
  return telling
    ? truckNotices(telling, facts, now, 'zh').map(({ template, recipient }) => `${template} ${recipient}`)
    : [];
}

it.each<[string, YizhanEvent, string[]]>([
  ['a call', happened('visit.called'), ['called_to_bay driver:O1']],
  ['a call that is withdrawn', happened('visit.call_ended', { reason: 'withdrawn' }), ['call_withdrawn driver:O1']],
  ['a call that nobody answered', happened('visit.call_ended', { reason: 'no_show' }), []],
  ['a truck on its way back', happened('run.left'), ['truck_returning driver:O2', 'truck_returning carrier:C1']],
  [
    'a truck without a driver',
    happened('exception.opened', { code: 'no_driver', visitId: 'v1' }),
    ['no_driver_yet driver:O1', 'no_driver_yet carrier:C1'],
  ],
  ['another exception', happened('exception.opened', { code: 'check_failed', visitId: 'v1' }), []],
  ['a call that was logged without a network and is over', happened('visit.called', {}, now - 600_000), []],
  ['a truck that is to come elsewhere', happened('visit.moved'), ['arrival_moved carrier:C1']],
  ['an arrival', happened('visit.arrived'), []],
])('who is told of %s', (_what, event, expected) => {
  expect(told(event)).toEqual(expected);
});

it('what ends a telling ends it for everybody who was not reached yet', () => {
  const called = tellingOf(happened('visit.called'));
  const ended = tellingOf(happened('visit.call_ended', { reason: 'no_show', visitId: called?.subject.id }));
  expect([ended?.about, ended?.overtakes]).toEqual([called?.about, true]);
  const opened = tellingOf(happened('exception.opened', { code: 'no_driver', visitId: 'v1', exceptionId: 'e1' }));
  const resolved = tellingOf(happened('exception.resolved', { code: 'no_driver', exceptionId: 'e1' }));
  expect([resolved?.about, resolved?.overtakes]).toEqual([opened?.about, true]);
});
