import { type Fact, instant, textOf } from './fact.js';
import { bucketOf } from './histogram.js';
import type { AdherenceKpi, CountKpi, Kpi, Mark, Point, PointName, SpanKpi, StoryKind } from './kpi.js';
import { kpis, points } from './kpis.js';
import type { Story } from './story.js';

/** What belongs to no bucket: a count. */
export const noBucket = -1;

/** Where something is counted. */
export interface Cell {
  /** Beginning of the UTC hour, epoch milliseconds. */
  readonly hour: number;
  readonly stationCode: string;
  readonly carrierId: string;
  readonly flow: string;
  /** Of a figure that is by enterprise, and not by station and carrier; else empty. */
  readonly enterpriseId: string;
  readonly kpi: string;
  readonly split: string;
  /** Of a duration, by `bucketOf`; `noBucket` of a count. */
  readonly bucket: number;
}

const hourMilliseconds = 3_600_000;

/** Everything that a story adds to the figures. It depends on its facts alone, in whatever order they came. */
export function measure({ kind, facts }: Story): Cell[] {
  if (kind === 'driver' || kind === 'station' || facts.length === 0) return [];
  const place = placeOf(kind, facts);
  return (Object.entries(kpis) as [string, Kpi][]).flatMap(([kpi, definition]) =>
    definition.story === kind
      ? found(definition, facts).map(({ at, split, bucket, enterpriseId = '' }) => ({
          ...place,
          enterpriseId,
          hour: Math.floor(at / hourMilliseconds) * hourMilliseconds,
          kpi,
          split,
          bucket,
        }))
      : [],
  );
}

/** Where a story belongs, as its newest facts say. */
export function placeOf(kind: StoryKind, facts: readonly Fact[]): Pick<Cell, 'stationCode' | 'carrierId' | 'flow'> {
  // An exception may be dealt with elsewhere than the truck is.
  const own = kind === 'visit' ? facts.filter(({ name }) => !name.startsWith('exception.')) : facts;
  return {
    stationCode: newest(own, 'stationCode'),
    carrierId: newest(own, 'carrierId'),
    flow: newest(own, 'flow'),
  };
}

/** The text of the newest fact that has it; empty where none has. */
export function newest(facts: readonly Fact[], field: string): string {
  for (const fact of facts.toReversed()) {
    const text = textOf(fact, field);
    if (text !== '') return text;
  }
  return '';
}

/** The list of the newest fact that has one, be it empty. */
function newestList(facts: readonly Fact[], field: string): readonly string[] {
  const value = facts.findLast(({ values }) => values[field] !== undefined)?.values[field];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

interface Found {
  readonly at: number;
  readonly split: string;
  readonly bucket: number;
  readonly enterpriseId?: string;
}

function found(definition: Kpi, facts: readonly Fact[]): Found[] {
  switch (definition.operator) {
    case 'count':
      return counted(definition, facts);
    case 'span':
      return measured(definition, facts);
    case 'adherence':
      return kept(definition, facts);
  }
}

function counted({ of, split, each }: CountKpi, facts: readonly Fact[]): Found[] {
  const meant = facts.filter((fact) => isMeant(of, fact));
  if (each !== undefined) {
    const items = newestList(facts, each);
    return meant.flatMap(({ at }) => items.map((enterpriseId) => ({ at, split: '', bucket: noBucket, enterpriseId })));
  }
  return meant.flatMap((fact) => splitsOf(fact, split).map((part) => ({ at: fact.at, split: part, bucket: noBucket })));
}

function splitsOf(fact: Fact, split: string | undefined): readonly string[] {
  if (split === undefined) return [''];
  const value = fact.values[split];
  return Array.isArray(value) ? (value as readonly string[]) : [textOf(fact, split)];
}

function measured({ from, to, split }: SpanKpi, facts: readonly Fact[]): Found[] {
  const begun = firstOf(from, facts);
  const ended = pointOf(to, facts);
  if (begun === undefined || ended === undefined) return [];
  const part = split === undefined ? '' : split === 'course' ? courseOf(facts) : newest(facts, split);
  return [{ at: ended, split: part, bucket: bucketOf(ended - begun) }];
}

/** A visit with an exception is never left out: it is shown beside the others. */
const courseOf = (facts: readonly Fact[]): string =>
  facts.some(({ name }) => name === 'exception.opened') ? 'exception' : 'normal';

function kept({ from, to, graceSeconds }: AdherenceKpi, facts: readonly Fact[]): Found[] {
  const expected = firstOf(from, facts);
  const at = pointOf(to, facts);
  if (expected === undefined || at === undefined) return [];
  const grace = graceSeconds * 1000;
  const split = at < expected - grace ? 'early' : at > expected + grace ? 'late' : 'on_time';
  return [{ at, split, bucket: noBucket }];
}

function firstOf(names: readonly PointName[], facts: readonly Fact[]): number | undefined {
  for (const name of names) {
    const at = pointOf(name, facts);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** When a point was, epoch milliseconds; `undefined` where it was not. */
export function pointOf(name: PointName, facts: readonly Fact[]): number | undefined {
  const point: Point = points[name];
  const meant = (fact: Fact): boolean => isMeant(point, fact);
  const fact = point.which === 'first' ? facts.find(meant) : facts.findLast(meant);
  if (!fact) return undefined;
  const text = point.time === undefined ? '' : textOf(fact, point.time);
  return text === '' ? fact.at : instant(text);
}

/** Whether a mark means the fact. */
export function isMeant({ event, where = {} }: Mark, { name, values }: Fact): boolean {
  return name === event && Object.entries(where).every(([field, value]) => values[field] === value);
}
