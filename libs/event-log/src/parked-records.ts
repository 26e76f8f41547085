/**
 * `waiting`: behind an earlier event of its subject; `retrying`: tried again by the clock; `parked`: waits for a person;
 * `released`: a person has set it going.
 */
export const parkedStates = ['waiting', 'retrying', 'parked', 'released'] as const;

export type ParkedState = (typeof parkedStates)[number];

/** One event that waits for a person, a retry, or for the one before it. Instants are epoch milliseconds. */
export interface ParkedEvent {
  readonly group: string;
  readonly position: number;
  readonly partitionKey: string;
  readonly subject: string;
  readonly type: string;
  readonly state: ParkedState;
  /** Since it was parked, or since it was last released. */
  readonly attempts: number;
  /** What the last attempt met; null for what only waits for the one before it. */
  readonly error: string | null;
  /** Null where no further attempt is planned. */
  readonly nextAttemptAt: number | null;
  readonly parkedAt: number;
}

/** One event of the log and what has become of it in a group; at most the newest 50 of a subject are told. */
export interface SubjectEvent {
  readonly position: number;
  readonly type: string;
  readonly recordedAt: number;
  /** Null where it is neither parked nor discarded: handled, not listened to, or not reached yet. */
  readonly state: ParkedState | 'discarded' | null;
}

/** All that is known of one parked event. */
export interface ParkedEventDetail extends ParkedEvent {
  /** The whole CloudEvent as JSON. */
  readonly document: string;
  /** Position of the first parked event of its subject: its own, or the one that it waits for. */
  readonly firstOfSubject: number;
  /** How many events of the subject wait behind it. */
  readonly behind: number;
  /** The subject in the log, in order. */
  readonly history: readonly SubjectEvent[];
}

/** Subjects that are held up by the same error of the same handler. Instants are epoch milliseconds. */
export interface ParkedSummary {
  readonly group: string;
  /** Event type, which names the handler. */
  readonly type: string;
  /** `…` stands for the ids and numbers in it; null where the first event is about to be tried. */
  readonly error: string | null;
  readonly subjects: number;
  /** How many of the subjects go on only when a person releases or discards. */
  readonly forPerson: number;
  /** With those that wait behind. */
  readonly events: number;
  readonly oldestPosition: number;
  readonly oldestParkedAt: number;
}

/** Which parked events; what is not said asks for nothing. */
export interface ParkedFilter {
  readonly group?: string | undefined;
  /** `yizhan.handoff.completed.v1`, or `handoff.completed` for every version of it. */
  readonly type?: string | undefined;
  /** A part of the error, in any case; `…` stands for anything. */
  readonly error?: string | undefined;
  readonly state?: ParkedState | undefined;
  readonly subject?: string | undefined;
}

/** A stretch of a list in the order of the log. */
export interface Stretch {
  /** Only what comes after this position. */
  readonly after?: number | undefined;
  /** At most so many, 1,000 where it is not said. */
  readonly limit?: number | undefined;
}

/** What a release has set going. */
export interface Released {
  readonly subjects: number;
  /** With those that waited behind. */
  readonly events: number;
}

export const longestList = 1_000;
