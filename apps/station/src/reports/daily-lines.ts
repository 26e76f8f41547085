import type { SheetLine } from '../report-sheets/sheet.js';
import type { ByFlow, DailyFigures } from './daily-figures.js';

/** The figures of one station, or of several together, as lines of a table. */
export function dailyLines(stationCode: string, figures: DailyFigures): SheetLine[] {
  const ways = (section: string, item: string, { into_zone, out_of_zone }: ByFlow): SheetLine => ({
    stationCode,
    section,
    item,
    intoZone: into_zone,
    outOfZone: out_of_zone,
    // Three decimals each, and so has their sum.
    total: Math.round((into_zone + out_of_zone) * 1_000) / 1_000,
  });
  const sum = (section: string, item: string, total: number): SheetLine => ({ stationCode, section, item, total });
  const { outcomes, drivers, runs, cargo } = figures;
  return [
    ways('trucks', 'present_at_start', figures.presentAtStart),
    ways('trucks', 'arrived', figures.arrived),
    ways('trucks', 'departed', figures.departed),
    ways('trucks', 'present_at_end', figures.presentAtEnd),
    ways('outcomes', 'swapped', outcomes.swapped),
    ways('outcomes', 'no_swap_needed', outcomes.no_swap_needed),
    ways('outcomes', 'turned_away', outcomes.turned_away),
    ways('outcomes', 'redirected', outcomes.redirected),
    ...figures.turnedAway.map(({ reason, trucks }) => sum('turned_away', reason, trucks)),
    ...figures.redirected.map(({ reason, trucks }) => sum('redirected', reason, trucks)),
    ways('handoffs', 'completed', figures.swaps),
    ways('handoffs', 'aborted', figures.abortedHandoffs),
    ways('handoffs', 'cargo_held', figures.cargoHeld),
    ...cargo.map(({ category, consignments }) => ways('consignments', category, consignments)),
    ...cargo.map(({ category, tonnes }) => ways('tonnes', category, tonnes)),
    ...cargo.map(({ category, withoutTonnes }) => ways('consignments_without_tonnes', category, withoutTonnes)),
    sum('drivers_brought', 'inside', drivers.brought.inside),
    sum('drivers_brought', 'outside', drivers.brought.outside),
    sum('drivers_took_over', 'inside', drivers.tookOver.inside),
    sum('drivers_took_over', 'outside', drivers.tookOver.outside),
    sum('drivers_all', 'inside', drivers.all.inside),
    sum('drivers_all', 'outside', drivers.all.outside),
    sum('stranded', 'trucks', figures.stranded.length),
    ...figures.stranded.map(({ plate, waitedSeconds }) => sum('stranded', plate, Math.round(waitedSeconds / 360) / 10)),
    sum('runs', 'opened', runs.opened),
    sum('runs', 'returned', runs.returned),
    sum('runs', 'closed_otherwise', runs.closedOtherwise),
    sum('runs', 'overdue', runs.overdue),
    sum('runs', 'out_at_end', runs.outAtEnd),
    ...figures.exceptions.map(({ code, opened }) => sum('exceptions_opened', code, opened)),
    ...figures.exceptions.map(({ code, resolved }) => sum('exceptions_resolved', code, resolved)),
    ...figures.exceptions.map(({ code, open }) => sum('exceptions_open', code, open)),
  ];
}
