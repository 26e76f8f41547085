import type { Fault } from '../columns.js';
import { reasonHead } from '../read-rows.js';
import { formulaMark } from './read-xlsx.js';
import type { Sheet } from './sheet.js';

/** The same sheet with what is wrong with each row in a last column. Rows stay in their places. */
export function withReasons({ header, rows }: Sheet, faults: readonly Fault[]): string[][] {
  const kept = header.flatMap((head, place) => (head === reasonHead ? [] : [place]));
  const reasonsOf = new Map<number, string[]>();
  for (const { row, column, message } of faults) {
    reasonsOf.set(row, [...(reasonsOf.get(row) ?? []), `${column} ${message}`]);
  }
  return [
    [...kept.map((place) => shown(header[place])), reasonHead],
    ...rows.map(({ number, cells }) => [
      ...kept.map((place) => shown(cells[place])),
      (reasonsOf.get(number) ?? []).join('; '),
    ]),
  ];
}

const shown = (cell = ''): string => (cell === formulaMark ? '' : cell);
