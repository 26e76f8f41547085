import { type InBoth, printLanguages, type PrintLanguage } from '@yizhan/print';

/** Languages that reports are printed in. */
export const languages = printLanguages;
export type Language = PrintLanguage;
export type { InBoth };

/** What a cell holds: instants as epoch milliseconds, codes as the data have them. */
export type Cell = string | number | boolean | null;

/** How a cell is shown: an `instant` on the clock of the station, a `code` by its name where it has one. */
export type CellKind = 'text' | 'code' | 'number' | 'instant' | 'flag';

export interface SheetColumn {
  readonly id: string;
  readonly title: InBoth;
  readonly kind: CellKind;
  /** Characters. */
  readonly width: number;
}

export type SheetLine = Readonly<Record<string, Cell>>;

/** One report as a table, whichever way it is printed. */
export interface SheetForm {
  readonly name: SheetName;
  readonly title: InBoth;
  readonly columns: readonly SheetColumn[];
}

export const sheetNames = ['daily', 'visits', 'drivers', 'disinfection', 'handover', 'waits'] as const;
export type SheetName = (typeof sheetNames)[number];

/** What stands above the table. */
export interface SheetHead {
  /** The station, area or county. */
  readonly place: string;
  readonly code: string;
  readonly from: number;
  readonly to: number;
  /** When it was made. */
  readonly asOf: number;
  readonly utcOffsetMinutes: number;
}

/** A report that is ready to be printed; the lines come as they are read. */
export interface Sheet {
  readonly form: SheetForm;
  readonly head: SheetHead;
  readonly lines: AsyncIterable<SheetLine> | Iterable<SheetLine>;
}
