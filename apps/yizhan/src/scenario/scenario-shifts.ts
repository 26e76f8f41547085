import { Problem } from '@yizhan/kernel';
import { day, hour, localMidnight, minute } from '../replay/passages/local-time.js';
import type { Asked } from '../replay/people/steps.js';
import { minutesOf } from './check-scenario.js';
import { type RelayDriver, relayDriversOf } from './network-requests.js';
import type { Scenario } from './scenario.js';

/** Asks the station in the scenario's name. */
export type Ask = (key: string, asked: Asked, at: number) => Promise<unknown>;

/** What the station says of a driver who has no shift to end. */
const shiftIsOff = 'SHIFT.NOT_ON';

/** The made-up relay drivers come to work and go home at the hours of their group, for as long as the product runs. */
export class ScenarioShifts {
  readonly #drivers: readonly RelayDriver[];
  /** Start of the shift that a driver has begun for the scenario and not ended. */
  readonly #open = new Map<string, number>();
  /** Shifts that somebody else had begun before: they stay as they are. */
  readonly #refused = new Set<string>();
  #nextLook = 0;

  constructor(
    private readonly scenario: Scenario,
    private readonly now: () => number,
    private readonly ask: Ask,
    /** Keys of this scenario that the station has answered before. */
    answered: ReadonlySet<string>,
  ) {
    this.#drivers = relayDriversOf(scenario);
    for (const key of answered) this.#recall(key, answered);
  }

  /** How many drivers the scenario has on shift. */
  get onShift(): number {
    return this.#open.size;
  }

  /** Looks once a minute. @returns how many shifts began or ended. */
  async fireDue(): Promise<number> {
    const now = this.now();
    if (now < this.#nextLook) return 0;
    this.#nextLook = now + minute;
    let changed = 0;
    for (const driver of this.#drivers) {
      if (await this.#ended(driver, now)) changed += 1;
      if (await this.#began(driver, now)) changed += 1;
    }
    return changed;
  }

  #recall(key: string, answered: ReadonlySet<string>): void {
    const [, driverId, start] = /^shift:(.+):(\d+)$/.exec(key) ?? [];
    if (driverId === undefined || answered.has(`shift-end:${driverId}:${start}`)) return;
    this.#open.set(driverId, Math.max(Number(start), this.#open.get(driverId) ?? 0));
  }

  /** Whoever is bound to a truck is asked again until he is free. */
  async #ended({ driverId, group }: RelayDriver, now: number): Promise<boolean> {
    const startedAt = this.#open.get(driverId);
    if (startedAt === undefined || now < startedAt + group.shift.hours * hour) return false;
    const asked: Asked = { step: 'endShift', input: { driverId } };
    const refusal = await this.#try(`shift-end:${driverId}:${startedAt}`, asked, now);
    if (refusal && refusal.code !== shiftIsOff) return false;
    this.#open.delete(driverId);
    return refusal === undefined;
  }

  async #began({ driverId, group }: RelayDriver, now: number): Promise<boolean> {
    const today = localMidnight(now, this.scenario.utcOffsetMinutes) + minutesOf(group.shift.from) * minute;
    const startsAt = today <= now ? today : today - day;
    const endsAt = startsAt + group.shift.hours * hour;
    const key = `shift:${driverId}:${startsAt}`;
    if (endsAt <= now || this.#open.has(driverId) || this.#refused.has(key)) return false;
    const input = { driverId, stationCode: group.station, endsAt };
    const refusal = await this.#try(key, { step: 'startShift', input }, now);
    if (refusal) this.#refused.add(key);
    else this.#open.set(driverId, startsAt);
    return refusal === undefined;
  }

  async #try(key: string, asked: Asked, at: number): Promise<Problem | undefined> {
    try {
      await this.ask(key, asked, at);
      return undefined;
    } catch (error) {
      if (error instanceof Problem && error.kind !== 'unavailable') return error;
      throw error;
    }
  }
}
