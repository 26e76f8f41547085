import { isNamed, nameText } from './name-text.js';

it.each([
  ['张三', 'O-17', '张三 (O-17)'],
  ['O-17', 'O-17', 'O-17'],
  ['', 'O-17', 'O-17'],
  [null, 'O-17', 'O-17'],
  [undefined, 'O-17', 'O-17'],
])('%j of %s is shown as %s', (name, id, shown) => expect(nameText(name, id)).toBe(shown));

it.each([
  ['driver', true],
  ['carrier', true],
  ['somebody', false],
])('a %s is of a kind that has names: %s', (kind, expected) => expect(isNamed(kind)).toBe(expected));
