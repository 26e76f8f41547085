import { Injectable, type StreamableFile } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import { toIso } from '@yizhan/kernel';
import { isoFields } from '../cases/iso-fields.js';
import { type Headers, type PrintFormat, Printing } from '../report-sheets/printing.js';
import type { Language, SheetLine, SheetName } from '../report-sheets/sheet.js';
import { sheetForms } from '../report-sheets/sheet-forms.js';
import type { DailyFigures } from './daily-figures.js';
import { dailyLines } from './daily-lines.js';
import { DailyReports } from './daily-report.js';
import { FactsOfPeriod } from './facts-of-period.js';
import type { Ledger } from './ledgers.js';
import type { LedgerQuery } from './ledgers.dto.js';
import { type Period, periodOf } from './period.js';
import type { ReportScope } from './report-scope.js';
import type { DailyFiguresResponse, DailyReportResponse, ReportQuery } from './reports.dto.js';

/** Hands a report out in the form that was asked for. */
@Injectable()
export class ReportDesk {
  constructor(
    private readonly reports: DailyReports,
    private readonly facts: FactsOfPeriod,
    private readonly printing: Printing,
  ) {}

  get now(): number {
    return this.facts.now;
  }

  async daily(scope: ReportScope, query: ReportQuery, reply: Headers): Promise<DailyReportResponse | StreamableFile> {
    const { now } = this;
    const period = periodOf(query, scope.utcOffsetMinutes, now);
    const { total, stations } = await this.reports.read(scope, period, now);
    const { format = 'json', lang } = query;
    if (format === 'json') {
      return {
        ...headOf(scope, period, now),
        total: figuresResponse(total),
        stations: stations.map(({ stationCode, figures }) => ({ stationCode, figures: figuresResponse(figures) })),
      };
    }
    const ofStations = stations.flatMap(({ stationCode, figures }) => dailyLines(stationCode, figures));
    const lines = [...dailyLines(scope.code, total), ...ofStations];
    return this.#print('daily', { scope, period, now, lines }, { format, lang }, reply);
  }

  async ledger<Item>(
    name: SheetName,
    ledger: Ledger<Item>,
    scope: ReportScope,
    query: LedgerQuery,
    reply: Headers,
  ): Promise<Page<Item> | StreamableFile> {
    const { now } = this;
    const period = periodOf(query, scope.utcOffsetMinutes, now);
    const { format = 'json', lang } = query;
    if (format === 'json') return ledger.page(scope, period, query);
    return this.#print(name, { scope, period, now, lines: ledger.lines(scope, period) }, { format, lang }, reply);
  }

  #print(
    name: SheetName,
    { scope, period, now, lines }: Content,
    { format, lang = 'zh' }: { readonly format: PrintFormat; readonly lang: Language | undefined },
    reply: Headers,
  ): Promise<StreamableFile> {
    const { code, name: place, utcOffsetMinutes } = scope;
    const head = { place, code, ...period, asOf: now, utcOffsetMinutes };
    return this.printing.print({ form: sheetForms[name], head, lines }, format, lang, reply);
  }
}

interface Content {
  readonly scope: ReportScope;
  readonly period: Period;
  readonly now: number;
  readonly lines: AsyncIterable<SheetLine> | Iterable<SheetLine>;
}

function headOf({ code, name, utcOffsetMinutes }: ReportScope, { from, to }: Period, now: number) {
  return { code, name, from: toIso(from), to: toIso(to), asOf: toIso(now), utcOffsetMinutes };
}

function figuresResponse(figures: DailyFigures): DailyFiguresResponse {
  const { cargo, turnedAway, redirected, exceptions } = figures;
  return {
    ...figures,
    cargo: [...cargo],
    turnedAway: [...turnedAway],
    redirected: [...redirected],
    exceptions: [...exceptions],
    stranded: figures.stranded.map(({ arrivedAt, departedAt, ...truck }) => ({
      ...truck,
      arrivedAt: toIso(arrivedAt),
      ...isoFields({ departedAt }),
    })),
  };
}
