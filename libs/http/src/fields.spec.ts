import { validateSync } from 'class-validator';
import { Lines, Text } from './fields.js';

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
