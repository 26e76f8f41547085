const hidden: ReadonlySet<string> = new Set(['phone', 'pin', 'carrierPhone', 'name', 'proof']);

/** What a step says, a line for each value, as `seal.number: S0001`; numbers and names of people are not shown. */
export function enteredIn(value: unknown, path = ''): readonly string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [`${path}: ${JSON.stringify(value).replaceAll('"', '')}`];
  return Object.entries(value).flatMap(([field, inside]) =>
    hidden.has(field) ? [] : enteredIn(inside, path === '' ? field : `${path}.${field}`),
  );
}
