// The one of all systems: that of browsers packs in a worker from a blob, which the page may not start.
import writeExcelFile from 'write-excel-file/universal';
import type { Cell } from './csv.js';

/** A table as a workbook: a bold head that stays, numbers as numbers, and nothing that is computed. */
export function workbookOf(head: readonly string[], lines: readonly (readonly Cell[])[]): Promise<Blob> {
  const bold = head.map((title) => ({ value: title, type: String, fontWeight: 'bold' as const }));
  const rows = lines.map((line) =>
    line.map((cell) => (typeof cell === 'number' ? { value: cell, type: Number } : { value: cell, type: String })),
  );
  const columns = head.map((title, index) => {
    const longest = Math.max(title.length * 2, ...lines.map((line) => String(line[index] ?? '').length * 1.6));
    return { width: Math.min(40, Math.max(8, Math.ceil(longest) + 2)) };
  });
  return writeExcelFile([bold, ...rows], { columns, stickyRowsCount: 1 }).toBlob();
}
