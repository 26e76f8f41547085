import fc from 'fast-check';
import { lengthOf } from './valid-values.js';
import type { Schema } from './operations.js';

type Resolve = (schema: Schema) => Schema;
type Path = readonly (string | number)[];

interface Place {
  readonly path: Path;
  readonly value: unknown;
  readonly schema: Schema;
}

/** Stands in JSON for a number that no JavaScript number is. */
export const hugeNumber = '@huge number@';

const nested = (levels: number): unknown => (levels === 0 ? [] : [nested(levels - 1)]);
const evil: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a\udc00b',
  'x'.repeat(5_000),
  '💥',
  '\n',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; DROP TABLE visits; --",
  'NaN',
  '\u202e',
  '\ufeff',
  'null',
  [],
  {},
  [[]],
  [null],
  [{}],
  nested(10),
  nested(30),
  { length: -1 },
  { toString: 1 },
  JSON.parse('{"then":{}}'),
  '2026-13-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-03-02T24:00:00Z',
  '2026-03-02',
  '2026-03-02T08:00:00',
  '2026-03-02T08:00:00+99:99',
  '+012026-03-02T08:00:00Z',
  '2026-02-30',
  '0000-00-00',
  hugeNumber,
  '01890000-0000-7000-8000-00000000000g',
  '{01890000-0000-7000-8000-000000000000}',
  '1',
  'true',
];
const evilNames = ['extra', '', '__proto__', 'constructor', 'toString', 'x\u0000y', '\ud800', 'id', 'version', 'then'];

/** Changes a value of the schema in one place; mostly, but not always, it breaks the schema. */
export const breaking = (schema: Schema, resolve: Resolve): fc.Arbitrary<(value: unknown) => unknown> =>
  fc
    .tuple(fc.nat(), fc.nat(), fc.constantFrom(...evil), fc.constantFrom(...evilNames))
    .map(([where, how, hostile, name]) => (value) => {
      const places = placesIn(value, schema, resolve, []);
      const place = places[where % places.length];
      const ways = waysToBreak(place, hostile, name);
      return ways[how % ways.length](value);
    });

function placesIn(value: unknown, unresolved: Schema, resolve: Resolve, path: Path): Place[] {
  const schema = resolve(unresolved);
  const here = { path, value, schema };
  if (Array.isArray(value)) {
    const first = value.slice(0, 2);
    return [here, ...first.flatMap((item, index) => placesIn(item, schema.items ?? {}, resolve, [...path, index]))];
  }
  if (typeof value !== 'object' || value === null) return [here];
  const inside = Object.entries(value).flatMap(([name, part]) =>
    placesIn(part, schema.properties?.[name] ?? {}, resolve, [...path, name]),
  );
  return [here, ...inside];
}

type Break = (whole: unknown) => unknown;

/** Replacing it by something hostile is always one of them. */
function waysToBreak({ path, value, schema }: Place, hostile: unknown, name: string): Break[] {
  const put =
    (changed: unknown): Break =>
    (whole) =>
      replaced(whole, path, changed);
  const always = [put(hostile), put(hostile)];
  if (path.length > 0) always.push((whole) => removed(whole, path));
  if (typeof value === 'string') return [...always, ...textsAround(value, schema).map(put)];
  if (typeof value === 'number') return [...always, ...numbersAround(value, schema).map(put)];
  if (Array.isArray(value)) return [...always, ...listsAround(value, schema).map(put)];
  if (typeof value === 'object' && value !== null) {
    const [first = name] = Object.keys(value);
    return [...always, put(withMember(value, name, hostile)), put(withMember(value, first, hostile)), put([value])];
  }
  return [...always, put(String(value)), put([value])];
}

function textsAround(text: string, { maxLength = 64, enum: values }: Schema): unknown[] {
  const long = (text || 'a').repeat(Math.ceil((maxLength + 1) / Math.max(1, text.length)));
  return [
    Array.from(long)
      .slice(0, maxLength + 1)
      .join(''),
    text + 'a'.repeat(Math.max(1, maxLength + 1 - lengthOf(text))),
    // What some count as no character at all.
    text + '\ufe0f'.repeat(maxLength + 1),
    `${text}\u0000`,
    `${text}\ud800`,
    `\udfff${text}`,
    `${text}\n`,
    ` ${text}`,
    values ? text.toUpperCase() : text.toLowerCase(),
    [text],
    { value: text },
  ];
}

const numbersAround = (value: number, { minimum = 0, maximum = 0 }: Schema): unknown[] => [
  minimum - 1,
  maximum + 1,
  minimum - 0.5,
  maximum + 0.5,
  value + 0.5,
  2 ** 31,
  2 ** 63,
  -(2 ** 53),
  -1e-7,
  String(value),
  hugeNumber,
  `0x${Math.abs(Math.trunc(value)).toString(16)}`,
  [value],
];

const listsAround = (list: readonly unknown[], { maxItems = 500 }: Schema): unknown[] => [
  Array.from({ length: maxItems + 1 }, () => list[0] ?? 'a'),
  [...list, null],
  [...list, list],
  [...list, {}],
  [...list, ...list],
  Object.fromEntries(list.entries()),
  list[0] ?? 'a',
  [],
];

/** Also one that an assignment would not make a member. */
function withMember(object: object, name: string, value: unknown): object {
  const changed = { ...object };
  Object.defineProperty(changed, name, { value, enumerable: true, configurable: true, writable: true });
  return changed;
}

function replaced(whole: unknown, [first, ...rest]: Path, changed: unknown): unknown {
  if (first === undefined) return changed;
  if (Array.isArray(whole)) return whole.map((item, index) => (index === first ? replaced(item, rest, changed) : item));
  const part = (whole as Record<string, unknown>)[first];
  return withMember(whole as object, String(first), replaced(part, rest, changed));
}

function removed(whole: unknown, [first, ...rest]: Path): unknown {
  if (Array.isArray(whole)) {
    return rest.length === 0
      ? whole.filter((_item, index) => index !== first)
      : whole.map((item, index) => (index === first ? removed(item, rest) : item));
  }
  const members = Object.entries(whole as object);
  const left = rest.length === 0 ? members.filter(([name]) => name !== first) : members;
  return left.reduce(
    (object, [name, part]) => withMember(object, name, name === first ? removed(part, rest) : part),
    {},
  );
}
