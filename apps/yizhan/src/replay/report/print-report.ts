import Table from 'cli-table3';
import type { Distribution } from './figures.js';
import type { OpenVisit, ReplayReport } from './replay-report.js';

const listed = 10;
const plain = { style: { head: [], border: [] } };

/** The report as tables for a terminal, without colours. */
export function printReport(report: ReplayReport): string {
  const { scenario, seed, day, file, madeUp } = report;
  return [
    `${scenario.title} · ${file.name}${day === null ? '' : ` · ${day}`} · seed ${seed}`,
    madeUp,
    arrivals(report),
    visits(report),
    durations(report),
    relay(report),
    trouble(report),
    leftOver(report),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function arrivals({
  file,
  arrivals: { rows, departed, open, cancelled, isEveryRowAccountedFor },
  returns,
}: ReplayReport): string {
  const table = new Table({ ...plain, head: ['arrivals', 'trucks'] });
  table.push(
    ['cargo exits in the file', file.cargoExits],
    ['exact duplicates dropped', file.duplicatesDropped],
    ['rows used', rows],
    ['departed', departed],
    ['open, each with a reason', open.length],
    ['cancelled, each with a reason', cancelled.length],
    ['went into the zone', returns.wentIn],
    ['came out again', returns.cameOut],
    ['still at a station on the way out', returns.atStation.length],
    ['still in the zone', returns.inZone.length],
  );
  const sum = `${departed} departed + ${open.length} open + ${cancelled.length} cancelled`;
  return `${table.toString()}\n${rows} rows = ${sum}: ${isEveryRowAccountedFor ? 'every row is accounted for' : 'ROWS ARE MISSING'}`;
}

function visits({ visits: { intoZone, outOfZone } }: ReplayReport): string {
  const table = new Table({ ...plain, head: ['visits', 'into the zone', 'out of it'] });
  const outcomes = [...new Set([...Object.keys(intoZone.departed), ...Object.keys(outOfZone.departed)])].toSorted();
  table.push(
    ['arrived', intoZone.arrived, outOfZone.arrived],
    ['driver swapped', intoZone.swapped, outOfZone.swapped],
    ['cargo released', intoZone.released, outOfZone.released],
    ...outcomes.map((outcome) => [
      `departed: ${outcome}`,
      intoZone.departed[outcome] ?? 0,
      outOfZone.departed[outcome] ?? 0,
    ]),
    ['cancelled', intoZone.cancelled, outOfZone.cancelled],
  );
  return table.toString();
}

function durations({ visits: { intoZone, outOfZone }, turnSeconds }: ReplayReport): string {
  const table = new Table({ ...plain, head: ['h:mm:ss', 'count', 'p50', 'p90', 'p95', 'max'] });
  const row = (name: string, { count, p50, p90, p95, max }: Distribution) => [
    name,
    count,
    ...[p50, p90, p95, max].map(clockTime),
  ];
  table.push(
    row('waiting, into the zone', intoZone.waitingSeconds),
    row('waiting, out of it', outOfZone.waitingSeconds),
    row('swap, into the zone', intoZone.swapSeconds),
    row('swap, out of it', outOfZone.swapSeconds),
    row('dwell, into the zone', intoZone.dwellSeconds),
    row('dwell, out of it', outOfZone.dwellSeconds),
    row('turn, in and out again', turnSeconds),
  );
  return table.toString();
}

function relay({ drivers, assignments, runs, queued, parked, unassigned }: ReplayReport): string {
  const table = new Table({ ...plain, head: ['relay drivers and assignments', ''] });
  table.push(
    ['relay drivers / who drove', `${drivers.enrolled} / ${drivers.drove}`],
    ['driver use: time on trucks of time on shift', `${(drivers.share * 100).toFixed(1)} %`],
    ['most drivers on trucks at once', drivers.mostAtOnce],
    ['trucks per driver, p50 / max', `${drivers.trucksEach.p50 ?? '-'} / ${drivers.trucksEach.max ?? '-'}`],
    ['proposed / assigned / accepted', `${assignments.proposed} / ${assignments.assigned} / ${assignments.accepted}`],
    ['assignments ended', counts(assignments.ended)],
    ['proposals refused', counts(assignments.refused)],
    ['handoffs that waited for want of a driver', unassigned.handoffs],
    ['  by rule', counts(unassigned.byRule)],
    ['runs opened / overdue', `${runs.opened} / ${runs.overdue}`],
    ['runs closed', counts(runs.closed)],
    ['queued for a bay', queued],
    ['trucks parked', parked],
  );
  return table.toString();
}

function trouble({ exceptions }: ReplayReport): string {
  const rows = Object.entries(exceptions);
  if (rows.length === 0) return '';
  const table = new Table({ ...plain, head: ['exceptions', 'opened', 'resolved'] });
  table.push(...rows.map(([code, { opened, resolved }]) => [code, opened, resolved]));
  return table.toString();
}

function leftOver({ arrivals: { open, cancelled }, returns: { atStation, inZone } }: ReplayReport): string {
  const lines = [
    ...[...open, ...atStation].map(openLine),
    ...inZone.map(({ plate, isOverdue }) => `${plate} is in the zone${isOverdue ? ', overdue' : ''}`),
    ...cancelled.map(({ visitId, reason }) => `visit ${visitId}: ${reason}`),
  ];
  if (lines.length === 0) return '';
  const more = lines.length > listed ? [`… and ${lines.length - listed} more in report.json`] : [];
  return ['Not finished:', ...lines.slice(0, listed), ...more].join('\n');
}

function openLine({ plate, stationCode, reason: { code, details } }: OpenVisit): string {
  return `${plate} at ${stationCode}: ${code}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

function counts(record: Readonly<Record<string, number>>): string {
  const parts = Object.entries(record).map(([name, count]) => `${name} ${count}`);
  return parts.length === 0 ? '-' : parts.join(', ');
}

function clockTime(seconds: number | null): string {
  if (seconds === null) return '-';
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
