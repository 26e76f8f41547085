import { percentText } from './percent-text.js';

it('has one place where it needs one, and a dash for what nobody knows', () => {
  expect([70, 66.666, 0, 99.96, undefined].map(percentText)).toEqual(['70%', '66.7%', '0%', '100%', '–']);
});
