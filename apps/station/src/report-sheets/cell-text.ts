import { localTime } from '../reports/period.js';
import { namesOfCodes } from './code-names.js';
import type { Cell, CellKind, Language, SheetForm, SheetHead } from './sheet.js';

/** How a cell is written for people. */
export interface Printing {
  readonly language: Language;
  readonly utcOffsetMinutes: number;
}

const flags = { zh: { true: '是', false: '否' }, en: { true: 'yes', false: 'no' } } as const;

/** A cell as a number or as text; nothing where it is empty. */
export function cellValue(kind: CellKind, cell: Cell | undefined, printing: Printing): string | number | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'boolean') return flags[printing.language][`${cell}`];
  if (typeof cell === 'number') return kind === 'instant' ? localTime(cell, printing.utcOffsetMinutes) : cell;
  return kind === 'code' ? namesOfCodes(cell, printing.language) : cell;
}

/** What stands above the table, by the names that a template has for it. */
export function headTexts(form: SheetForm, head: SheetHead, language: Language): Readonly<Record<string, string>> {
  const time = (instant: number) => localTime(instant, head.utcOffsetMinutes);
  return {
    title: form.title[language],
    place: head.place,
    code: head.code,
    from: time(head.from),
    to: time(head.to),
    asOf: time(head.asOf),
    utcOffset: utcOffset(head.utcOffsetMinutes),
  };
}

/** `+08:00`. */
function utcOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
