import { carrierText, isNamed, nameText } from './name-text.js';

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

it.each([
  [null, 'C-6faca417c6a97ad5', 'no name'],
  ['', 'C-6faca417c6a97ad5', 'no name'],
  ['C-6faca417c6a97ad5', 'C-6faca417c6a97ad5', 'no name'],
  // Not known yet, or not to be known here.
  [undefined, 'C-6faca417c6a97ad5', 'C-6faca417c6a97ad5'],
  ['顺达物流', 'C-6faca417c6a97ad5', '顺达物流 (C-6faca417c6a97ad5)'],
  // Somebody has given it this id.
  [null, 'carrier-01', 'carrier-01'],
])('%j of the carrier %s is shown as %s', (name, id, shown) => expect(carrierText(name, id, 'no name')).toBe(shown));
