import { printFont } from '@yizhan/print';
import type { Language } from '../report-sheets/sheet.js';
import { localTime } from '../reports/period.js';
import { qrMatrix } from './qr-code.js';
import { markOf, slipLines } from './slip-lines.js';
import type { SlipRecord } from './slip-record.js';
import { slipWords } from './slip-words.js';

export const slipFormats = ['80mm', 'a5'] as const;
export type SlipFormat = (typeof slipFormats)[number];

/** Which paper it is: a print and the how manieth, or what is shown on a screen. */
export interface SlipCopy {
  /** Absent for what is not printed here. */
  readonly copyNo?: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface SlipDrawing {
  readonly record: SlipRecord;
  /** Text of the QR code. */
  readonly code: string;
  readonly copy: SlipCopy;
  readonly format: SlipFormat;
  readonly language: Language;
}

const millimetre = 72 / 25.4;
const tallest = 3_000;

/** Sizes of the paper in points, and of what is on it. */
const papers = {
  '80mm': {
    width: 80 * millimetre,
    height: undefined,
    margin: 4 * millimetre,
    qr: 56 * millimetre,
    qrIsBeside: false,
    text: 9,
    title: 15,
    plate: 22,
    label: 74,
  },
  a5: {
    width: 148 * millimetre,
    height: 210 * millimetre,
    margin: 11 * millimetre,
    qr: 48 * millimetre,
    qrIsBeside: true,
    text: 9.5,
    title: 18,
    plate: 26,
    label: 88,
  },
} as const;

/** The slip as a PDF. A strip of 80 mm is as long as what is on it. */
export async function slipPdf(drawing: SlipDrawing): Promise<Buffer> {
  const paper = papers[drawing.format];
  if (paper.height !== undefined) return (await draw(drawing, paper.height)).file;
  const { end } = await draw(drawing, tallest);
  return (await draw(drawing, Math.ceil(end + paper.margin))).file;
}

async function draw(drawing: SlipDrawing, height: number): Promise<{ file: Buffer; end: number }> {
  const [{ default: PDFDocument }, font] = await Promise.all([import('pdfkit'), printFont()]);
  const { record, language, format } = drawing;
  const { width, margin } = papers[format];
  const title = slipWords[language][record.facts.kind];
  const document = new PDFDocument({
    size: [width, height],
    margin,
    lang: language === 'zh' ? 'zh-CN' : 'en',
    info: { Title: `${title} ${record.facts.plate}`, Creator: 'Yizhan' },
    // Its types do not know that a font may be given as it is, opened.
    font: font as unknown as string,
  });
  const file = collect(document);
  drawSlip(document, drawing);
  const end = document.y;
  document.end();
  return { file: await file, end };
}

function drawSlip(document: PDFKit.PDFDocument, drawing: SlipDrawing): void {
  const { record, copy, format, language, code } = drawing;
  const { facts } = record;
  const { width, margin, text, title, plate, qr, qrIsBeside } = papers[format];
  const say = slipWords[language];
  const inner = width - 2 * margin;
  document.fontSize(title).text(say[facts.kind], margin, margin, { width: inner, align: 'center' });
  const mark = markOf(copy.copyNo, language);
  if (mark !== undefined) document.fontSize(text + 2).text(mark, margin, document.y, { width: inner, align: 'center' });
  document.moveDown(0.3).fontSize(plate).text(facts.plate, margin, document.y, { width: inner, align: 'center' });
  rule(document, margin, inner);
  const top = document.y;
  const acrossAt = (y: number) => (qrIsBeside && y < top + qr ? inner - qr - 10 : inner);
  drawLines(document, drawing, acrossAt);
  if (!qrIsBeside) rule(document, margin, inner);
  const below = document.y;
  const place = qrIsBeside ? { x: width - margin - qr, y: top } : { x: (width - qr) / 2, y: below };
  drawQr(document, code, { ...place, side: qr });
  document.y = Math.max(below, place.y + qr);
  if (qrIsBeside) rule(document, margin, inner);
  const foot = `${say.verify}\n${say.handoffNo} ${facts.handoffId}\n${say.printedAt} ${localTime(copy.at, record.utcOffsetMinutes)}`;
  document.fontSize(text - 2).text(foot, margin, document.y, { width: inner, align: 'center' });
}

/** @param acrossAt how wide the paper is free at a height */
function drawLines(
  document: PDFKit.PDFDocument,
  { record, format, language }: SlipDrawing,
  acrossAt: (y: number) => number,
): void {
  const { margin, text, label } = papers[format];
  for (const [name, value] of slipLines(record, language)) {
    const top = document.y;
    document.fontSize(text).text(name, margin, top, { width: label - 4 });
    const below = document.y;
    document.text(value, margin + label, top, { width: acrossAt(top) - label });
    document.y = Math.max(below, document.y) + 1.5;
  }
  if (record.facts.kind !== 'plan') return;
  document.fontSize(text).text(slipWords[language].signHere, margin, document.y + 4);
  document.y += 22;
  document
    .moveTo(margin, document.y)
    .lineTo(margin + acrossAt(document.y), document.y)
    .dash(2, { space: 2 })
    .stroke()
    .undash();
}

function rule(document: PDFKit.PDFDocument, margin: number, inner: number): void {
  const y = document.y + 3;
  document
    .moveTo(margin, y)
    .lineTo(margin + inner, y)
    .lineWidth(0.6)
    .stroke();
  document.y = y + 4;
}

interface QrPlace {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Dark squares of one size, joined along their rows, with the quiet zone of four around them. */
function drawQr(document: PDFKit.PDFDocument, text: string, { x, y, side }: QrPlace): void {
  const { size, isDark } = qrMatrix(text);
  const module = side / (size + 8);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!isDark(row, column)) continue;
      let last = column;
      while (last + 1 < size && isDark(row, last + 1)) last += 1;
      document.rect(x + (column + 4) * module, y + (row + 4) * module, (last - column + 1) * module, module);
      column = last;
    }
  }
  document.fill('black');
}

async function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of document as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
