import { dateTimeText, fileTimeText, timeText } from './instant-text.js';

it.each(['zh-CN', 'en'])('a day begins at 00:00 in %s', (language) => {
  const midnight = new Date(2026, 2, 2, 0, 5, 7).toISOString();
  expect(timeText(midnight, language)).toBe('00:05');
  expect(dateTimeText(midnight, language)).toMatch(/03\/02\D+00:05:07$/);
  expect(timeText(new Date(2026, 2, 2, 23, 59).toISOString(), language)).toBe('23:59');
});

it('is where the device is in the name of a file, too', () => {
  expect(fileTimeText(new Date(2026, 2, 2, 0, 5, 7).toISOString())).toBe('2026-03-02T0005');
});
