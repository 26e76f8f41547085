import { isEasyPin } from './easy-pin.js';

it.each([
  '111111',
  '121212',
  '112211',
  '123456',
  '890123',
  '987654',
  '210987',
  '123123',
  '482482',
  '48264826',
  '00000007',
])('%s is tried first', (pin) => {
  expect(isEasyPin(pin)).toBe(true);
});

it.each(['482913', '407193', '123457', '135790', '739204', '123124', '4829134'])('%s is not', (pin) => {
  expect(isEasyPin(pin)).toBe(false);
});

it('leaves nearly all of a million', () => {
  const easy = Array.from({ length: 1_000_000 }, (_, index) => String(index).padStart(6, '0')).filter(isEasyPin);
  expect(easy.length).toBeLessThan(5_000);
});
