import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { hashOf } from './change-request.js';
import { Lines, Text, Uuid } from './fields.js';

class Written {
  @Text({ optional: true })
  readonly line?: string;

  @Lines({ optional: true })
  readonly lines?: string;
}

const isTaken = (fields: Partial<Written>): boolean =>
  validateSync(Object.assign(new Written(), fields), { forbidUnknownValues: true }).length === 0;

it.each(['驿站', 'a b', ' a', 'a\u00a0b'])('%j is a line of text', (line) => {
  expect(isTaken({ line })).toBe(true);
});

it.each(['', ' ', '\u0000', 'a\u0000b', 'a\nb', '\u0007 a', 'a\u009f'])('%j is no line of text', (line) => {
  expect(isTaken({ line })).toBe(false);
});

it.each(['a\nb', '\ta'])('%j is text of several lines', (lines) => {
  expect(isTaken({ lines })).toBe(true);
});

it.each(['', '\n', 'a\u0000b', 'a\rb'])('%j is no text of several lines', (lines) => {
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
