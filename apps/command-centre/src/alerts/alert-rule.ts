import type { PointName, StoryKind } from '../kpis/kpi.js';
import type { TakenName } from '../kpis/fact.js';

export const alertLevels = ['warn', 'critical'] as const;
export type AlertLevel = (typeof alertLevels)[number];

/** A level begins with a value of `at` or more, and ends with one below `until`: between them it stays as it was. */
export interface Threshold {
  readonly at: number;
  readonly until: number;
}

/** The longest time, in seconds, that one of the stories in these states has run since the instant named. */
export interface LongestMeasure {
  readonly operator: 'longest';
  readonly story: Extract<StoryKind, 'visit' | 'run'>;
  readonly states: readonly string[];
  /** A point of figures; `state`: since it is in its state; `due`: since it was due. */
  readonly from: PointName | 'state' | 'due';
}

/** Trucks in these states for each bay of the station. */
export interface PerBayMeasure {
  readonly operator: 'per_bay';
  readonly states: readonly string[];
}

/** How many more trucks are in these states than were so long ago. */
export interface GrowthMeasure {
  readonly operator: 'growth';
  readonly states: readonly string[];
  readonly overSeconds: number;
}

/**
 * Trucks in these states, or announced for within so long, that need a driver of a licence whom nobody on duty will be when they
 * need him. By licence.
 */
export interface UncoveredMeasure {
  readonly operator: 'uncovered';
  readonly flow: 'into_zone';
  readonly states: readonly string[];
  readonly withinSeconds: number;
}

/** How long, in seconds, nothing that a person at the station does was recorded, while trucks in these states are there. */
export interface SilenceMeasure {
  readonly operator: 'silence';
  readonly states: readonly string[];
}

/** Trucks in these states, or announced for within so long, at a station that is not open. */
export interface StrandedMeasure {
  readonly operator: 'stranded';
  readonly states: readonly string[];
  readonly withinSeconds: number;
}

/** The longest time, in seconds, that a message about something in the area has waited for an endpoint that is to have it. */
export interface UndeliveredMeasure {
  readonly operator: 'undelivered';
}

export type AlertMeasure =
  | LongestMeasure
  | PerBayMeasure
  | GrowthMeasure
  | UncoveredMeasure
  | SilenceMeasure
  | StrandedMeasure
  | UndeliveredMeasure;

export const alertUnits = ['seconds', 'trucks', 'trucks_per_bay'] as const;
export type AlertUnit = (typeof alertUnits)[number];

/** What an alert says how many of it touches. */
export const countedThings = ['trucks', 'messages'] as const;
export type CountedThing = (typeof countedThings)[number];

/** When an alert stands, how grave it is, and when somebody else hears of it. */
export interface AlertRule {
  /** What it is about: one alert for each station, for each licence of the area, or for the area. */
  readonly of: 'station' | 'licence' | 'area';
  readonly measure: AlertMeasure;
  readonly unit: AlertUnit;
  readonly counts: CountedThing;
  readonly warn: Threshold;
  readonly critical: Threshold;
  /** How long it may go without somebody who has acknowledged it. */
  readonly escalatesAfterSeconds: Readonly<Record<AlertLevel, number>>;
  readonly zh: string;
  readonly en: string;
}

/** Local times between which levels wait: they are shown, and neither sound nor escalate. */
export interface QuietHours {
  /** Minutes of the local day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Minutes that local time is ahead of UTC. */
  readonly utcOffsetMinutes: number;
  readonly levels: readonly AlertLevel[];
}

/** What only a person at a station does. */
export type SignOfLife = Extract<TakenName, `visit.${string}` | `handoff.${string}` | `driver.${string}`>;
