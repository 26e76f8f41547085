import { isPlate, isWrongPlate, nextKeys, plateText, provinces, tidyPlate, usualColour } from './plate.js';

it('offers provinces, then letters, then letters and digits, then nothing', () => {
  expect(nextKeys('')).toBe(provinces);
  expect(provinces).toHaveLength(31);
  expect(nextKeys('浙')).toHaveLength(24);
  expect(nextKeys('浙A')).toHaveLength(34);
  expect(nextKeys('浙AD12345')).toEqual([]);
});

it.each([
  ['浙G12345', true],
  ['浙AD12345', true],
  ['浙G1234', false],
  ['浙I12345', false],
  ['G12345', false],
])('%s is a plate: %s', (plate, is) => expect(isPlate(plate)).toBe(is));

it.each([
  ['浙G123', false],
  ['浙G12345', false],
  ['浙AD12345', false],
  ['浙I12345', true],
  ['HELLOWOR', true],
])('%s is as long as a plate and none: %s', (plate, is) => expect(isWrongPlate(plate)).toBe(is));

it('keeps what was typed as one word, and shows it with a dot', () => {
  expect(tidyPlate(' 浙g·123 45')).toBe('浙G12345');
  expect(plateText('浙G12345')).toBe('浙G·12345');
  expect(plateText('test-1')).toBe('test-1');
});

it('takes a long plate for that of a new-energy truck', () => {
  expect([usualColour('浙G12345'), usualColour('浙AD12345')]).toEqual(['yellow', 'yellow_green']);
});
