import type { HoursRule, PolicyRules } from '@yizhan/policy';
import { minute } from '../../replay/passages/local-time.js';
import { minutesOf } from '../../scenario/check-scenario.js';

const dayMinutes = 1_440;

/** A rest on the way; epoch milliseconds. */
export interface Rest {
  readonly from: number;
  readonly to: number;
}

/**
 * The minutes that a relay driver has driven, and how he goes on: before a minute that a rule of his hours forbids he rests, and says so.
 * Trips are planned by what is usual; this is what he does when one takes longer.
 */
export class DrivingDay {
  /** Minutes driven, counted from the epoch, in order. */
  readonly #driven: number[] = [];

  constructor(private readonly rules: PolicyRules) {}

  /** Drives so long from `from` on. @returns the rests on the way; he is there that much later. */
  drive(from: number, duration: number): Rest[] {
    const rests: { from: number; to: number }[] = [];
    let at = from / minute;
    for (let left = duration / minute; left > 0; at += 1) {
      const restUntil = this.#restUntil(at);
      if (restUntil > at) {
        rests.push({ from: at * minute, to: restUntil * minute });
        at = restUntil;
      }
      this.#driven.push(at);
      left -= 1;
    }
    return rests;
  }

  /** The first minute from `at` on in which he may drive. */
  #restUntil(at: number): number {
    let minuteAt = at;
    for (;;) {
      const next = Math.max(...this.rules.hours.map((rule) => this.#allowedFrom(rule, minuteAt)), minuteAt);
      if (next === minuteAt) return minuteAt;
      minuteAt = next;
    }
  }

  #allowedFrom(rule: HoursRule, at: number): number {
    switch (rule.rule) {
      case 'continuous_driving':
        return this.#sinceRest(at, rule.restSeconds / 60).length < rule.maxSeconds / 60
          ? at
          : (this.#driven.at(-1) ?? at) + 1 + rule.restSeconds / 60;
      case 'continuous_night_driving': {
        if (!this.#isBetween(rule, at)) return at;
        const night = this.#sinceRest(at, rule.restSeconds / 60).filter((one) => this.#isBetween(rule, one)).length;
        return night < rule.maxSeconds / 60 ? at : (this.#driven.at(-1) ?? at) + 1 + rule.restSeconds / 60;
      }
      case 'driving_in_window': {
        const window = rule.windowSeconds / 60;
        const inWindow = this.#driven.filter((one) => one > at - window);
        return inWindow.length < rule.maxSeconds / 60 ? at : (inWindow[0] ?? at) + window;
      }
      case 'no_driving_between':
        return this.#isBetween(rule, at) ? at + 1 : at;
      default:
        return rule satisfies never;
    }
  }

  /** Driven minutes since the last rest of that length. */
  #sinceRest(at: number, restMinutes: number): readonly number[] {
    let first = this.#driven.length;
    let drivesAgainAt = at;
    while (first > 0 && drivesAgainAt - (this.#driven[first - 1] ?? 0) - 1 < restMinutes) {
      first -= 1;
      drivesAgainAt = this.#driven[first] ?? 0;
    }
    return this.#driven.slice(first);
  }

  #isBetween({ from, to }: { readonly from: string; readonly to: string }, at: number): boolean {
    const local = (((at + this.rules.utcOffsetMinutes) % dayMinutes) + dayMinutes) % dayMinutes;
    const [start, end] = [minutesOf(from), minutesOf(to)];
    return start < end ? start <= local && local < end : local >= start || local < end;
  }
}
