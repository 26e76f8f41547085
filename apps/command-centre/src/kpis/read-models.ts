import type { YizhanEvent } from '@yizhan/contracts';
import { loggedEvent } from '@yizhan/event-log';
import type { Transaction } from '@yizhan/persistence';
import { heardIn } from '../alerts/heard.js';
import { describedIn, reportedIn } from '../capacity/take-capacity.js';
import { describe, report } from '../capacity/capacity.sql.js';
import type { Fact, FactValues } from './fact.js';
import { alsoNeeded, Fold, needsOf, type StoryKey } from './fold.js';
import { placeOf } from './measure.js';
import {
  addCells,
  addCounts,
  hearStations,
  readStories,
  removeEmptyCells,
  removeEmptyCounts,
  removeStories,
  writeStories,
} from './read-models.sql.js';
import { standingOf } from './standing.js';
import type { Story } from './story.js';

interface StoryRow extends StoryKey {
  readonly kind: Story['kind'];
  readonly facts: string;
}

type WrittenFact = readonly [id: string, name: Fact['name'], at: number, values: FactValues];

/**
 * Folds events, in the order of the log, into every read model of the command centre. What it writes depends on the log
 * alone, not on how the log was cut into batches. @throws where one of them cannot be folded: nothing is written then.
 */
export async function foldInto(tx: Transaction, events: readonly YizhanEvent[]): Promise<void> {
  const needs = needsOf(events);
  const [stories, retracted] = await Promise.all([
    read(tx, needs.stories),
    Promise.all(needs.retracted.map(({ subject, id }) => loggedEvent(tx, subject, id))),
  ]);
  const drivers = await read(tx, alsoNeeded(events, stories));
  const fold = new Fold(
    [...drivers, ...stories],
    retracted.filter((event) => event !== undefined),
  );
  for (const event of events) fold.take(event);
  await write(tx, fold);
  const heard = heardIn(events).map(({ areaCode, stationCode, at }) => [areaCode, stationCode, at]);
  if (heard.length > 0) await tx.rows(hearStations, columnsOf(heard));
  const described = describedIn(events);
  if (described.length > 0) await tx.rows(describe, [JSON.stringify(described)]);
  const reported = reportedIn(events);
  if (reported.length > 0) await tx.rows(report, [JSON.stringify(reported)]);
}

async function read(tx: Transaction, keys: readonly StoryKey[]): Promise<Story[]> {
  if (keys.length === 0) return [];
  const rows = await tx.rows<StoryRow>(readStories, [
    keys.map(({ areaCode }) => areaCode),
    keys.map(({ subject }) => subject),
  ]);
  return rows.map(({ facts, ...row }) => ({
    ...row,
    facts: (JSON.parse(facts) as WrittenFact[]).map(([id, name, at, values]) => ({ id, name, at, values })),
  }));
}

async function write(tx: Transaction, fold: Fold): Promise<void> {
  const stories = fold.stories();
  const told = stories.filter(({ facts }) => facts.length > 0);
  const untold = stories.filter(({ facts }) => facts.length === 0);
  const sent: Promise<unknown>[] = [];
  const send = (sql: string, rows: readonly (readonly unknown[])[]): void => {
    if (rows.length > 0) sent.push(tx.rows(sql, columnsOf(rows)));
  };
  send(writeStories, told.map(rowOf));
  send(
    removeStories,
    untold.map(({ areaCode, subject }) => [areaCode, subject]),
  );
  const cells = fold
    .cells()
    .flatMap(({ areaCode, hour, stationCode, carrierId, enterpriseId, flow, kpi, split, bucket, by }) => {
      const cell = (dimension: string, code: string) => [areaCode, dimension, hour, code, flow, kpi, split, bucket, by];
      if (enterpriseId !== '') return [cell('enterprise', enterpriseId)];
      return [cell('station', stationCode), ...(carrierId === '' ? [] : [cell('carrier', carrierId)])];
    });
  const summed = sum(cells);
  send(addCells, summed);
  send(removeEmptyCells, summed.filter(isLess).map(withoutCount));
  const counts = fold
    .counts()
    .map(({ hour, areaCode, stationCode, figure, split, by }) => [hour, areaCode, stationCode, figure, split, by]);
  send(addCounts, counts);
  send(removeEmptyCounts, counts.filter(isLess).map(withoutCount));
  await Promise.all(sent);
}

const isLess = (row: readonly unknown[]): boolean => (row.at(-1) as number) < 0;
const withoutCount = (row: readonly unknown[]): readonly unknown[] => row.slice(0, -1);

/** Of several rows for one cell, as a station's has one for each carrier, one. */
function sum(rows: readonly (readonly unknown[])[]): (readonly unknown[])[] {
  const byKey = new Map<string, readonly unknown[]>();
  for (const row of rows) {
    const key = withoutCount(row).join('\u0000');
    const before = (byKey.get(key)?.at(-1) as number | undefined) ?? 0;
    byKey.set(key, [...withoutCount(row), before + (row.at(-1) as number)]);
  }
  return [...byKey.values()].filter((row) => row.at(-1) !== 0);
}

function rowOf(story: Story): unknown[] {
  const { areaCode, subject, kind, facts } = story;
  const { stationCode, carrierId, flow } = placeOf(kind, facts);
  const { state, since, due, label } = standingOf(story);
  const written: WrittenFact[] = facts.map(({ id, name, at, values }) => [id, name, at, values]);
  return [areaCode, subject, kind, state, since, due, stationCode, carrierId, flow, label, JSON.stringify(written)];
}

/** One array for each column. */
function columnsOf(rows: readonly (readonly unknown[])[]): unknown[][] {
  return (rows[0] ?? []).map((_value, column) => rows.map((row) => row[column]));
}
