/** Without it Excel takes UTF-8 for the code page of the machine. */
export const byteOrderMark = '\ufeff';

/** What a spreadsheet would take for the beginning of a formula. */
const formula = /^[\s]*[=+\-@\t\r|%]/;
const needsQuotes = /["\r\n,;]|^\s|\s$/;

/** A line of CSV (RFC 4180) for spreadsheets. Numbers are ours and stay numbers; text is never read as a formula. */
export const csvRecord = (values: readonly (string | number | null)[]): string => `${values.map(field).join(',')}\r\n`;

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = formula.test(value) ? `'${value}` : value;
  return needsQuotes.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
