import { detailsOf, eventKeyOf } from './event-words.js';

it.each([
  ['yizhan.visit.arrived.v1', 'visit_arrived'],
  ['yizhan.handoff.assignment_ended.v2', 'handoff_assignment_ended'],
  ['something else', 'something else'],
])('%s is found by %s', (type, key) => expect(eventKeyOf(type)).toBe(key));

it('says who, where and why, as far as an event has them', () => {
  expect(detailsOf({ driverId: 'relay-1', bayCode: 'B01', version: 3, reason: 'torn' })).toBe('relay-1 · B01 · torn');
  expect(detailsOf({})).toBe('');
});
