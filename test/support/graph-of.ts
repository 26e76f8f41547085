import { types } from 'node:util';

/**
 * A value in words, with every object by a number of its own: two values have the same words only where they are equal and the
 * same objects stand in the same places of both.
 */
export function graphOf(value: unknown): string {
  const numbers = new Map<object, number>();
  const tell = (part: unknown): string => {
    if (typeof part !== 'object' || part === null) return `${typeof part} ${String(part)}`;
    const known = numbers.get(part);
    if (known !== undefined) return `#${known}`;
    numbers.set(part, numbers.size);
    return `#${numbers.size - 1} ${kindOf(part)} {${partsOf(part)
      .map(([name, each]) => `${tell(name)}: ${tell(each)}`)
      .join(', ')}}`;
  };
  return tell(value);
}

const kindOf = (value: object): string => (Object.getPrototypeOf(value) as object).constructor.name;

function partsOf(value: object): (readonly [unknown, unknown])[] {
  // Not `instanceof`: what v8 reads back is of another realm than a test.
  if (types.isMap(value)) return [...value];
  if (types.isSet(value)) return [...value].map((each) => [each, true] as const);
  return Object.entries(value);
}

/** Where the graphs of two values begin to differ, with what each says there; undefined where they are the same. */
export function graphDifference(one: unknown, other: unknown): readonly [string, string] | undefined {
  const [first, second] = [graphOf(one), graphOf(other)];
  if (first === second) return undefined;
  let at = 0;
  while (first[at] === second[at]) at += 1;
  return [first.slice(Math.max(0, at - 80), at + 80), second.slice(Math.max(0, at - 80), at + 80)];
}
