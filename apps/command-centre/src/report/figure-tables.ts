import { kpiNames, kpis } from '../kpis/kpis.js';
import type { CentreReportResponse } from './report.dto.js';
import type { Table } from './table.js';
import type { Words } from './words.js';

type Report = CentreReportResponse;
type Figure = Report['figures'][number];

const partKey = ({ kpi, flow, split }: Figure): string => `${kpi}\u0000${flow}\u0000${split}`;

/** Each figure of the time, or of the days before, in the order of `docs/kpis.md`, with what it was before. */
function beside(report: Report, kpisShown: readonly string[]): { figure: Figure; before: Figure | undefined }[] {
  const before = new Map(report.figuresBefore.map((figure) => [partKey(figure), figure]));
  const own = new Set(report.figures.map(partKey));
  const gone = report.figuresBefore
    .filter((figure) => !own.has(partKey(figure)))
    .map(({ kpi, flow, split }) => ({ kpi, flow, split, count: 0 }));
  const all = [...report.figures, ...gone];
  return kpisShown.flatMap((kpi) =>
    all
      .filter((figure) => figure.kpi === kpi)
      .toSorted((one, other) => (partKey(one) < partKey(other) ? -1 : 1))
      .map((figure) => ({ figure, before: before.get(partKey(figure)) })),
  );
}

const perDayBefore = ({ known: { daysBefore } }: Report, before: Figure | undefined): number | null =>
  daysBefore === 0 ? null : (before?.count ?? 0) / daysBefore;

export function times(report: Report, words: Words): Table {
  const shown = ['queue_outside', 'turn_time', 'queue_inside', 'driver_wait', 'swap_time', 'dwell', 'run_time'];
  const rows = beside(report, shown).map(({ figure, before }) => [
    words.names.kpi(figure.kpi),
    perspectiveOf(figure.kpi, words),
    words.names.code(figure.flow),
    words.names.part(figure.split),
    figure.count,
    figure.p50Seconds ?? null,
    figure.p90Seconds ?? null,
    figure.p95Seconds ?? null,
    before?.p50Seconds ?? null,
    before?.p90Seconds ?? null,
  ]);
  return words.table(
    'times',
    [
      ['figure', 'text'],
      ['whose', 'text'],
      ['direction', 'text'],
      ['part', 'text'],
      ['count', 'count'],
      ['P50', 'duration'],
      ['P90', 'duration'],
      ['P95', 'duration'],
      ['before_p50', 'duration'],
      ['before_p90', 'duration'],
    ],
    rows,
  );
}

function perspectiveOf(kpi: string, words: Words): string {
  const known = kpiNames.find((name) => name === kpi);
  const perspective = known === undefined ? 'none' : kpis[known].perspective;
  return perspective === 'none' ? '' : words.names.code(perspective);
}

export function causes(report: Report, words: Words): Table {
  const shown = ['departures', 'slot_adherence', 'declines', 'aborts', 'holds', 'check_failures'];
  const rows = beside(report, shown).map(({ figure, before }) => [
    words.names.kpi(figure.kpi),
    words.names.code(figure.flow),
    words.names.part(figure.split),
    figure.count,
    perDayBefore(report, before),
  ]);
  return words.table(
    'causes',
    [
      ['figure', 'text'],
      ['direction', 'text'],
      ['part', 'text'],
      ['count', 'count'],
      ['before_per_day', 'mean'],
    ],
    rows,
  );
}

export function exceptions(report: Report, words: Words): Table {
  const { figures, figuresBefore, exceptionsOpen, known } = report;
  const ofCode = (from: readonly Figure[], kpi: string, code: string) =>
    from.filter((figure) => figure.kpi === kpi && figure.split === code);
  const codes = new Set([
    ...[...figures, ...figuresBefore].filter(({ kpi }) => kpi.startsWith('exception')).map(({ split }) => split),
    ...exceptionsOpen.map(({ code }) => code),
  ]);
  const rows = [...codes].toSorted().map((code) => {
    const ended = ofCode(figures, 'exception_age', code);
    // Exceptions have no direction: there is one figure of each code, or none.
    const [age] = ended;
    return [
      words.names.exception(code),
      code,
      sum(ofCode(figures, 'exceptions', code)),
      known.daysBefore === 0 ? null : sum(ofCode(figuresBefore, 'exceptions', code)) / known.daysBefore,
      sum(ended),
      age?.p50Seconds ?? null,
      age?.p90Seconds ?? null,
      sum(exceptionsOpen.filter((open) => open.code === code)),
    ];
  });
  return words.table(
    'exceptions',
    [
      ['exceptions', 'text'],
      ['name', 'text'],
      ['opened', 'count'],
      ['before_per_day', 'mean'],
      ['ended', 'count'],
      ['P50', 'duration'],
      ['P90', 'duration'],
      ['open_now', 'count'],
    ],
    rows,
  );
}

export function everyFigure(report: Report, words: Words): Table {
  const rows = beside(report, kpiNames).map(({ figure, before }) => [
    figure.kpi,
    words.names.kpi(figure.kpi),
    figure.flow,
    figure.split,
    figure.count,
    figure.p50Seconds ?? null,
    figure.p90Seconds ?? null,
    figure.p95Seconds ?? null,
    perDayBefore(report, before),
    before?.p50Seconds ?? null,
    before?.p90Seconds ?? null,
  ]);
  return words.table(
    'figures',
    [
      ['name', 'text'],
      ['figure', 'text'],
      ['direction', 'text'],
      ['part', 'text'],
      ['count', 'count'],
      ['P50', 'duration'],
      ['P90', 'duration'],
      ['P95', 'duration'],
      ['before_per_day', 'mean'],
      ['before_p50', 'duration'],
      ['before_p90', 'duration'],
    ],
    rows,
    0,
  );
}

const sum = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((total, { count }) => total + count, 0);
