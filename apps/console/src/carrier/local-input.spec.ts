import { localInput } from './local-input.js';

it('is read back as the same minute', () => {
  const instant = Date.parse('2026-03-02T01:04:59.999Z');
  expect(localInput(instant)).toMatch(/^2026-03-0[12]T\d\d:\d\d$/);
  expect(new Date(localInput(instant)).getTime()).toBe(instant - 59_999);
});
