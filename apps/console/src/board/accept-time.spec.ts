import { timeToAccept } from './accept-time.js';

const acceptBy = '2026-03-02T00:05:00.000Z';
const left = (seconds: number) => timeToAccept(acceptBy, Date.parse(acceptBy) - seconds * 1_000);

it.each([
  [300, '5:00', 'calm'],
  [60.5, '1:01', 'calm'],
  [60, '1:00', 'soon'],
  [0.2, '0:01', 'soon'],
  [0, '0:00', 'over'],
  [-90, '0:00', 'over'],
])('with %d seconds left it is %s, %s', (seconds, clock, urgency) => {
  expect(left(seconds)).toMatchObject({ clock, urgency });
});
