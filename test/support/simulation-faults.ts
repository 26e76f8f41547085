import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { type HoursRule, policyPack } from '@yizhan/policy';
import type { StudyDay } from '../../apps/yizhan/src/study/days/study-day.js';

const minute = 60_000;

/** `00:00` to `23:59`, a minute each. */
const times = Array.from(
  { length: 1_440 },
  (_, at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
);

/** One driver's life in minutes since the beginning of the day, looked at one by one. */
class Life {
  /** By minute, whether he drives. */
  readonly driven = new Set<number>();
  readonly trucks = new Set<string>();
  shiftEndsAt: number | undefined;
  drivesSince: number | undefined;
  assignedTo: string | undefined;

  constructor(
    private readonly startsAt: number,
    private readonly utcOffsetMinutes: number,
  ) {}

  minuteOf(instant: string): number {
    return (Date.parse(instant) - this.startsAt) / minute;
  }

  /** The first fault of driving from minute `from` for so long, if nothing but what is in `driven` was driven before. */
  fault(rules: readonly HoursRule[], from: number, minutes: number): string | undefined {
    const driven = new Set(this.driven);
    for (let at = from; at < from + minutes; at += 1) {
      driven.add(at);
      const broken = rules.find((rule) => this.#isBroken(rule, driven, at));
      if (broken) return `${broken.rule} at minute ${at}`;
    }
    return undefined;
  }

  /** The first fault in all that he has driven. */
  faultSoFar(rules: readonly HoursRule[]): string | undefined {
    for (const at of this.driven) {
      const broken = rules.find((rule) => this.#isBroken(rule, this.driven, at));
      if (broken) return `${broken.rule} at minute ${at}`;
    }
    return undefined;
  }

  #isBroken(rule: HoursRule, driven: ReadonlySet<number>, at: number): boolean {
    switch (rule.rule) {
      case 'continuous_driving':
        return this.#sinceRest(driven, at, rule.restSeconds / 60).length > rule.maxSeconds / 60;
      case 'continuous_night_driving':
        return (
          this.#sinceRest(driven, at, rule.restSeconds / 60).filter((one) => this.#isWithin(rule, one)).length >
          rule.maxSeconds / 60
        );
      case 'driving_in_window':
        return (
          [...driven].filter((one) => one <= at && one > at - rule.windowSeconds / 60).length > rule.maxSeconds / 60
        );
      case 'no_driving_between':
        return this.#isWithin(rule, at);
    }
  }

  /** The minutes driven up to `at` with no gap of a rest between them. */
  #sinceRest(driven: ReadonlySet<number>, at: number, rest: number): number[] {
    const found: number[] = [];
    let idle = 0;
    for (let one = at; idle < rest && one > at - 3_000; one -= 1) {
      if (driven.has(one)) {
        found.push(one);
        idle = 0;
      } else idle += 1;
    }
    return found;
  }

  #isWithin({ from, to }: { readonly from: string; readonly to: string }, at: number): boolean {
    const sinceMidnight = (this.startsAt / minute + this.utcOffsetMinutes + at) % times.length;
    const time = times[sinceMidnight];
    return from < to ? from <= time && time < to : from <= time || time < to;
  }
}

/**
 * What is wrong with a simulated log, by looking at it minute by minute; empty where nothing is. It shares nothing with libs/policy but
 * the figures of the pack: who was sent where his hours or his shift did not allow, who had two trucks, who drove longer than he may.
 */
export function simulationFaults(day: StudyDay, events: readonly YizhanEvent[]): string[] {
  const { rules } = policyPack(day.policy);
  const faults: string[] = [];
  const lives = new Map<string, Life>();
  const flows = new Map<string, string>();
  const lifeOf = (driverId: string): Life => {
    const life = lives.get(driverId) ?? new Life(day.startsAt, rules.utcOffsetMinutes);
    lives.set(driverId, life);
    return life;
  };
  const park = (plate: string): void => {
    for (const life of lives.values()) life.trucks.delete(plate);
  };
  for (const event of events) {
    if (isEvent(event, 'driver.shift_started')) lifeOf(event.data.driverId).shiftEndsAt = Date.parse(event.data.endsAt);
    else if (isEvent(event, 'driver.shift_ended')) lifeOf(event.data.driverId).shiftEndsAt = undefined;
    else if (isEvent(event, 'visit.arrived')) {
      const { custodian, flow, truck, arrivedAt, visitId } = event.data;
      flows.set(visitId, flow);
      const life = lifeOf(custodian.id);
      if (flow === 'out_of_zone') {
        const until = life.minuteOf(arrivedAt);
        for (let at = life.drivesSince ?? until; at < until; at += 1) life.driven.add(at);
        life.drivesSince = undefined;
      } else life.trucks.add(truck.plate);
    } else if (isEvent(event, 'driver.rest_recorded')) {
      const life = lifeOf(event.data.driverId);
      // What is driven up to the rest is known; the time in it is not driven.
      const [from, to] = [life.minuteOf(event.data.startedAt), life.minuteOf(event.data.endedAt)];
      for (let at = life.drivesSince ?? from; at < from; at += 1) life.driven.add(at);
      if (life.drivesSince !== undefined) life.drivesSince = to;
    } else if (isEvent(event, 'handoff.assigned')) {
      const { driverId, plannedStartAt, plannedReturnAt, handoffId, visitId } = event.data;
      const life = lifeOf(driverId);
      if (life.assignedTo !== undefined)
        faults.push(`${driverId} has two assignments, ${life.assignedTo} and ${handoffId}`);
      life.assignedTo = handoffId;
      if (flows.get(visitId) !== 'into_zone') continue;
      const until = Date.parse(plannedReturnAt ?? plannedStartAt);
      if (life.shiftEndsAt === undefined || life.shiftEndsAt < until)
        faults.push(`${driverId} is planned to be back at ${plannedReturnAt}, after his shift`);
      if (life.drivesSince !== undefined || life.trucks.size > 0)
        faults.push(`${driverId} gets ${handoffId} while he has a truck`);
      const start = Math.ceil(life.minuteOf(plannedStartAt));
      const fault = life.fault(rules.hours, start, (until - Date.parse(plannedStartAt)) / minute);
      if (fault) faults.push(`${driverId} is planned to break ${fault} with ${handoffId}`);
    } else if (isEvent(event, 'handoff.assignment_ended')) lifeOf(event.data.driverId).assignedTo = undefined;
    else if (isEvent(event, 'handoff.completed')) {
      const { from, toDriverId } = event.data;
      const taker = lifeOf(toDriverId);
      taker.assignedTo = undefined;
      const giver = lifeOf(from.id);
      const [plate = ''] = from.kind === 'driver' ? giver.trucks : [];
      giver.trucks.clear();
      if (taker.trucks.size > 0) faults.push(`${toDriverId} takes a second truck`);
      taker.trucks.add(plate === '' ? event.data.visitId : plate);
    } else if (isEvent(event, 'custody.moved')) {
      if (event.data.from.kind === 'driver') lifeOf(event.data.from.id).trucks.clear();
      park(event.data.plate);
    } else if (isEvent(event, 'visit.departed')) {
      const { custodian, departedAt, visitId, outcome } = event.data;
      const life = lifeOf(custodian.id);
      if (flows.get(visitId) === 'into_zone' && outcome === 'swapped') life.drivesSince = life.minuteOf(departedAt);
      else life.trucks.clear();
    }
  }
  for (const [driverId, life] of lives) {
    const fault = life.faultSoFar(rules.hours);
    if (fault) faults.push(`${driverId} breaks ${fault}`);
  }
  return faults;
}
