import { durationText } from './durations.js';

it.each([
  [0, '0′00″'],
  [7.4, '0′07″'],
  [599.4, '9′59″'],
  [599.6, '0:10'],
  [3_599, '1:00'],
  [3_660, '1:01'],
  [90_000, '25:00'],
])('%d s reads %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
