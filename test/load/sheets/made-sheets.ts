import { writeSheet, type SheetFormat, type SheetFile } from '../../../apps/station/src/sheets/files/write-sheet.js';

/** A fault that was planted, as it has to be told. */
export type Told = readonly [row: number, column: string, reason: string];

export interface SheetOptions {
  readonly rows: number;
  /** Of the ids, so that no driver is in two sheets. */
  readonly prefix: string;
  readonly isPersonal: boolean;
  readonly format: SheetFormat;
}

const plain = ['driverId', 'areaCode', 'licences', 'qualifiedFrom', 'qualifiedUntil', 'qualificationIssuer'];
const personal = ['name', 'phone', 'identityNumber'];
const badRows = 37;

/** Drivers in good order. */
export function goodSheet({ rows, prefix, isPersonal, format }: SheetOptions): Promise<SheetFile> {
  return writeSheet(format, 'drivers', [headOf(isPersonal), ...linesOf(rows, prefix, isPersonal)]);
}

/** The same with 37 bad rows spread over it, and what has to be said of them. */
export async function badSheet(options: SheetOptions): Promise<{ file: SheetFile; told: readonly Told[] }> {
  const { rows, prefix, isPersonal, format } = options;
  const lines = linesOf(rows, prefix, isPersonal);
  const every = Math.floor(rows / badRows);
  const told = Array.from({ length: badRows }, (_, nth): Told => {
    const index = nth * every;
    const [column, cell, reason] = faults(isPersonal)[nth % faults(isPersonal).length] ?? ['', '', ''];
    const place = headOf(isPersonal).indexOf(column);
    lines[index] = (lines[index] ?? []).map((before, at) => (at === place ? cell : before));
    return [index + 2, column, reason];
  });
  return { file: await writeSheet(format, 'drivers', [headOf(isPersonal), ...lines]), told };
}

const headOf = (isPersonal: boolean): string[] => (isPersonal ? [...plain, ...personal] : plain);

const faults = (isPersonal: boolean): [column: string, cell: string, reason: string][] => [
  ['licences', 'Z9', 'not_one_of'],
  ['areaCode', 'nowhere', 'unknown'],
  ['driverId', '', 'missing'],
  ['qualifiedFrom', 'tomorrow', 'no_time'],
  ...(isPersonal
    ? ([
        ['phone', '1380013800', 'no_phone'],
        ['identityNumber', '110105194912310021', 'no_identity_number'],
      ] satisfies [string, string, string][])
    : []),
];

function linesOf(rows: number, prefix: string, isPersonal: boolean): string[][] {
  return Array.from({ length: rows }, (_, index) => {
    const line = [`${prefix}-${index}`, 'bench', 'A2 B2', '2024-01-01', '2030-01-01', '330700'];
    if (!isPersonal) return line;
    return [...line, `司机${index}`, `138${String(index).padStart(8, '0')}`, identityNumberOf(index)];
  });
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** One that holds (GB 11643): nobody's, as the day of birth is drawn from the index. */
function identityNumberOf(index: number): string {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const month = String(1 + (Math.floor(index / 28) % 12)).padStart(2, '0');
  const order = String(Math.floor(index / 336) % 1_000).padStart(3, '0');
  const digits = `330702${1960 + (index % 40)}${month}${day}${order}`;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0);
  return digits + '10X98765432'.charAt(sum % 11);
}
