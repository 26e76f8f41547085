import { mostKm, mostPercent, readingIn } from './reading.js';

it.each([
  ['183204', { value: 183_204 }],
  [' 183,204 ', { value: 183_204 }],
  ['1 183 204', { value: 1_183_204 }],
  ['１８３２０４', { value: 183_204 }],
  ['183204.5', { value: 183_204.5 }],
  ['0', { value: 0 }],
  ['9999999', { value: 9_999_999 }],
  ['', {}],
  ['  ', {}],
  ['10000000', { fault: 'out_of_range' }],
  ['-5', { fault: 'out_of_range' }],
  ['18O204', { fault: 'not_a_number' }],
  ['18,32', { fault: 'not_a_number' }],
  ['1e5', { fault: 'not_a_number' }],
])('an odometer of %j reads as %j', (typed, reading) => expect(readingIn(typed, mostKm)).toEqual(reading));

it('a tank is never fuller than full', () => {
  expect(readingIn('100', mostPercent)).toEqual({ value: 100 });
  expect(readingIn('101', mostPercent)).toEqual({ fault: 'out_of_range' });
});
