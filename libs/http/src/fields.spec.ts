import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { hashOf } from './change-request.js';
import { Instant, Lines, Password, Text, Uuid } from './fields.js';

class Written {
  @Text({ optional: true })
  readonly line?: string;

  @Lines({ optional: true })
  readonly lines?: string;

  @Text({ optional: true, maxLength: 3 })
  readonly short?: string;

  @Password({ optional: true })
  readonly password?: string;

  @Instant({ optional: true })
  readonly at?: string;
}

const isTaken = (fields: Partial<Written>): boolean =>
  validateSync(Object.assign(new Written(), fields), { forbidUnknownValues: true }).length === 0;

it.each(['驿站', 'a b', ' a', 'a\u00a0b'])('%j is a line of text', (line) => {
  expect(isTaken({ line })).toBe(true);
});

it.each(['', ' ', '\u0000', 'a\u0000b', 'a\nb', '\u0007 a', 'a\u009f', 'a\ud800', '\udc00'])(
  '%j is no line of text',
  (line) => {
    expect(isTaken({ line })).toBe(false);
  },
);

it.each(['a\nb', '\ta'])('%j is text of several lines', (lines) => {
  expect(isTaken({ lines })).toBe(true);
});

it.each(['', '\n', 'a\u0000b', 'a\rb', 'a\ud800'])('%j is no text of several lines', (lines) => {
  expect(isTaken({ lines })).toBe(false);
});

class Named {
  @Uuid({ optional: true })
  readonly id?: string;
}

it('a UUID is in lower case, however it was written', () => {
  const id = '01900000-0000-7000-8000-00000000000a';
  expect(plainToInstance(Named, { id: id.toUpperCase() })).toEqual({ id });
  expect(plainToInstance(Named, {})).toEqual({});
  expect(validateSync(plainToInstance(Named, { id: [id] }))).toHaveLength(1);
});

it('an empty body asks what none asks, and nothing else does', () => {
  const none = hashOf('POST', '/url', undefined);
  expect([null, {}].map((body) => hashOf('POST', '/url', body))).toEqual([none, none]);
  for (const body of [{ driverId: 'R1' }, { pin: '123456' }, 0, ''])
    expect(hashOf('POST', '/url', body)).not.toBe(none);
});

// With a pattern that begins anew at each character it would take minutes.
it('looks through the longest text of a request in one pass', () => {
  expect(isTaken({ line: `${'x'.repeat(250_000)}\n` })).toBe(false);
  expect(isTaken({ lines: `${' '.repeat(250_000)}\r` })).toBe(false);
});

it.each(['𠮷𠮷𠮷', '驿站1', 'a\ufe0fb'])('%j has three characters', (short) => {
  expect(isTaken({ short })).toBe(true);
});

it.each(['abcd', '𠮷𠮷𠮷𠮷', 'ab\ufe0f\ufe0f', 'a\ufe0fb\ufe0f'])('%j has more than three', (short) => {
  expect(isTaken({ short })).toBe(false);
});

it('counts the characters of a password in the same way', () => {
  expect(isTaken({ password: '𠮷'.repeat(11) })).toBe(false);
  expect(isTaken({ password: '𠮷'.repeat(12) })).toBe(true);
});

it.each(['2026-02-30T08:00:00Z', '2026-03-02T24:00:00Z', '0000-01-01T00:00:00Z', '2026-03-02T08:00:00'])(
  '%s is no instant',
  (at) => {
    expect(isTaken({ at })).toBe(false);
  },
);
