import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { attachment, csvType, pageType, workbookType } from '@yizhan/print';
import { localDate } from '../reports/period.js';
import { csvOf } from './csv.js';
import { pageOf, pagePolicy } from './page.js';
import { ReportTemplates } from './report-templates.js';
import type { Language, Sheet, SheetLine } from './sheet.js';
import { workbookOf } from './workbook.js';

export type PrintFormat = 'csv' | 'xlsx' | 'html';

/** Lines of what is made as a whole: more of them are a file that nobody opens. */
const mostLines: Readonly<Record<'xlsx' | 'html', number>> = { xlsx: 20_000, html: 5_000 };
/** Lines that are sent together. */
const batch = 200;

/** The part of a reply that printing needs. */
export interface Headers {
  header(name: string, value: string): unknown;
}

/** Prints sheets: CSV as it is read, workbooks and pages as a whole. */
@Injectable()
export class Printing {
  constructor(private readonly templates: ReportTemplates) {}

  async print(sheet: Sheet, format: PrintFormat, language: Language, reply: Headers): Promise<StreamableFile> {
    switch (format) {
      case 'csv': {
        const lines = await begun(sheet.lines);
        const stream = Readable.from(batched(csvOf({ ...sheet, lines }, { language })), { objectMode: false });
        return new StreamableFile(stream, { type: csvType, disposition: attachment(fileName(sheet, 'csv')) });
      }
      case 'xlsx': {
        const lines = await collected(sheet.lines, mostLines.xlsx);
        const template = await this.templates.read(sheet.form.name, language);
        const workbook = await workbookOf({ ...sheet, lines }, template, language);
        return new StreamableFile(workbook, { type: workbookType, disposition: attachment(fileName(sheet, 'xlsx')) });
      }
      case 'html': {
        const lines = await collected(sheet.lines, mostLines.html);
        reply.header('content-security-policy', pagePolicy);
        const stream = Readable.from(batched(pageOf({ ...sheet, lines }, language)), { objectMode: false });
        return new StreamableFile(stream, { type: pageType });
      }
      default:
        return format satisfies never;
    }
  }
}

type Lines<T> = AsyncIterable<T> | Iterable<T>;

/** Reads the first line, so that what is in the way is answered as a problem and not as a file that breaks off. */
async function begun(lines: Lines<SheetLine>): Promise<AsyncIterable<SheetLine>> {
  const rest = iterate(lines);
  const first = await rest.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* rest;
  })();
}

async function* iterate<T>(lines: Lines<T>): AsyncGenerator<T> {
  yield* lines;
}

/** All of them. @throws Problem `REPORT.TOO_LARGE`. */
export async function collected(lines: Lines<SheetLine>, most: number): Promise<SheetLine[]> {
  const all: SheetLine[] = [];
  for await (const line of lines) {
    if (all.length >= most) {
      const message = `the report has more than ${most} lines: ask for a shorter period, or for csv`;
      throw new Problem('invalid', 'REPORT.TOO_LARGE', message, { most });
    }
    all.push(line);
  }
  return all;
}

async function* batched(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let together: string[] = [];
  for await (const piece of pieces) {
    together.push(piece);
    if (together.length < batch) continue;
    yield Buffer.from(together.join(''));
    together = [];
  }
  if (together.length > 0) yield Buffer.from(together.join(''));
}

function fileName({ form, head: { code, from, utcOffsetMinutes } }: Sheet, extension: string): string {
  return `${form.name}-${code.replaceAll('/', '-')}-${localDate(from, utcOffsetMinutes)}.${extension}`;
}
