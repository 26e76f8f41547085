import { CsvError, parse } from 'csv-parse/sync';
import { mostRows, type Sheet, sheetOf, unusable } from './sheet.js';

const separators = [',', ';', '\t', '，'] as const;
/** A header and every row, and as many blank lines. */
const mostLines = 2 * mostRows + 2;

/** Reads CSV as spreadsheets write it: in UTF-8 or GB18030, with any of the usual separators. @throws Problem `SHEET.…` */
export function readCsv(bytes: Buffer): Sheet {
  const text = textOf(bytes);
  try {
    const lines = parse(text, {
      delimiter: separatorOf(text),
      bom: true,
      relax_column_count: true,
      relax_quotes: false,
      max_record_size: 65_536,
      to: mostLines,
    });
    return sheetOf(lines);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unusable(
      'SHEET.UNREADABLE',
      'the sheet is no CSV that can be read: a quote is not closed, or a row is too long',
      {
        reason: error.code,
        row: error.lines,
      },
    );
  }
}

/** What is no UTF-8 is what Chinese spreadsheets write. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return inGb18030(bytes);
  }
}

function inGb18030(bytes: Buffer): string {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    throw unusable('SHEET.ENCODING', 'the sheet is neither UTF-8 nor GB18030: save it as CSV UTF-8');
  }
}

/** The one that the first line has most of, outside of quotes. */
function separatorOf(text: string): string {
  const [head = ''] = text
    .replaceAll(/"[^"]*"/gu, '')
    .trimStart()
    .split(/[\r\n]/u, 1);
  const counts = separators.map((separator) => head.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}
