import Table from 'cli-table3';
import type { PolicyFigures } from './figures/policy-figures.js';
import { whyNot } from './page/study-page.js';
import type { StudyResult } from './run-study.js';
import { explanation } from './study-texts.js';

const plain = { style: { head: [], border: [] } };

/** Below this share of what nearest-first waits there is hardly anything to gain. */
const smallGap = 0.1;

/** The results as tables for a terminal, without colours. */
export function printStudy(results: readonly StudyResult[], language: 'en' | 'zh'): string {
  return [waiting(results), ...results.map(behind), ...explanation[language]].join('\n\n');
}

function waiting(results: readonly StudyResult[]): string {
  const table = new Table({
    ...plain,
    head: [
      'day',
      'drivers',
      'policy',
      'weighted min',
      'mean',
      'p95',
      'longest',
      'served',
      'not served, and why',
      'gap closed',
    ],
  });
  for (const result of results) {
    const { name, drivers, driversPercent, nearestFirst, yizhan, hindsightAtLeast } = result;
    const pool = driversPercent === undefined ? String(drivers) : `${drivers} (${driversPercent} %)`;
    table.push(
      [name, pool, 'nearest first', ...cells(nearestFirst), ''],
      [name, pool, 'yizhan', ...cells(yizhan), closedOf(result)],
      [name, pool, 'hindsight at least', Math.round(hindsightAtLeast), '', '', '', '', '', ''],
    );
  }
  return table.toString();
}

function cells(figures: PolicyFigures): (string | number)[] {
  const { weightedMinutes, mean, p95, longest, served, notServed } = figures;
  const minutes = [mean.toFixed(1), p95.toFixed(0), longest.toFixed(0)];
  return [Math.round(weightedMinutes), ...minutes, served, whyNot(notServed)];
}

function closedOf({ gap, closed }: StudyResult): string {
  if (closed === undefined) return 'nothing to close';
  const share = `at least ${(closed * 100).toFixed(1)} %`;
  return gap > smallGap ? share : `${share} (gap under ${smallGap * 100} %)`;
}

function behind({ name, drivers, yizhan }: StudyResult): string {
  const { looks, lateShiftEnds, turnedAway, assignments } = yizhan;
  const ms = (value: number): string => value.toFixed(2);
  return (
    `${name}, ${drivers} drivers: ${turnedAway} turned away, ${assignments} assignments into the zone; ` +
    `${looks.count} looks, each p50 ${ms(looks.p50)} ms, p99 ${ms(looks.p99)} ms, longest ${ms(looks.longest)} ms; ` +
    `${lateShiftEnds.count} of ${lateShiftEnds.of} shifts ended late because a trip took longer than planned, the longest by ${lateShiftEnds.longest} min`
  );
}
