import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import fc from 'fast-check';
import { simulatedDay } from '../days/simulated-day.js';
import { faithful, type StudyDay } from '../days/study-day.js';
import { outcomesOf, weightedMinutes } from '../figures/outcomes.js';
import { nearestFirst } from '../policies/nearest-first.js';
import { yizhan } from '../policies/yizhan.js';
import { simulate } from '../simulation/simulate.js';
import { busyMinutes, type HindsightInstance, hindsightOf } from './hindsight-instance.js';
import { lowerBound } from './lower-bound.js';
import { plannedTripMinutes } from './planned-trip.js';
import { TimeSpaceNetwork } from './time-space-network.js';

/** The optimum by trying every order of trucks with every driver, or none; each goes where he is asked for as soon as he can. */
function optimum({ groups, trucks, travel, endsAt }: HindsightInstance): number {
  const drivers = groups.flatMap((group) =>
    group.drivers.flatMap((count, station) =>
      Array.from({ length: count }, () => ({ group, station, freeAt: group.from })),
    ),
  );
  const place = (left: readonly number[]): number => {
    // Those that are left may all be skipped.
    let best = left.reduce((sum, index) => sum + trucks[index].weight * (endsAt - trucks[index].readyAt), 0);
    for (const index of left) {
      const { weight, readyAt, station, returnStation, busyFor } = trucks[index];
      const rest = left.filter((other) => other !== index);
      for (const driver of drivers) {
        const before = { ...driver };
        const start = Math.max(before.freeAt + travel[before.station][station], readyAt);
        if (start > driver.group.lastStart || !driver.group.trucks.includes(index)) continue;
        Object.assign(driver, { freeAt: start + busyFor, station: returnStation });
        best = Math.min(best, weight * (start - readyAt) + place(rest));
        Object.assign(driver, before);
      }
    }
    return best;
  };
  return place(trucks.map((_truck, index) => index));
}

const stations = 3;
const station = fc.nat({ max: stations - 1 });

const instances: fc.Arbitrary<HindsightInstance> = fc
  .record({
    trucks: fc.array(
      fc.record({
        readyAt: fc.nat({ max: 90 }),
        weight: fc.integer({ min: 1, max: 5 }),
        busyFor: fc.integer({ min: 20, max: 60 }),
        station,
        returnStation: station,
        isLarge: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    homes: fc.array(fc.array(station, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
    /** Stations stand along a road, so that no way around is shorter. */
    road: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: stations, maxLength: stations }),
  })
  .map(({ trucks, homes, road }) => {
    const sorted = trucks.toSorted((one, other) => one.readyAt - other.readyAt);
    const all = sorted.map((_truck, index) => index);
    const small = all.filter((index) => !sorted[index].isLarge);
    const groups = homes.map((where, index) => {
      const drivers = road.map((_at, number) => where.filter((home) => home === number).length);
      return { from: index * 30, lastStart: 200, drivers, trucks: index === 0 ? all : small };
    });
    const travel = road.map((from) => road.map((to) => Math.abs(from - to)));
    return { endsAt: 300, travel, trucks: sorted, groups };
  });

/** Where nothing but the question counts. */
const oneStation = { endsAt: 300, travel: [[0]] };
const here = { station: 0, returnStation: 0 };

describe('the bound in hindsight', () => {
  it('is never above the optimum, which trying everything finds, however coarse the steps and short the longest wait', () => {
    fc.assert(
      fc.property(
        instances,
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 20, max: 2_000 }),
        (instance, step, longestWait) => {
          const best = optimum(instance);
          const { minutes } = lowerBound(instance, { known: best * 2 + 1, rounds: 120, step, longestWait });
          expect(minutes).toBeLessThanOrEqual(best + 1e-6);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is a bound whatever drivers are said to be worth', () => {
    const worths = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 2_000, maxLength: 2_000 });
    fc.assert(
      fc.property(instances, worths, (instance, some) => {
        const network = new TimeSpaceNetwork(instance, { step: 5, longestWait: 1_000 });
        const any = Float64Array.from({ length: network.nodes }, (_, node) => some[node % some.length]);
        expect(network.boundOf(any)).toBeLessThanOrEqual(optimum(instance) + 1e-6);
      }),
      { numRuns: 40 },
    );
  });

  it('comes close to it on made-up days', () => {
    let [best, bound] = [0, 0];
    for (const instance of fc.sample(instances, { numRuns: 20, seed: 5 })) {
      const known = optimum(instance);
      best += known;
      bound += lowerBound(instance, { known, step: 2, longestWait: 500, rounds: 400 }).minutes;
    }
    expect(bound / best).toBeGreaterThan(0.9);
  });

  it('comes close to it on a queue in front of one driver, where who is first depends on weights', () => {
    const trucks = [1, 5, 2].map((weight) => ({ ...here, readyAt: 0, weight, busyFor: 30 }));
    const group = { from: 0, lastStart: 200, drivers: [1], trucks: [0, 1, 2] };
    const instance = { ...oneStation, trucks, groups: [group] };
    // 5 at once, 2 after 30 minutes, 1 after 60.
    expect(optimum(instance)).toBe(120);
    expect(lowerBound(instance, { known: 150, step: 1 }).minutes).toBeGreaterThan(114);
  });

  it('counts the way to a station where nobody is, and that somebody who knows the day goes there before', () => {
    const truck = { station: 1, returnStation: 1, weight: 2, busyFor: 30 };
    const group = { from: 0, lastStart: 200, drivers: [1, 0], trucks: [0] };
    const travel = [
      [0, 40],
      [40, 0],
    ];
    const boundAt = (readyAt: number): number =>
      lowerBound({ endsAt: 300, travel, trucks: [{ ...truck, readyAt }], groups: [group] }, { known: 200, step: 1 })
        .minutes;
    expect(boundAt(10)).toBeCloseTo(60, 0);
    expect(boundAt(50)).toBe(0);
  });

  it('is what is known where nobody can take a truck', () => {
    const trucks = [{ ...here, readyAt: 10, weight: 3, busyFor: 30 }];
    const instance = { ...oneStation, trucks, groups: [] };
    expect(lowerBound(instance, { known: 870 }).minutes).toBe(870);
  });

  it.each(['1', '3'])(
    'is under what either policy waits on simulated day %s, for what was done is a plan of the instance',
    (seed) => {
      const day = simulatedDay(seed, { rates: faithful, recalls: 0, trucks: 40, policy: 'cn-freight' });
      const [peer, own] = [simulate(day, nearestFirst), simulate(day, yizhan)];
      const instance = hindsightOf(day, plannedTripMinutes([...peer.events, ...own.events]));
      const waited = [peer, own].map(({ events }) => weightedMinutes(outcomesOf(day, events)));
      const { minutes } = lowerBound(instance, { known: 2 * Math.max(...waited), rounds: 200 });
      for (const { events } of [peer, own]) {
        expect(minutes).toBeLessThanOrEqual(weightedMinutes(outcomesOf(day, events)) + 1e-6);
        expect(impossible(day, events)).toEqual([]);
      }
    },
  );
});

/** Of each handoff the assignment with which its truck went: one before that may have been changed. */
function withWhichTheyWent(events: readonly YizhanEvent[]): YizhanEvent<'handoff.assigned'>[] {
  const last = new Map<string, YizhanEvent<'handoff.assigned'>>();
  for (const event of events) {
    if (isEvent(event, 'handoff.assigned')) last.set(event.data.handoffId, event);
    else if (isEvent(event, 'handoff.assignment_ended')) last.delete(event.data.handoffId);
  }
  return [...last.values()].toSorted((one, other) => Number(one.position) - Number(other.position));
}

/** What a driver did that the instance does not let him do: a start before he could be there, or too late in his shift. */
function impossible(day: StudyDay, events: readonly YizhanEvent[]): string[] {
  const faults: string[] = [];
  const planned = plannedTripMinutes(events);
  const instance = hindsightOf(day, planned);
  const codes = day.stations.map(({ code }) => code);
  const minuteOf = (instant: number): number => (instant - day.startsAt) / 60_000;
  for (const { driverId, stationCode, shifts } of day.drivers) {
    const taken = withWhichTheyWent(events).flatMap(({ data }) => {
      const truck = day.trucks.find(({ visitId }) => visitId === data.visitId);
      return truck && data.driverId === driverId ? [{ truck, start: minuteOf(Date.parse(data.plannedStartAt)) }] : [];
    });
    let free = { at: -Infinity, station: -1 };
    for (const { truck, start } of taken) {
      const shift = shifts.find(({ from, to }) => minuteOf(from) <= start && start <= minuteOf(to));
      const [began, last] = shift ? [minuteOf(shift.from), minuteOf(shift.to) - planned] : [Infinity, -Infinity];
      if (free.at < began) free = { at: began, station: codes.indexOf(stationCode) };
      const soonest = free.at + instance.travel[free.station][codes.indexOf(truck.stationCode)];
      if (start < soonest) faults.push(`${driverId} started at ${start}, and could not before ${soonest}`);
      if (start > last) faults.push(`${driverId} started too late, at ${start}`);
      free = { at: start + busyMinutes(truck), station: codes.indexOf(truck.returnStationCode) };
    }
  }
  return faults;
}
