import { codePattern, personCodePattern } from '@yizhan/http';
import { parseInstant } from '@yizhan/kernel';
import { identityNumberIn } from '../personal-data/identity-number.js';
import { isPersonalId, personalIdFault } from '../personal-data/personal-id.js';

/** What is wrong with one cell. */
export interface Fault {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly row: number;
  readonly column: string;
  /** A stable code, such as `missing`. */
  readonly reason: string;
  readonly message: string;
}

export type Cell<V> = { readonly value: V } | { readonly reason: string; readonly message: string };

/** One column of a sheet. */
export interface Column<V = unknown> {
  /** What people call it. */
  readonly title: string;
  readonly required: boolean;
  readonly example: string;
  read(cell: string): Cell<V>;
}

interface About {
  readonly title: string;
  readonly example: string;
}

type Reader<V> = (cell: string) => Cell<V>;

/** The cell must be filled in. */
export function required<V>(read: Reader<V>, about: About): Column<V> {
  return { ...about, required: true, read };
}

/** An empty cell says nothing. */
export function optional<V>(read: Reader<V>, about: About): Column<V | undefined> {
  return { ...about, required: false, read: (cell) => (cell === '' ? { value: undefined } : read(cell)) };
}

/** What a cell holds is in events for good: somebody's number is refused, and is not said again. */
const codeOf =
  (pattern: RegExp, most: number, isPersonal: (cell: string) => boolean): Reader<string> =>
  (cell) => {
    if (isPersonal(cell)) return { reason: 'personal', message: personalIdFault };
    if (pattern.test(cell)) return { value: cell };
    return { reason: 'no_code', message: `must be a code of at most ${most} letters, digits and . _ : / @ + -` };
  };

/** What people read, of at most so many characters. */
export const words =
  (most: number): Reader<string> =>
  (cell) =>
    cell.length <= most ? { value: cell } : { reason: 'too_long', message: `must have at most ${most} characters` };

/** A number of a waybill may look like that of a mobile, and never is an identity number. */
export const code = codeOf(codePattern, 64, (cell) => identityNumberIn(cell) !== undefined);

export const plateCode = codeOf(codePattern, 64, isPersonalId);

/** A new id of a person: see `PersonCode`. */
export const personCode = codeOf(personCodePattern, 56, isPersonalId);

/** One of the values, or what people call it. */
export function oneOf<V extends string>(values: readonly V[], names: Readonly<Record<string, V>> = {}): Reader<V> {
  return (cell) => {
    const value = values.find((each) => each === cell) ?? (Object.hasOwn(names, cell) ? names[cell] : undefined);
    return value === undefined
      ? { reason: 'not_one_of', message: `must be one of ${[...values, ...Object.keys(names)].join(', ')}` }
      : { value };
  };
}

/** Some of the values, with blanks or any usual separator between them. */
export function someOf<V extends string>(values: readonly V[]): Reader<readonly V[]> {
  const each = oneOf(values);
  return (cell) => {
    const read = cell
      .split(/[\s,;/|，；、]+/u)
      .filter(Boolean)
      .map(each);
    const wrong = read.find((one) => 'reason' in one);
    if (wrong && 'reason' in wrong) return wrong;
    return { value: [...new Set(read.flatMap((one) => ('value' in one ? [one.value] : [])))] };
  };
}

/** An instant with its zone, or a day: its first instant in China. */
export const instant: Reader<number> = (cell) => {
  const text = /^\d{4}-\d{2}-\d{2}$/u.test(cell) ? `${cell}T00:00:00+08:00` : cell.replace(' ', 'T');
  const value = parseInstant(text);
  return value === undefined
    ? { reason: 'no_time', message: 'must be a day, or a time with its zone such as 2026-03-02T08:00:00+08:00' }
    : { value };
};

export function number({ min, max, whole = false }: { min: number; max: number; whole?: boolean }): Reader<number> {
  return (cell) => {
    const value = /^-?\d{1,15}(\.\d{1,9})?$/u.test(cell) ? Number(cell) : Number.NaN;
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return { value };
    return { reason: 'no_number', message: `must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}` };
  };
}

export const uuid: Reader<string> = (cell) =>
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu.test(cell)
    ? { value: cell.toLowerCase() }
    : { reason: 'no_uuid', message: 'must be a UUID' };
