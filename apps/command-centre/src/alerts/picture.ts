import type { Fact } from '../kpis/fact.js';
import type { StoryKind } from '../kpis/kpi.js';

/** A story that is not over, as the read models have it. Instants are epoch milliseconds. */
export interface OpenStory {
  readonly kind: StoryKind;
  readonly subject: string;
  readonly state: string;
  readonly since: number;
  readonly due: number | null;
  readonly stationCode: string;
  readonly flow: string;
  readonly label: string;
  readonly facts: readonly Fact[];
}

/** Messages about an area that wait for one endpoint. */
export interface WaitingMessages {
  readonly subscriptionId: string;
  /** Of the one that waits longest, epoch milliseconds. */
  readonly since: number;
  readonly messages: number;
}

/** What of an area alerts are made of. */
export interface Picture {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly stories: readonly OpenStory[];
  /** By station, when something that a person there does was recorded last, epoch milliseconds. */
  readonly heard: ReadonlyMap<string, number>;
  /** By endpoint, whoever waits longest first. */
  readonly undelivered: readonly WaitingMessages[];
  /** Trucks that waited at a station at an instant before: growth is measured from it. */
  waitedBefore(rule: string, stationCode: string): number | undefined;
}

/** The value of a field of the newest fact that has it. */
export function newestValue(facts: readonly Fact[], field: string): Fact['values'][string] {
  return facts.findLast(({ values }) => values[field] !== undefined)?.values[field];
}
