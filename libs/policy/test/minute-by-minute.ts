import type { DriverActivity } from '../src/hours/driven-stretches.js';
import type {
  ContinuousDrivingRule,
  ContinuousNightDrivingRule,
  DrivingInWindowRule,
  HoursRule,
  NoDrivingBetweenRule,
  PolicyRules,
} from '../src/policy-rules.js';

const minute = 60_000;

/** Minutes before and after the planned start that the reference looks at. */
const before = 3 * 1440; // whole days, so that a minute before the start has its place in the day
const after = 2.5 * 1440;

/**
 * The slow and obvious reference: a driver's life as a row of minutes, each driven or not, looked at one by one.
 * Every instant must be a whole minute. Minutes are counted from the planned start: -1 is the last before it.
 */
export class MinuteByMinute {
  private readonly driven = new Uint8Array(before + after);
  private readonly localMinuteOfStart: number;
  private readonly minutesOfDay = new Map<HoursRule, readonly boolean[]>();

  constructor(activity: DriverActivity, plannedStartAt: number, utcOffsetMinutes: number) {
    const local = new Date(plannedStartAt + utcOffsetMinutes * minute);
    this.localMinuteOfStart = local.getUTCHours() * 60 + local.getUTCMinutes();
    const mark = (from: number, to: number | null, driven: number): void => {
      const end = Math.min(((to ?? plannedStartAt) - plannedStartAt) / minute, 0);
      for (let at = (from - plannedStartAt) / minute; at < end; at += 1) this.driven[at + before] = driven;
    };
    for (const { from, to } of activity.driving) mark(from, to, 1);
    for (const { from, to } of activity.rests) mark(from, to, 0);
  }

  /**
   * Whether `rule` allows driving of so many minutes from `start` on, if nothing is driven between the planned start
   * and `start`.
   */
  allows(rule: HoursRule, minutes: number, start = 0): boolean {
    switch (rule.rule) {
      case 'continuous_driving':
        return this.allowsContinuous(rule, minutes, start);
      case 'continuous_night_driving':
        return this.allowsNight(rule, minutes, start);
      case 'driving_in_window':
        return this.minutesInWindow(start, rule.windowSeconds / 60) + minutes <= rule.maxSeconds / 60;
      case 'no_driving_between':
        return this.allowsTimeOfDay(rule, minutes, start);
      default:
        return rule satisfies never;
    }
  }

  /**
   * The first minute from the planned start on at which all of `rules` allow it, or undefined if none in the days after
   * does.
   */
  earliest(rules: readonly HoursRule[], minutes: number): number | undefined {
    for (let start = 0; start < after; start += 1) {
      if (rules.every((rule) => this.allows(rule, minutes, start))) return start;
    }
    return undefined;
  }

  /**
   * Whether the law itself is kept: after each planned minute, what was driven in the window that ends there is within
   * the limit.
   */
  keepsWindowWhileDriving(rule: DrivingInWindowRule, minutes: number): boolean {
    for (let end = 1; end <= minutes; end += 1) {
      const driven = this.minutesInWindow(Math.min(0, end), rule.windowSeconds / 60, end - rule.windowSeconds / 60);
      if (Math.min(end, rule.windowSeconds / 60) + driven > rule.maxSeconds / 60) return false;
    }
    return true;
  }

  /** The clock at the planned start, in seconds. */
  clock(rules: PolicyRules): { continuousSeconds: number; drivingSeconds24h: number; continuousNightSeconds: number } {
    const continuous = rules.hours.find((rule) => rule.rule === 'continuous_driving');
    const night = rules.hours.find((rule) => rule.rule === 'continuous_night_driving');
    return {
      continuousSeconds: this.sinceRest(0, (continuous?.restSeconds ?? 1200) / 60).length * 60,
      drivingSeconds24h: this.minutesInWindow(0, 1440) * 60,
      continuousNightSeconds: night ? this.nightSinceRest(night, 0) * 60 : 0,
    };
  }

  private allowsContinuous(rule: ContinuousDrivingRule, minutes: number, start: number): boolean {
    let continuous = this.sinceRest(start, rule.restSeconds / 60).length;
    for (let driving = 0; driving < minutes; driving += 1) continuous += 1;
    return continuous <= rule.maxSeconds / 60;
  }

  private allowsNight(rule: ContinuousNightDrivingRule, minutes: number, start: number): boolean {
    let night = this.nightSinceRest(rule, start);
    for (let at = start; at < start + minutes && night <= rule.maxSeconds / 60; at += 1) {
      if (this.isBetween(rule, at)) night += 1;
    }
    return night <= rule.maxSeconds / 60;
  }

  private allowsTimeOfDay(rule: NoDrivingBetweenRule, minutes: number, start: number): boolean {
    for (let at = start; at < start + minutes; at += 1) if (this.isBetween(rule, at)) return false;
    return true;
  }

  private nightSinceRest(rule: ContinuousNightDrivingRule, start: number): number {
    return this.sinceRest(start, rule.restSeconds / 60).filter((at) => this.isBetween(rule, at)).length;
  }

  /** The driven minutes between the last rest and `start`. */
  private sinceRest(start: number, restMinutes: number): number[] {
    const found: number[] = [];
    let idle = 0;
    for (let at = start - 1; at >= -before && idle < restMinutes; at -= 1) {
      if (this.driven[at + before]) {
        found.push(at);
        idle = 0;
      } else idle += 1;
    }
    return found;
  }

  private minutesInWindow(start: number, windowMinutes: number, from = start - windowMinutes): number {
    let driven = 0;
    for (let at = from; at < start; at += 1) driven += this.driven[at + before];
    return driven;
  }

  private isBetween(rule: ContinuousNightDrivingRule | NoDrivingBetweenRule, at: number): boolean {
    const known = this.minutesOfDay.get(rule) ?? minutesOfDayIn(rule);
    this.minutesOfDay.set(rule, known);
    return known[(this.localMinuteOfStart + at + before) % 1440];
  }
}

/** By minute of the local day, whether it lies between `from` and `to`. */
function minutesOfDayIn({ from, to }: { from: string; to: string }): readonly boolean[] {
  return Array.from({ length: 1440 }, (_, at) => {
    const time = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    return from < to ? from <= time && time < to : from <= time || time < to;
  });
}
