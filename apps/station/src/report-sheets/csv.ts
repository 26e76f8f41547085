import { byteOrderMark, csvRecord } from '@yizhan/print';
import { cellValue, type Printing } from './cell-text.js';
import type { Sheet } from './sheet.js';

/** The sheet as CSV (RFC 4180) for spreadsheets, a line at a time: the titles, then the lines. */
export async function* csvOf(
  { form, head, lines }: Sheet,
  { language }: Pick<Printing, 'language'>,
): AsyncGenerator<string> {
  const printing = { language, utcOffsetMinutes: head.utcOffsetMinutes };
  yield byteOrderMark + csvRecord(form.columns.map(({ title }) => title[language]));
  for await (const line of lines)
    yield csvRecord(form.columns.map(({ id, kind }) => cellValue(kind, line[id], printing)));
}
