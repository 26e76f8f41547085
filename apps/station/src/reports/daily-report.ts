import { Injectable } from '@nestjs/common';
import { type DailyFacts, type DailyFigures, dailyFigures } from './daily-figures.js';
import { FactsOfPeriod } from './facts-of-period.js';
import type { Period } from './period.js';
import type { ReportScope } from './report-scope.js';
import { type ReportedVisit, VisitsOfPeriod } from './visits-of-period.js';

export interface DailyReport {
  readonly total: DailyFigures;
  /** Of each station; none where the report is of one. */
  readonly stations: readonly { readonly stationCode: string; readonly figures: DailyFigures }[];
}

/** 中转站日报表: what happened at a station, or in an area, in a day or a shift. */
@Injectable()
export class DailyReports {
  constructor(
    private readonly visits: VisitsOfPeriod,
    private readonly facts: FactsOfPeriod,
  ) {}

  async read(scope: ReportScope, period: Period, now: number): Promise<DailyReport> {
    const facts = await this.#facts(scope, period);
    const { strandedAfter, stationCodes } = scope;
    const counting = { period, now, strandedAfter };
    const total = dailyFigures(facts, counting);
    if (stationCodes.length < 2) return { total, stations: [] };
    const stations = stationCodes.map((stationCode) => ({
      stationCode,
      figures: dailyFigures(ofStation(facts, stationCode), counting),
    }));
    return { total, stations };
  }

  async #facts(scope: ReportScope, period: Period): Promise<DailyFacts> {
    const visits: ReportedVisit[] = [];
    for await (const visit of this.visits.all(scope, period)) visits.push(visit);
    const [swaps, runs, exceptions] = await Promise.all([
      this.facts.swaps(scope, period),
      this.facts.runs(scope, period),
      this.facts.exceptions(scope, period),
    ]);
    const brought = visits.flatMap(({ broughtBy }) => (broughtBy?.kind === 'driver' ? [broughtBy.id] : []));
    const driverIds = new Set([...brought, ...swaps.map(({ toDriverId }) => toDriverId)]);
    return { visits, swaps, runs, exceptions, sides: await this.facts.sides([...driverIds], period) };
  }
}

function ofStation({ visits, swaps, runs, exceptions, sides }: DailyFacts, code: string): DailyFacts {
  const isHere = ({ stationCode }: { readonly stationCode: string | null }) => stationCode === code;
  return {
    visits: visits.filter(isHere),
    swaps: swaps.filter(isHere),
    runs: runs.filter(isHere),
    exceptions: exceptions.filter(isHere),
    sides,
  };
}
