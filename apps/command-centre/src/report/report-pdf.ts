import { setImmediate as letOthersGoOn } from 'node:timers/promises';
import { printFont, type PrintLanguage } from '@yizhan/print';
import type { Chart } from './report-charts.js';
import { drawTable } from './draw-table.js';
import { say } from './report-words.js';
import type { ReportDocument } from './table.js';

export interface Shown {
  readonly language: PrintLanguage;
  readonly utcOffsetMinutes: number;
  /** Epoch milliseconds. */
  readonly asOf: number;
}

const millimetre = 72 / 25.4;
const margin = 14 * millimetre;
const fontName = 'report';
const sizes = { title: 17, heading: 12, text: 9 } as const;

/** The report on A4, with its font in it: what is Chinese is readable everywhere, and can be searched for. */
export async function pdfOf(report: ReportDocument, charts: readonly Chart[], shown: Shown): Promise<Buffer> {
  const [{ default: PDFDocument }, { default: svgToPdf }, font] = await Promise.all([
    import('pdfkit'),
    import('svg-to-pdfkit'),
    printFont(),
  ]);
  const { language, utcOffsetMinutes, asOf } = shown;
  const document = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: language === 'zh' ? 'zh-CN' : 'en',
    info: { Title: report.title, Creator: 'Yizhan', CreationDate: new Date(asOf) },
    // Its types do not know that a font may be given as it is, opened.
    font: font as unknown as string,
  });
  document.registerFont(fontName, font as unknown as string);
  document.font(fontName);
  const file = collect(document);
  const inner = document.page.width - 2 * margin;
  document.fontSize(sizes.title).text(report.title, { width: inner });
  for (const line of report.lines) document.fontSize(sizes.text).text(line, { width: inner });
  const draw = async ({ svg, width, height }: Chart): Promise<void> => {
    await letOthersGoOn();
    const tall = (inner * height) / width;
    if (document.y + tall > document.page.maxY()) document.addPage();
    const top = document.y;
    const place = { width: inner, height: tall, assumePt: true, fontCallback: () => fontName };
    svgToPdf(document, svg, margin, top, place);
    document.y = top + tall + 6;
    document.x = margin;
  };
  const onPaper = report.tables.filter(({ mostOnPaper }) => mostOnPaper > 0);
  for (const [index, table] of onPaper.entries()) {
    await letOthersGoOn();
    heading(document, table.title);
    drawTable(document, table, { language, utcOffsetMinutes, inner, margin });
    if (index === 0) for (const chart of charts) await draw(chart);
  }
  heading(document, say('unknown', language));
  for (const note of report.notes)
    document.fontSize(sizes.text).text(`· ${note}`, margin, document.y, { width: inner });
  numberPages(document, language);
  document.end();
  return file;
}

function heading(document: PDFKit.PDFDocument, text: string): void {
  // It stays with what stands below it.
  if (document.y + 60 > document.page.maxY()) document.addPage();
  document
    .fillColor('#0b6b54')
    .fontSize(sizes.heading)
    .text(text, margin, document.y + 10);
  document.fillColor('black').moveDown(0.2);
}

function numberPages(document: PDFKit.PDFDocument, language: PrintLanguage): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    // What is written below the margin would begin another page.
    document.page.margins.bottom = 0;
    const text = say('page', language, { page: page - start + 1, pages: count });
    const place = { width: document.page.width - 2 * margin, align: 'center', lineBreak: false } as const;
    document.fontSize(8).text(text, margin, document.page.height - margin + 8, place);
  }
}

async function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of document as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
