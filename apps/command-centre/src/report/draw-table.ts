import type { PrintLanguage } from '@yizhan/print';
import { say } from './report-words.js';
import { cellText, type CellKind, type Table } from './table.js';

const fontSize = 8;
/** Of a column of words, points, however many numbers stand beside it. */
const narrowest = 40;
const padding = { x: 3, y: 1.8 };
const colours = { line: '#9aa7a1', head: '#eef2f0' } as const;

interface Paper {
  readonly language: PrintLanguage;
  readonly utcOffsetMinutes: number;
  /** Between the margins, points. */
  readonly inner: number;
  readonly margin: number;
}

interface Grid {
  readonly widths: readonly number[];
  readonly kinds: readonly CellKind[];
  readonly left: number;
}

/** A table over as many pages as it needs, each with the titles of its columns. */
export function drawTable(document: PDFKit.PDFDocument, { columns, rows, mostOnPaper }: Table, paper: Paper): void {
  const { language, utcOffsetMinutes, inner, margin } = paper;
  document.fontSize(fontSize);
  const shown = rows.slice(0, mostOnPaper);
  if (shown.length === 0) {
    document.text(say('nothing', language), margin, document.y);
    return;
  }
  const kinds = columns.map(({ kind }) => kind);
  const titles = columns.map(({ title }) => title);
  const texts = shown.map((row) => row.map((cell, index) => cellText(kinds[index] ?? 'text', cell, utcOffsetMinutes)));
  const grid = { widths: widthsOf(document, titles, texts, kinds, inner), kinds, left: margin };
  drawRow(document, titles, grid, true);
  for (const row of texts) {
    if (document.y + heightOf(document, row, grid) > document.page.maxY()) {
      document.addPage();
      drawRow(document, titles, grid, true);
    }
    drawRow(document, row, grid, false);
  }
  const left = rows.length - shown.length;
  if (left > 0) document.text(say('more', language, { number: left }), margin, document.y + 2);
  document.x = margin;
}

/** What of a title over numbers stays on one line: it may be broken between words, or in the middle of Chinese. */
function partsOf(title: string): readonly string[] {
  const words = title.split(/\s+/);
  if (words.length > 1 || !/\p{Script=Han}/u.test(title)) return words;
  return [title.slice(0, Math.ceil(title.length / 2))];
}

/** What is in a column fits on one line where there is room; else the widest columns of words are broken. */
function widthsOf(
  document: PDFKit.PDFDocument,
  titles: readonly string[],
  texts: readonly (readonly string[])[],
  kinds: readonly CellKind[],
  inner: number,
): number[] {
  const wide = (text: string): number => document.widthOfString(text) + 2 * padding.x + 0.5;
  const natural = titles.map((title, index) => {
    const cells = Math.max(...texts.map((row) => wide(row[index] ?? '')));
    return Math.max(cells, kinds[index] === 'text' ? wide(title) : Math.max(...partsOf(title).map(wide)));
  });
  const total = natural.reduce((sum, width) => sum + width, 0);
  if (total <= inner) return natural.map((width) => (width * inner) / total);
  const fixed = natural.reduce((sum, width, index) => (kinds[index] === 'text' ? sum : sum + width), 0);
  const words = natural.filter((_width, index) => kinds[index] === 'text').toSorted((one, other) => one - other);
  let room = inner - fixed;
  let most = room / Math.max(1, words.length);
  for (const [index, width] of words.entries()) {
    most = room / (words.length - index);
    if (width > most) break;
    room -= width;
  }
  const widths = natural.map((width, index) =>
    kinds[index] === 'text' ? Math.min(width, Math.max(most, narrowest)) : width,
  );
  const all = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => (width * inner) / all);
}

function heightOf(document: PDFKit.PDFDocument, row: readonly string[], { widths }: Grid): number {
  const heights = row.map((text, index) =>
    document.heightOfString(text === '' ? ' ' : text, { width: (widths[index] ?? 0) - 2 * padding.x }),
  );
  return Math.max(...heights) + 2 * padding.y;
}

function drawRow(document: PDFKit.PDFDocument, row: readonly string[], grid: Grid, isHead: boolean): void {
  const { widths, kinds, left } = grid;
  const top = document.y;
  const height = heightOf(document, row, grid);
  let x = left;
  for (const [index, text] of row.entries()) {
    const width = widths[index] ?? 0;
    document.lineWidth(0.4).strokeColor(colours.line).rect(x, top, width, height);
    if (isHead) document.fillAndStroke(colours.head, colours.line);
    else document.stroke();
    const align = kinds[index] === 'text' ? 'left' : 'right';
    document.fillColor('black').text(text, x + padding.x, top + padding.y, { width: width - 2 * padding.x, align });
    x += width;
  }
  document.x = left;
  document.y = top + height;
}
