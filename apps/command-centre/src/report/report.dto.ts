import { printLanguages, type PrintLanguage } from '@yizhan/print';
import {
  CalendarDay,
  Code,
  Codes,
  Flag,
  Instant,
  Nested,
  NumberInAddress,
  OneOf,
  Quantity,
  WholeNumber,
} from '@yizhan/http';
import { AlertResponse } from '../alerts/alerts.dto.js';
import { alertRuleNames } from '../alerts/alert-rules.js';
import { KpiFigure } from '../board/board.dto.js';
import { CapacityFigure, CapacityOfCounty } from '../capacity/capacity.dto.js';
import { type Span, spans } from './period.js';
import { reportTables, type ReportTable } from './table.js';

export const reportFormats = ['json', 'html', 'pdf', 'xlsx', 'csv'] as const;
export type ReportFormat = (typeof reportFormats)[number];

const middle = 'nearest rank over all trucks, those with an exception too; within 1.5 % of the exact one';

/** Which time a report is of, and how it is wanted. */
export class CentreReportQuery {
  @OneOf(spans, { optional: true, description: '`day` unless given' })
  readonly span?: Span;

  @CalendarDay({
    optional: true,
    example: '2026-03-02',
    description: 'the local day, or any of the week, which begins on Monday; the last that is over unless given',
  })
  readonly day?: string;

  @Code({ optional: true, description: 'only the stations of this county' })
  readonly countyCode?: string;

  @NumberInAddress()
  @WholeNumber({
    optional: true,
    min: -840,
    max: 840,
    description: 'where days begin: minutes that local time is ahead of UTC, whole hours; 480, China’s, unless given',
  })
  readonly utcOffsetMinutes?: number;

  @OneOf(reportFormats, { optional: true, description: '`json` unless given; `html` is a page to print' })
  readonly format?: ReportFormat;

  @OneOf(reportTables, { optional: true, description: 'the one table that `csv` is of; `figures` unless given' })
  readonly table?: ReportTable;

  @OneOf(printLanguages, { optional: true, description: 'of everything but json; `zh` unless given' })
  readonly lang?: PrintLanguage;
}

/** The figures that one looks at first: see `docs/kpis.md`. */
export class KeyFigures {
  @WholeNumber()
  readonly arrivalsIn: number;

  @WholeNumber()
  readonly arrivalsOut: number;

  @WholeNumber()
  readonly departures: number;

  @WholeNumber()
  readonly driverNoShows: number;

  @WholeNumber()
  readonly truckNoShows: number;

  @WholeNumber()
  readonly declines: number;

  @WholeNumber()
  readonly aborts: number;

  @WholeNumber({ description: 'once for each reason' })
  readonly holds: number;

  @WholeNumber({ description: 'items that failed a check' })
  readonly checkFailures: number;

  @WholeNumber({ description: 'that were opened' })
  readonly exceptions: number;

  @WholeNumber({ description: 'of the area as a whole: a run is at no station' })
  readonly runsOverdue: number;

  @Quantity({ optional: true, description: middle })
  readonly driverWaitP50Seconds?: number;

  @Quantity({ optional: true, description: middle })
  readonly driverWaitP90Seconds?: number;

  @Quantity({ optional: true, description: middle })
  readonly dwellP50Seconds?: number;

  @Quantity({ optional: true, description: middle })
  readonly dwellP90Seconds?: number;

  @Quantity({ optional: true, description: middle })
  readonly turnTimeP90Seconds?: number;
}

export class KeyFiguresOfDay extends KeyFigures {
  @Instant({ description: 'beginning of the local day' })
  readonly at: string;
}

export class KeyFiguresOfStation extends KeyFigures {
  @Code()
  readonly stationCode: string;

  @WholeNumber({ description: 'that stood in this time' })
  readonly alerts: number;
}

/** Trucks through the gates of all stations in an hour. */
export class FlowOfHour {
  @Instant({ description: 'beginning of the hour' })
  readonly at: string;

  @WholeNumber()
  readonly arrivalsIn: number;

  @WholeNumber()
  readonly arrivalsOut: number;

  @WholeNumber()
  readonly departures: number;

  @Quantity({ optional: true, description: 'mean of the same hour of the days before; absent where none is known' })
  readonly departuresBefore?: number;
}

export class AlertsOfRule {
  @OneOf(alertRuleNames)
  readonly rule: string;

  @WholeNumber({ description: 'that stood in this time, also those that were opened before' })
  readonly stood: number;

  @WholeNumber({ description: 'of them critical when they were looked at last' })
  readonly critical: number;

  @WholeNumber({ description: 'also those that grew worse since' })
  readonly acknowledged: number;

  @WholeNumber()
  readonly escalated: number;

  @WholeNumber({ description: 'that still stood at the end' })
  readonly atEnd: number;

  @WholeNumber({ description: 'within this time' })
  readonly longestSeconds: number;
}

export class OpenExceptions {
  @Code()
  readonly code: string;

  @WholeNumber()
  readonly count: number;
}

/** What the figures do not say. */
export class KnownOfReport {
  @Instant({ optional: true, description: 'beginning of the first hour of which anything was ever counted' })
  readonly countedSince?: string;

  @WholeNumber({ max: 7, description: 'of the seven days before, those that were counted from beginning to end' })
  readonly daysBefore: number;

  @Codes({ description: 'through whose gates no truck went in this time' })
  readonly stationsWithoutTrucks: readonly string[];

  @WholeNumber({ description: 'trucks at the stations now: their times are counted when they leave' })
  readonly trucksOnSite: number;

  @WholeNumber({ description: 'events of the area that could not be counted, and wait for somebody' })
  readonly eventsHeldUp: number;

  @WholeNumber({ description: 'events of the area that are still to be counted, 10,000 at most' })
  readonly eventsToCome: number;
}

/** What happened in an area in a day or a week, beside the seven days before. */
export class CentreReportResponse {
  @Code()
  readonly areaCode: string;

  @Code({ optional: true })
  readonly countyCode?: string;

  @OneOf(spans)
  readonly span: Span;

  @Instant()
  readonly from: string;

  @Instant({ description: 'the first instant after it' })
  readonly to: string;

  @Instant({ description: 'when this was read' })
  readonly asOf: string;

  @Flag({ description: 'false while it is running' })
  readonly isOver: boolean;

  @WholeNumber({ min: -840, max: 840 })
  readonly utcOffsetMinutes: number;

  @Nested(() => KeyFigures)
  readonly total: KeyFigures;

  @Nested(() => KeyFigures, { description: 'of the days before that are known, all together: see `known.daysBefore`' })
  readonly before: KeyFigures;

  @Nested(() => KpiFigure, { list: true, mostItems: 10_000 })
  readonly figures: readonly KpiFigure[];

  @Nested(() => KpiFigure, {
    list: true,
    mostItems: 10_000,
    description: 'of the days before that are known, all together',
  })
  readonly figuresBefore: readonly KpiFigure[];

  @Nested(() => KeyFiguresOfDay, {
    list: true,
    mostItems: 14,
    description: 'the days before that are known, then those of the report, oldest first',
  })
  readonly days: readonly KeyFiguresOfDay[];

  @Nested(() => FlowOfHour, { list: true, mostItems: 168 })
  readonly hours: readonly FlowOfHour[];

  @Nested(() => KeyFiguresOfStation, { list: true, mostItems: 10_000 })
  readonly stations: readonly KeyFiguresOfStation[];

  @Nested(() => AlertsOfRule, { list: true, mostItems: 100 })
  readonly alertRules: readonly AlertsOfRule[];

  @Nested(() => AlertResponse, { list: true, mostItems: 1_000, description: 'the newest first, a thousand at most' })
  readonly alerts: readonly AlertResponse[];

  @Nested(() => OpenExceptions, { list: true, mostItems: 100, description: 'as of now, whenever they were opened' })
  readonly exceptionsOpen: readonly OpenExceptions[];

  @Nested(() => CapacityFigure, { list: true, mostItems: 10, description: 'at the end; now, while it is running' })
  readonly capacity: readonly CapacityFigure[];

  @Nested(() => CapacityFigure, { list: true, mostItems: 10, description: 'when it began' })
  readonly capacityBefore: readonly CapacityFigure[];

  @Nested(() => CapacityOfCounty, { list: true, mostItems: 1_000 })
  readonly capacityCounties: readonly CapacityOfCounty[];

  @Nested(() => KnownOfReport)
  readonly known: KnownOfReport;
}
