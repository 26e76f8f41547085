import type { ExceptionRule } from './exceptions/exception-rules.js';

/** Which way the truck goes on after the swap. */
export type PolicyFlow = 'into_zone' | 'out_of_zone';

/** A local time of day, `HH:MM` from `00:00` to `23:59`, in the business time zone of the pack. */
export type TimeOfDay = string;

/**
 * At most `maxSeconds` of driving without a rest of at least `restSeconds`; shorter breaks do not count as driving and
 * do not reset. Source: 道路交通安全法实施条例 Art. 62(7), 4 h and 20 min.
 */
export interface ContinuousDrivingRule {
  readonly rule: 'continuous_driving';
  readonly maxSeconds: number;
  readonly restSeconds: number;
}

/**
 * At most `maxSeconds` of night driving (between `from` and `to`, local) without a rest of at least `restSeconds`.
 * Source: 国发〔2012〕30号, 2 h at night; 22:00 to 06:00.
 */
export interface ContinuousNightDrivingRule {
  readonly rule: 'continuous_night_driving';
  readonly maxSeconds: number;
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
  readonly restSeconds: number;
}

/** At most `maxSeconds` of driving in any `windowSeconds`. Source: 国发〔2012〕30号, 8 h in 24 h. */
export interface DrivingInWindowRule {
  readonly rule: 'driving_in_window';
  readonly maxSeconds: number;
  readonly windowSeconds: number;
}

/** No driving between `from` and `to` (local, `to` excluded). Source: 国发〔2012〕30号, 02:00 to 05:00. */
export interface NoDrivingBetweenRule {
  readonly rule: 'no_driving_between';
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
}

/**
 * A rule on a driver's hours. A new kind (a split break of `eu-561`, a duty window of `us-hos`) is a new member here, a
 * file in `hours/` named as a sentence, a line in the table of `hours/hours-rules.ts` and a line in
 * `read-hours-rules.ts`; the compiler asks for each of them. Rules see the driving behind them and not only its sums,
 * so a rule may count over days or weeks: it says how far back in the table.
 */
export type HoursRule = ContinuousDrivingRule | ContinuousNightDrivingRule | DrivingInWindowRule | NoDrivingBetweenRule;

/** The name of an hours rule, as in a pack and in the reason of a block. */
export type HoursRuleName = HoursRule['rule'];

/** When a credential is needed: `licence_above_C1` is every truck whose licence is not C1 (above 4.5 t); `always` is every truck. */
export type CredentialCondition = 'licence_above_C1' | 'always';

/**
 * A credential that a driver must hold, valid from planned start to planned return, for the trucks that `when` names.
 */
export interface CredentialRule {
  readonly credential: string;
  readonly when: CredentialCondition;
}

/** What may be overridden, with a reason: `seal` in the bay, the others when a driver is named. Side, licence and custody never. */
export type OverridableRule = 'hours' | 'credentials' | 'shift' | 'travel' | 'seal';

/**
 * Whether the truck of a visit into the zone needs a pass that covers its driver: where one is issued for it, or always.
 */
export type PassRule = 'if_issued' | 'required';

/** Something to inspect, as it is shown to who inspects it. */
export interface CheckItem {
  readonly check: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** What belongs to it: `seal_number` is the number on the truck. */
  readonly needs: readonly 'seal_number'[];
  /** Codes of why it usually fails; others are possible. */
  readonly reasons: readonly string[];
}

/** In days: of photos and notes from the upload on, of persons since they were seen last. */
export interface RetentionRules {
  readonly photoDays: number;
  readonly noteDays: number;
  readonly personDays: number;
}

/**
 * What speaks against a driver, each in seconds by which a truck without priority would start later: the cheapest drivers are proposed.
 * What he is worth to other trucks (travel, hours, licences, shift) counts the same for every truck.
 */
export interface CostWeights {
  /** A minute of travel to the station without a truck, besides the delay that it makes. */
  readonly emptyTravelMinuteSeconds: number;
  /** A minute that he has driven in the last 24 h: work is spread over drivers, and hours are kept. */
  readonly drivenMinuteSeconds: number;
  /** A licence that he holds beyond what the truck needs: kept free for trucks that need it. */
  readonly spareLicenceSeconds: number;
  /** A minute of his shift that is left when he is back: who goes home soon drives before who can take more trucks later. */
  readonly shiftLeftMinuteSeconds: number;
  /** An assignment to this very handoff that he let run out. */
  readonly unansweredSeconds: number;
  /** He is not free yet, but expected soon: so much later must a free one start before he is waited for. */
  readonly awaitedDriverSeconds: number;
  /** With each step of a truck's priority its seconds count by so many percent more. */
  readonly priorityPercent: number;
  /** An announced truck has a place in the plan from so long before it is expected; 0: only trucks that are there have. */
  readonly announcedWithinSeconds: number;
  /** Trucks that usually come within so long have a place in the plan behind all others; 0: only those that are there or announced have. */
  readonly forecastWithinSeconds: number;
  /** That nobody is left for a truck that usually comes is as bad as that a truck without priority waits so long. */
  readonly forecastTruckSeconds: number;
  /** An assignment is not changed any more so long before its planned start. */
  readonly freezeSeconds: number;
  /** So much longer must a truck wait otherwise before it gets a driver who is on his way to another one, or another driver than it has. */
  readonly switchSeconds: number;
  /** So many of a thousand assignments of a day may be changed; 0: none ever is. */
  readonly changesPermille: number;
  /** A line is at risk that stops if the truck with its goods waits so much longer; 0: none is before it is too late. */
  readonly lineStopWithinSeconds: number;
  /** Priority of the truck on which a line at risk depends, 0 to 9; its own where that is higher. */
  readonly lineStopPriority: number;
}

type LaterWeight =
  | 'shiftLeftMinuteSeconds'
  | 'awaitedDriverSeconds'
  | 'priorityPercent'
  | 'announcedWithinSeconds'
  | 'forecastWithinSeconds'
  | 'forecastTruckSeconds'
  | 'freezeSeconds'
  | 'switchSeconds'
  | 'changesPermille'
  | 'lineStopWithinSeconds'
  | 'lineStopPriority';

/** Weights as a pack states them: packs of before did not weigh everything. */
export type StatedWeights = Omit<CostWeights, LaterWeight> & Partial<Pick<CostWeights, LaterWeight>>;

/** The rules of a policy pack: the same JSON in `policy.published` and in the packs of this library. */
export interface PolicyRules {
  /** Minutes that business time is ahead of UTC: 480 for China. Times of day in the rules are in it. */
  readonly utcOffsetMinutes: number;
  /** In the order in which they are asked; the first that blocks is the reason given. */
  readonly hours: readonly HoursRule[];
  /** By licence held, the licences that it covers, itself among them. */
  readonly licenceCovers: Readonly<Record<string, readonly string[]>>;
  readonly credentials: readonly CredentialRule[];
  /** By flow, the checks that must pass before a handoff may start. */
  readonly checks: Readonly<Record<PolicyFlow, readonly string[]>>;
  readonly timers: {
    /** An assignment that is not accepted within this expires. */
    readonly acceptWithinSeconds: number;
    /** A run is overdue this long after its due-back time. */
    readonly overdueGraceSeconds: number;
    /** A truck that waits longer than this is stranded. */
    readonly strandedAfterSeconds: number;
    /** How long ago a tablet may have logged offline what it tells now; three days where it is not said. */
    readonly offlineRecordsWithinSeconds?: number;
    /** How long nothing is heard of a station's devices before it counts as cut off; five minutes where it is not said, 0 for never. */
    readonly stationSilentAfterSeconds?: number;
  };
  /**
   * Travel between stations: great-circle metres × `detourFactor` ÷ `metresPerSecond`; over `maxSeconds` is too far to
   * propose.
   */
  readonly travel: { readonly detourFactor: number; readonly metresPerSecond: number; readonly maxSeconds: number };
  /** How long after the truck is ready an assignment may be planned to start. */
  readonly maxPlannedStartDelaySeconds: number;
  readonly overridable: readonly OverridableRule[];
  /** See `weightsOf` where it is not said, and for what packs of before did not weigh. */
  readonly weights?: StatedWeights;
  /** For how long photos, notes and who a driver is are kept; see `retentionOf` where it is not said. */
  readonly retention?: RetentionRules;
  /** Overrides that a second person has to approve; none where it is absent. */
  readonly secondPerson?: readonly OverridableRule[];
  /** `if_issued` where it is absent. */
  readonly pass?: PassRule;
  /** From this priority (0 to 9) on a truck is not held back by a throttled lane; 10: every truck is. See `throttleExemptFrom`. */
  readonly throttleExemptFromPriority?: number;
  /** Items of the pack's own, and its own words for known ones. */
  readonly checkItems?: readonly CheckItem[];
  /** By code, what differs from what usually holds for exceptions. */
  readonly exceptions?: Readonly<Record<string, ExceptionRule>>;
}

/**
 * Whether the source of a pack is in force, repealed and kept as a sample, or a benchmark or vendor default (POLICY: F,
 * H, B).
 */
export type PolicyPackStatus = 'in_force' | 'historical' | 'benchmark';

/** Dated, versioned rules as data. Every decision names the `id` and `version` that allowed it. */
export interface PolicyPack {
  readonly id: string;
  /** Year and month, such as `2026-11`; changed rules are a new version. */
  readonly version: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly status: PolicyPackStatus;
  /** The law or document that the rules come from. */
  readonly source: string;
  readonly rules: PolicyRules;
}
