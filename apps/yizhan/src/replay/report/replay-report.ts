import type { Distribution } from './figures.js';
import type { PassageCount } from '../passages/passage.js';
import type { DriverUse } from './report-drivers.js';
import type { OpenReason } from './report-visits.js';

/** What is known before the first event: the file, what was chosen, and what is made up. */
export interface ReplayFacts {
  readonly scenario: { readonly id: string; readonly title: string };
  readonly madeUp: string;
  readonly seed: string;
  readonly day: string | null;
  readonly file: { readonly name: string; readonly sha256: string } & PassageCount;
  /** Visits that the rows used stand for. */
  readonly visitIds: readonly string[];
}

/** A visit that has not ended. */
export interface OpenVisit {
  readonly visitId: string;
  readonly plate: string;
  readonly stationCode: string;
  readonly reason: OpenReason;
}

interface ByFlow<T> {
  readonly intoZone: T;
  readonly outOfZone: T;
}

/** The result of a replay, from its events alone. Durations in seconds. */
export interface ReplayReport {
  readonly scenario: ReplayFacts['scenario'];
  readonly madeUp: string;
  readonly seed: string;
  readonly day: string | null;
  readonly file: ReplayFacts['file'];
  readonly from: string | null;
  readonly to: string | null;
  readonly events: number;
  /** Every row used is one of these: departed, open or cancelled. */
  readonly arrivals: {
    readonly rows: number;
    readonly departed: number;
    readonly open: readonly OpenVisit[];
    readonly cancelled: readonly { readonly visitId: string; readonly reason: string }[];
    readonly isEveryRowAccountedFor: boolean;
  };
  /** The way back of the trucks that went in. */
  readonly returns: {
    readonly wentIn: number;
    readonly cameOut: number;
    readonly atStation: readonly OpenVisit[];
    readonly inZone: readonly { readonly runId: string; readonly plate: string; readonly isOverdue: boolean }[];
  };
  readonly visits: ByFlow<{
    readonly arrived: number;
    readonly swapped: number;
    readonly released: number;
    readonly departed: Readonly<Record<string, number>>;
    readonly cancelled: number;
    /** Arrived to started. */
    readonly waitingSeconds: Distribution;
    /** Started to custody. */
    readonly swapSeconds: Distribution;
    /** Arrived to departed. */
    readonly dwellSeconds: Distribution;
  }>;
  /** Arrived at the gate into the zone to departed out of it. */
  readonly turnSeconds: Distribution;
  readonly drivers: DriverUse;
  readonly assignments: {
    readonly proposed: number;
    readonly assigned: number;
    readonly accepted: number;
    readonly ended: Readonly<Record<string, number>>;
    readonly refused: Readonly<Record<string, number>>;
  };
  /** Handoffs for which at some time no driver was to be had. */
  readonly unassigned: {
    readonly handoffs: number;
    /** In how many of them each rule kept drivers away. */
    readonly byRule: Readonly<Record<string, number>>;
    /** Still without a driver at the end. */
    readonly atEnd: readonly OpenVisit[];
  };
  readonly runs: {
    readonly opened: number;
    readonly closed: Readonly<Record<string, number>>;
    readonly overdue: number;
  };
  readonly queued: number;
  readonly parked: number;
  readonly exceptions: Readonly<Record<string, { readonly opened: number; readonly resolved: number }>>;
}
