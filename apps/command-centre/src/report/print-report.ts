import { attachment, csvType, pageType, pdfType, type PrintLanguage, workbookType } from '@yizhan/print';
import { csvOf } from './report-csv.js';
import { documentOf } from './report-document.js';
import { pageOf, reportPagePolicy } from './report-page.js';
import type { CentreReportResponse, ReportFormat } from './report.dto.js';
import { workbookOf } from './report-workbook.js';
import { localTime, type ReportTable } from './table.js';

/** A report as it is sent. */
export interface PrintedReport {
  readonly content: Buffer;
  readonly type: string;
  /** Absent for what is shown in the browser. */
  readonly disposition?: string;
  /** What the page may do. */
  readonly policy?: string;
}

export interface AskedPrint {
  readonly format: Exclude<ReportFormat, 'json'>;
  readonly table?: ReportTable | undefined;
  readonly lang?: PrintLanguage | undefined;
}

/** Writes a report for people. */
export class PrintReport {
  /** @param named areas and stations by their codes; what is not named is called by its code */
  constructor(private readonly named: Readonly<Record<string, string>>) {}

  async print(report: CentreReportResponse, asked: AskedPrint): Promise<PrintedReport> {
    const { format, table = 'figures', lang: language = 'zh' } = asked;
    const { named } = this;
    const { utcOffsetMinutes } = report;
    const document = documentOf(report, language, named);
    switch (format) {
      case 'html': {
        const charts = await chartsIn(report, language, named);
        const page = pageOf(document, charts, { language, utcOffsetMinutes });
        return { content: Buffer.from(page), type: pageType, policy: reportPagePolicy };
      }
      case 'pdf': {
        // Loaded when the first is asked for, as with plots and workbooks: most processes never make one.
        const { pdfOf } = await import('./report-pdf.js');
        const charts = await chartsIn(report, language, named);
        const shown = { language, utcOffsetMinutes, asOf: Date.parse(report.asOf) };
        return file(report, 'pdf', pdfType, await pdfOf(document, charts, shown));
      }
      case 'xlsx':
        return file(report, 'xlsx', workbookType, await workbookOf(document, { language, utcOffsetMinutes }));
      case 'csv': {
        const shown = document.tables.find(({ name }) => name === table);
        if (!shown) throw new Error(`a report without the table ${table}`);
        return file(report, `${table}.csv`, csvType, Buffer.from(csvOf(shown, utcOffsetMinutes)));
      }
      default:
        return format satisfies never;
    }
  }
}

const chartsIn = async (
  report: CentreReportResponse,
  language: PrintLanguage,
  named: Readonly<Record<string, string>>,
) => (await import('./report-charts.js')).chartsOf(report, language, named);

/** Named for its area and its first day: `report-yiwu-week-2026-03-02.pdf`. */
function file(report: CentreReportResponse, ending: string, type: string, content: Buffer): PrintedReport {
  const { areaCode, countyCode, span, from, utcOffsetMinutes } = report;
  const begins = localTime(Date.parse(from), utcOffsetMinutes).slice(0, 10);
  const name = ['report', areaCode, ...(countyCode === undefined ? [] : [countyCode]), span, begins].join('-');
  return { content, type, disposition: attachment(`${name}.${ending}`) };
}
