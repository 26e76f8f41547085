import { lastRetractable, type LoggedEvent, nameOf, takenBack, writtenBy } from './retractable.js';

const event = (position: number, name: string, data: LoggedEvent['data'] = {}): LoggedEvent => ({
  id: `event-${position}`,
  type: `yizhan.${name}.v1`,
  subject: 'visit/1',
  time: '2026-03-02T00:00:00.000Z',
  position: String(position),
  data,
});

it('reads the name of an event', () => {
  expect(nameOf('yizhan.driver.shift_started.v2')).toBe('driver.shift_started');
});

it('offers the last event alone, where it is of a kind that can be taken back', () => {
  const arrived = [event(1, 'visit.announced'), event(2, 'visit.arrived')];
  expect(lastRetractable(arrived)?.id).toBe('event-2');
  expect(lastRetractable([...arrived, event(3, 'handoff.requested')])).toBeUndefined();
});

it('offers the one before, once the last was taken back', () => {
  const history = [
    event(1, 'visit.announced'),
    event(2, 'visit.queued'),
    event(3, 'record.retracted', { retractedEventId: 'event-2' }),
  ];
  expect([...takenBack(history)]).toEqual(['event-2']);
  expect(lastRetractable(history)?.id).toBe('event-1');
});

it('knows what a step has just written, and not what something else wrote, or what others build on', () => {
  const called = [event(1, 'visit.announced'), event(2, 'visit.called')];
  expect(writtenBy('call', called)?.id).toBe('event-2');
  expect(writtenBy('queue', called)).toBeUndefined();
  expect(writtenBy('call', [...called, event(3, 'visit.arrived')])).toBeUndefined();
  expect(writtenBy('complete', called)).toBeUndefined();
});
