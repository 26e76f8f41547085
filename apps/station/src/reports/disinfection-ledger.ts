import { Injectable } from '@nestjs/common';
import type { Flow, Party } from '@yizhan/contracts';
import { isWithin, type Period } from './period.js';
import type { ReportScope } from './report-scope.js';
import { type ReportedVisit, VisitsOfPeriod } from './visits-of-period.js';

/** One inspection of a truck's disinfection; epoch milliseconds. */
export interface DisinfectionEntry {
  readonly stationCode: string;
  readonly checkedAt: number;
  readonly plate: string;
  readonly flow: Flow;
  readonly passed: boolean;
  readonly reason?: string;
  readonly broughtBy?: Party;
  readonly policy: { readonly id: string; readonly version: string };
  readonly visitId: string;
}

const disinfection = 'disinfection';

/** The disinfection checks of a visit that lie in the period. */
export function disinfectionsOf(visit: ReportedVisit, period: Period): DisinfectionEntry[] {
  const { visitId, stationCode, plate, flow, broughtBy, checks } = visit;
  return checks.flatMap(({ at, policy, results }) => {
    const result = results.find(({ check }) => check === disinfection);
    if (!result || !isWithin(period, at)) return [];
    const { passed, reason } = result;
    return [
      {
        stationCode,
        checkedAt: at,
        plate,
        flow,
        passed,
        policy,
        visitId,
        ...(reason === undefined ? {} : { reason }),
        ...(broughtBy === undefined ? {} : { broughtBy }),
      },
    ];
  });
}

/** 消杀台账: every disinfection that was inspected, truck by truck in the order of their arrivals. */
@Injectable()
export class DisinfectionLedger {
  constructor(private readonly visits: VisitsOfPeriod) {}

  async *read(scope: ReportScope, period: Period): AsyncGenerator<DisinfectionEntry> {
    for await (const visit of this.visits.all(scope, period)) yield* disinfectionsOf(visit, period);
  }
}
