import type { TakenName } from './fact.js';

/** Which facts are meant: of one name, with these values. */
export interface Mark {
  readonly event: TakenName;
  readonly where?: Readonly<Record<string, string | boolean>>;
}

/** A named instant of a story: the first or the last fact that is meant, at the time that it names. */
export interface Point extends Mark {
  /** Field of the fact that says the instant; when the event happened unless given. */
  readonly time?: string;
  readonly which: 'first' | 'last';
}

/** What figures tell of: each has facts of its own, and ends. */
export type StoryKind = 'visit' | 'exception' | 'run' | 'driver' | 'station';

/** Whose time it is: what the station can do something about, or what the driver lives through. */
export type Perspective = 'station' | 'driver' | 'none';

interface Described {
  readonly story: StoryKind;
  readonly zh: string;
  readonly en: string;
  readonly perspective: Perspective;
}

/** How many facts are meant, by the hour in which they happened. */
export interface CountKpi extends Described {
  readonly operator: 'count';
  readonly of: Mark;
  /** Field that parts the figure; a list counts each of its items, and nothing where it is empty. */
  readonly split?: string;
  /** Field of the newest fact that has it, a list: counted once for each of its items, an enterprise, and by it alone. */
  readonly each?: string;
}

/** How long it is between two points, by the hour of the second. */
export interface SpanKpi extends Described {
  readonly operator: 'span';
  /** The first of these that is there. */
  readonly from: readonly PointName[];
  readonly to: PointName;
  /** `course`: whether the visit left the normal path; else a field of the story's facts, the newest that has it. */
  readonly split?: string;
}

/** Whether the second point is within the grace of the first, by the hour of the second: `early`, `on_time`, `late`. */
export interface AdherenceKpi extends Described {
  readonly operator: 'adherence';
  readonly from: readonly PointName[];
  readonly to: PointName;
  readonly graceSeconds: number;
}

export type Kpi = CountKpi | SpanKpi | AdherenceKpi;

interface CapacityDescribed {
  readonly zh: string;
  readonly en: string;
}

/** What an enterprise says of itself: a percentage, from when the event happened. */
export interface StatedCapacity extends CapacityDescribed {
  readonly operator: 'stated';
  readonly event: 'enterprise.changed';
  readonly percent: string;
  /** What is older says nothing any more. */
  readonly countsForDays: number;
}

/** What was used in a time, a day, in percent of what is usual a day; from the end of that time. */
export interface UsedCapacity extends CapacityDescribed {
  readonly operator: 'used';
  readonly event: 'enterprise.electricity_reported';
  readonly used: string;
  readonly from: string;
  readonly to: string;
  readonly usualPerDay: string;
  readonly countsForDays: number;
}

/** Counts of a figure by enterprise and flow, a day, in percent of what is usual; of both flows the lesser. */
export interface FlowCapacity extends CapacityDescribed {
  readonly operator: 'flow';
  readonly kpi: string;
  /** By flow, the field of `enterprise.described` that says what is usual a day. */
  readonly usualPerDay: { readonly into_zone: string; readonly out_of_zone: string };
  /** Counted are the UTC hours of so many days, or those since the area's first count, of which there must be so many. */
  readonly overDays: number;
  readonly leastHours: number;
}

export type CapacitySource = StatedCapacity | UsedCapacity | FlowCapacity;

/** What is so from a fact until another: the first that holds is the state of its story. */
export interface StateRule {
  readonly state: string;
  readonly since: Mark;
  readonly until: readonly Mark[];
  /** The two belong together only where they have the same value of this field. */
  readonly same?: string;
  /** Field of the newest fact that has it which says until when something is due. */
  readonly due?: string;
  readonly zh: string;
  readonly en: string;
}

/** Names of the points of `points`. */
export type PointName =
  | 'expected'
  | 'queued_outside'
  | 'queued_inside'
  | 'arrived'
  | 'ready'
  | 'assigned'
  | 'started'
  | 'custody'
  | 'released'
  | 'departed'
  | 'exception_opened'
  | 'exception_resolved'
  | 'run_opened'
  | 'run_closed';
