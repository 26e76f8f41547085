import { Injectable } from '@nestjs/common';
import { Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { type AlertRow, shownAlert } from '../alerts/alerts.reader.js';
import { areaFigures, type CellScope, parametersOf, stationCodes } from '../board/area-figures.js';
import { capacityKept } from '../capacity/capacity.js';
import { CapacityReader } from '../capacity/capacity.reader.js';
import { commandCentreGroup, readTypes } from '../command-centre.consumes.js';
import { type KeyedBucket, keyFigures, keyKpis } from './key-figures.js';
import { day, type Period } from './period.js';
import type { AlertsOfRule, CentreReportResponse, FlowOfHour, KnownOfReport } from './report.dto.js';
import {
  countHeldUp,
  countToCome,
  readAlertRules,
  readAlertsOfPeriod,
  readAlertsOfStations,
  readByDay,
  readByHour,
  readByStation,
  readFirstHour,
  readStandingOfArea,
} from './report.sql.js';

/** Of what a report is asked for. */
export interface ReportScope {
  readonly areaCode: string;
  /** Of these stations alone; of all, and of what is at none, where they are not named. */
  readonly stations?: readonly string[] | undefined;
  readonly countyCode?: string | undefined;
  /** Whose enterprises; undefined stands for all. */
  readonly counties?: readonly string[] | undefined;
  readonly period: Period;
  readonly utcOffsetMinutes: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

const hour = 3_600_000;
const comparedDays = 7;
const mostAlerts = 1_000;
const mostToCome = 10_000;

interface StandingRow {
  readonly kind: 'visit' | 'exception' | 'station';
  readonly stationCode: string;
  readonly label: string;
  readonly count: number;
}

type HourRow = Omit<FlowOfHour, 'at' | 'departuresBefore'> & { readonly hour: number };

/** Reads what happened in an area from the same cells as its board: some dozens of rows for each hour, whatever lies before. */
@Injectable()
export class CentreReports {
  constructor(
    private readonly database: Database,
    private readonly capacity: CapacityReader,
  ) {}

  /** @throws Problem `forbidden` where the stations are of counties, and none of them lies in the area. */
  async read(scope: ReportScope): Promise<CentreReportResponse> {
    const { areaCode, countyCode, period, utcOffsetMinutes, now } = scope;
    const { from, to, span, isOver } = period;
    const codes = await stationCodes(this.database, areaCode, scope.stations, countyCode);
    const firstHour = await this.#firstHour(areaCode);
    const daysBefore = knownDays(firstHour, from);
    const own = { areaCode, codes, from, to };
    const before = { ...own, from: from - daysBefore * day, to: from };
    const [figures, figuresBefore, byStation, byDay, byHour, standing, alerts, capacity, known] = await Promise.all([
      areaFigures(this.database, own),
      areaFigures(this.database, before),
      this.database.rows<KeyedBucket>(readByStation, [...parametersOf(own), keyKpis]),
      this.#byDay({ ...before, to }, utcOffsetMinutes),
      this.database.rows<HourRow>(readByHour, parametersOf({ ...before, to })),
      this.database.rows<StandingRow>(readStandingOfArea, [areaCode, codes]),
      this.#alerts(own, now),
      this.#capacity(scope),
      this.#counted(areaCode, to),
    ]);
    const stationsOfArea = standing.filter(({ kind }) => kind === 'station').map(({ stationCode }) => stationCode);
    // Of an area in which none of his stations lies he is told nothing, not even how far it is counted.
    if (scope.stations !== undefined && stationsOfArea.length === 0)
      throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_AREA', `no station of yours lies in area ${areaCode}`, {
        areaCode,
      });
    const stations = [...new Set([...stationsOfArea, ...byStation.map(({ key }) => key)])]
      // What is at no station is in the total alone.
      .filter((code) => code !== '')
      .toSorted()
      .map((stationCode) => ({
        stationCode,
        ...keyFigures(byStation.filter(({ key }) => key === stationCode)),
        alerts: alerts.byStation.get(stationCode) ?? 0,
      }));
    return {
      areaCode,
      ...(countyCode !== undefined && { countyCode }),
      span,
      from: toIso(from),
      to: toIso(to),
      asOf: toIso(now),
      isOver,
      utcOffsetMinutes,
      total: keyFigures(byStation),
      before: keyFigures(byDay.filter(({ key }) => Number(key) < from)),
      figures,
      figuresBefore,
      days: daysBetween(before.from, Math.min(to, now)).map((at) => ({
        at: toIso(at),
        ...keyFigures(byDay.filter(({ key }) => Number(key) === at)),
      })),
      hours: hoursOf(byHour, { from, to: Math.min(to, now), daysBefore }),
      stations,
      alertRules: alerts.rules,
      alerts: alerts.newest,
      exceptionsOpen: exceptionsOf(standing),
      ...capacity,
      known: {
        ...(firstHour !== undefined && { countedSince: toIso(firstHour) }),
        daysBefore,
        stationsWithoutTrucks: stations
          .filter(({ arrivalsIn, arrivalsOut, departures }) => arrivalsIn + arrivalsOut + departures === 0)
          .map(({ stationCode }) => stationCode),
        trucksOnSite: sum(standing.filter(({ kind }) => kind === 'visit')),
        ...known,
      },
    };
  }

  async #firstHour(areaCode: string): Promise<number | undefined> {
    const [first] = await this.database.rows<{ hour: number | null }>(readFirstHour, [areaCode]);
    return first?.hour ?? undefined;
  }

  #byDay(scope: CellScope, utcOffsetMinutes: number): Promise<KeyedBucket[]> {
    return this.database.rows<KeyedBucket>(readByDay, [...parametersOf(scope), keyKpis, utcOffsetMinutes * 60]);
  }

  async #alerts({ areaCode, codes, from, to }: CellScope, now: number) {
    const stood = [areaCode, codes, from, to];
    const [rules, byStation, newest] = await Promise.all([
      this.database.rows<AlertsOfRule>(readAlertRules, [...stood, now]),
      this.database.rows<{ stationCode: string; count: number }>(readAlertsOfStations, stood),
      this.database.rows<AlertRow>(readAlertsOfPeriod, [...stood, mostAlerts]),
    ]);
    return {
      rules,
      byStation: new Map(byStation.map(({ stationCode, count }) => [stationCode, count])),
      newest: newest.map((row) => shownAlert(row, now)),
    };
  }

  /** What was kept up when the time began and when it ended; now, while it is running. */
  async #capacity({ areaCode, countyCode, counties, period, now }: ReportScope) {
    const moments = [period.from, Math.min(period.to, now)];
    const seen = countyCode === undefined ? counties : (counties ?? [countyCode]).filter((each) => each === countyCode);
    const { totals, parts } = await this.capacity.read({ areas: [areaCode], counties: seen }, [...new Set(moments)]);
    const [began, ended] = moments.map((moment) => parts.filter(({ at }) => at === moment));
    return {
      capacity: capacityKept(totals, ended ?? []),
      capacityBefore: capacityKept(totals, began ?? []),
      capacityCounties: totals.map((total) => ({
        countyCode: total.countyCode,
        figures: capacityKept(
          [total],
          (ended ?? []).filter((part) => part.countyCode === total.countyCode),
        ),
      })),
    };
  }

  async #counted(areaCode: string, to: number): Promise<Pick<KnownOfReport, 'eventsHeldUp' | 'eventsToCome'>> {
    const [[heldUp], [toCome]] = await Promise.all([
      this.database.rows<{ count: number }>(countHeldUp, [areaCode, commandCentreGroup]),
      this.database.rows<{ count: number }>(countToCome, [areaCode, commandCentreGroup, readTypes, to, mostToCome]),
    ]);
    return { eventsHeldUp: heldUp?.count ?? 0, eventsToCome: toCome?.count ?? 0 };
  }
}

/** A day counts where it was counted from its beginning: before the first hour nobody counted, which is not none. */
export function knownDays(firstHour: number | undefined, from: number): number {
  if (firstHour === undefined) return 0;
  return Math.min(comparedDays, Math.max(0, Math.floor((from - firstHour) / day)));
}

const daysBetween = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / day)) }, (_, index) => from + index * day);

interface HoursOfReport {
  readonly from: number;
  readonly to: number;
  readonly daysBefore: number;
}

/** Every hour that has begun, those without a truck too, beside the same hour of the known days before. */
export function hoursOf(rows: readonly HourRow[], { from, to, daysBefore }: HoursOfReport): FlowOfHour[] {
  const byHour = new Map(rows.map((row) => [row.hour, row]));
  const leftAt = (at: number): number => byHour.get(at)?.departures ?? 0;
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / hour)) }, (_, index) => {
    const at = from + index * hour;
    const { arrivalsIn = 0, arrivalsOut = 0, departures = 0 } = byHour.get(at) ?? {};
    // Of a week, too, the days before are those before its Monday.
    const hourOfDay = (at - from) % day;
    const same = Array.from({ length: daysBefore }, (_each, days) => from - (days + 1) * day + hourOfDay);
    return {
      at: toIso(at),
      arrivalsIn,
      arrivalsOut,
      departures,
      ...(daysBefore > 0 && { departuresBefore: same.reduce((total, each) => total + leftAt(each), 0) / daysBefore }),
    };
  });
}

function exceptionsOf(standing: readonly StandingRow[]): { code: string; count: number }[] {
  const open = standing.filter(({ kind }) => kind === 'exception');
  return [...new Set(open.map(({ label }) => label))]
    .toSorted()
    .map((code) => ({ code, count: sum(open.filter(({ label }) => label === code)) }));
}

const sum = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((total, { count }) => total + count, 0);
