import { PolicyError } from './policy-error.js';

/** A JSON object, its fields not yet looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads the value of one field, or throws `PolicyError` (`POLICY.INVALID_FIELD`) that names `field`. */
export type Reader<Value> = (value: unknown, field: string) => Value;

/** The error of a field that is not `expected`. */
export function invalid(field: string, expected: string, value: unknown): PolicyError {
  return new PolicyError(
    'POLICY.INVALID_FIELD',
    `${field || 'The pack'} must be ${expected}, not ${JSON.stringify(value) ?? 'absent'}.`,
    field,
  );
}

export const fields: Reader<Fields> = (value, field) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(field, 'an object', value);
  return value as Fields;
};

export const text: Reader<string> = (value, field) => {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(field, 'a text that is not empty', value);
  return value;
};

export const timeOfDay: Reader<string> = (value, field) => {
  if (typeof value !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(value))
    throw invalid(field, 'a time of day from 00:00 to 23:59', value);
  return value;
};

/** A number for which `holds`; `expected` says so in words. */
export function number(expected: string, holds: (value: number) => boolean): Reader<number> {
  return (value, field) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || !holds(value)) throw invalid(field, expected, value);
    return value;
  };
}

export const wholeAboveZero = number('a whole number above 0', (value) => Number.isSafeInteger(value) && value > 0);

export const wholeFromZero = number('a whole number from 0', (value) => Number.isSafeInteger(value) && value >= 0);

export function oneOf<Value extends string>(...values: readonly Value[]): Reader<Value> {
  return (value, field) => {
    const found = values.find((one) => one === value);
    if (found === undefined) throw invalid(field, `one of ${values.join(', ')}`, value);
    return found;
  };
}

export function listOf<Value>(item: Reader<Value>): Reader<readonly Value[]> {
  return (value, field) => {
    if (!Array.isArray(value)) throw invalid(field, 'a list', value);
    return value.map((one: unknown, index) => item(one, `${field}[${index}]`));
  };
}

/** A field that may be missing, and is then left out. */
export function optional<Value>(read: Reader<Value>): Reader<Value | undefined> {
  return (value, field) => (value === undefined ? undefined : read(value, field));
}

/**
 * An object with these fields; further fields are left out, so that a newer pack with optional ones can still be read.
 */
export function objectOf<Shape extends object>(shape: {
  readonly [Key in keyof Shape]-?: Reader<Shape[Key]>;
}): Reader<Shape> {
  return (value, field) => {
    const found = fields(value, field);
    const entries = Object.entries<Reader<unknown>>(shape).map(([key, read]) => [
      key,
      read(found[key], field === '' ? key : `${field}.${key}`),
    ]);
    return Object.fromEntries(entries.filter(([, read]) => read !== undefined)) as Shape;
  };
}

/** An object whose keys are names and whose values are all read alike. */
export function recordOf<Value>(item: Reader<Value>): Reader<Readonly<Record<string, Value>>> {
  return (value, field) =>
    Object.fromEntries(Object.entries(fields(value, field)).map(([key, one]) => [key, item(one, `${field}.${key}`)]));
}
