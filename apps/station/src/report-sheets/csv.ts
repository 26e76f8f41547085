import { cellValue, type Printing } from './cell-text.js';
import type { Sheet } from './sheet.js';

/** Without it Excel takes UTF-8 for the code page of the machine. */
const byteOrderMark = '\ufeff';

/** What a spreadsheet would take for the beginning of a formula. */
const formula = /^[\s]*[=+\-@\t\r|%]/;
const needsQuotes = /["\r\n,;]|^\s|\s$/;

/** The sheet as CSV (RFC 4180) for spreadsheets, a line at a time: the titles, then the lines. */
export async function* csvOf(
  { form, head, lines }: Sheet,
  { language }: Pick<Printing, 'language'>,
): AsyncGenerator<string> {
  const printing = { language, utcOffsetMinutes: head.utcOffsetMinutes };
  yield byteOrderMark + record(form.columns.map(({ title }) => title[language]));
  for await (const line of lines) yield record(form.columns.map(({ id, kind }) => cellValue(kind, line[id], printing)));
}

const record = (values: readonly (string | number | null)[]): string => `${values.map(field).join(',')}\r\n`;

/** Numbers are ours and stay numbers; text is never read as a formula. */
function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = formula.test(value) ? `'${value}` : value;
  return needsQuotes.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
