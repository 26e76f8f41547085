import { Code, Instant, Nested, NumberInAddress, OneOf, PageQuery, Quantity, Text, WholeNumber } from '@yizhan/http';
import { kpiNames } from '../kpis/kpis.js';

const flowMeans = '`into_zone` or `out_of_zone`; empty for what has none';
const splitMeans = 'which part of the figure, as `docs/kpis.md` has it; else empty';
const middle = 'nearest rank, within 1.5 % of the exact one; absent where the figure is a mere count';

/** What a board shows. */
export class BoardQuery {
  @NumberInAddress()
  @WholeNumber({ optional: true, min: 1, max: 168, description: 'how far back figures go; 24 unless given' })
  readonly hours?: number;

  @Code({ optional: true, description: 'only the stations of this county' })
  readonly countyCode?: string;
}

/** A figure of the command centre: see `docs/kpis.md`. */
export class KpiFigure {
  @OneOf(kpiNames)
  readonly kpi: string;

  @Text({ free: true, description: flowMeans })
  readonly flow: string;

  @Text({ free: true, description: splitMeans })
  readonly split: string;

  @WholeNumber()
  readonly count: number;

  @Quantity({ optional: true, description: middle })
  readonly p50Seconds?: number;

  @Quantity({ optional: true, description: middle })
  readonly p90Seconds?: number;

  @Quantity({ optional: true, description: middle })
  readonly p95Seconds?: number;
}

/** Trucks through the gates of one station in one hour. */
export class HourOfStation {
  @Instant({ description: 'beginning of the hour, UTC' })
  readonly hour: string;

  @Code()
  readonly stationCode: string;

  @Text({ free: true, description: flowMeans })
  readonly flow: string;

  @WholeNumber()
  readonly arrivals: number;

  @WholeNumber()
  readonly departures: number;
}

/** How many are in one state now, such as trucks that wait for a driver at one station. */
export class StandingNow {
  @OneOf(['visit', 'exception', 'run', 'driver', 'station'])
  readonly kind: string;

  @Code({ description: 'as `docs/kpis.md` has it; what a driver on duty is at; the status of a station' })
  readonly state: string;

  @Text({ free: true, description: 'empty for what is of the whole area' })
  readonly stationCode: string;

  @Text({ free: true, description: flowMeans })
  readonly flow: string;

  @Text({ free: true, description: 'code of exceptions, direction of runs, side of drivers, county of a station' })
  readonly label: string;

  @WholeNumber({ min: 1 })
  readonly count: number;

  @Instant({ description: 'since when the one that has been in it longest is' })
  readonly oldestSince: string;

  @WholeNumber({ description: 'how many are past the time that they are due' })
  readonly overdue: number;

  @WholeNumber({ description: 'until what is due of all of them together; of drivers, until their shifts end' })
  readonly secondsLeft: number;

  @WholeNumber({ description: 'for how long all of them together have been in it; of idle drivers, their idle time' })
  readonly secondsSince: number;
}

/** What a command centre sees of an area at a glance. */
export class AreaBoardResponse {
  @Code()
  readonly areaCode: string;

  @Instant({ description: 'beginning of the first hour that figures are of' })
  readonly from: string;

  @Instant({ description: 'end of the hour that is running' })
  readonly to: string;

  @Instant()
  readonly asOf: string;

  @Nested(() => KpiFigure, { list: true, mostItems: 10_000 })
  readonly figures: readonly KpiFigure[];

  @Nested(() => HourOfStation, { list: true, mostItems: 100_000 })
  readonly hours: readonly HourOfStation[];

  @Nested(() => StandingNow, { list: true, mostItems: 10_000 })
  readonly now: readonly StandingNow[];
}

const mostRows = 2_000;
export const steps = ['hour', 'day', 'total'] as const;
export const dimensions = ['station', 'carrier', 'enterprise'] as const;

/** Which figures of an area. */
export class FiguresQuery extends PageQuery {
  @NumberInAddress()
  @WholeNumber({ optional: true, min: 1, max: mostRows })
  override readonly limit: number = mostRows;

  @OneOf(steps, { optional: true, description: 'how time is cut; `hour` unless given' })
  readonly step?: (typeof steps)[number];

  @NumberInAddress()
  @WholeNumber({
    optional: true,
    min: -840,
    max: 840,
    description: 'where days begin: minutes that local time is ahead of UTC; 480, China’s, unless given',
  })
  readonly utcOffsetMinutes?: number;

  @OneOf(dimensions, { optional: true, description: 'whose figures; `station` unless given' })
  readonly by?: (typeof dimensions)[number];

  @Code({ optional: true, description: 'only this station, carrier or enterprise' })
  readonly code?: string;

  @OneOf(kpiNames, { optional: true })
  readonly kpi?: string;

  @Instant({ optional: true, description: 'hours that begin then or later; 24 h before `to` unless given' })
  readonly from?: string;

  @Instant({ optional: true, description: 'hours that begin before; now unless given' })
  readonly to?: string;
}

/** A figure of a station, carrier or enterprise in an hour, a day or the whole time. */
export class FigureRow extends KpiFigure {
  @Instant({ description: 'beginning of the hour, of the local day, or of the whole time' })
  readonly at: string;

  @Text({ free: true, description: 'station, carrier or enterprise; empty for what names no station' })
  readonly code: string;
}
