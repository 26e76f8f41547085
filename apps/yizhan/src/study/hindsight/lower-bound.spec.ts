import fc from 'fast-check';
import { simulatedDay } from '../days/simulated-day.js';
import { faithful } from '../days/study-day.js';
import { outcomesOf, weightedMinutes } from '../figures/outcomes.js';
import { nearestFirst } from '../policies/nearest-first.js';
import { yizhan } from '../policies/yizhan.js';
import { simulate } from '../simulation/simulate.js';
import { busyMinutes, type HindsightInstance, hindsightOf } from './hindsight-instance.js';
import { lowerBound } from './lower-bound.js';
import { plannedTripMinutes } from './planned-trip.js';

/** The optimum by trying every order of trucks with every driver, or none. */
function optimum(instance: HindsightInstance): number {
  const drivers = instance.groups.flatMap((group) => Array.from({ length: group.drivers }, () => group));
  const freeAt = drivers.map(({ from }) => from);
  const place = (left: readonly number[]): number => {
    // Those that are left may all be skipped.
    let best = left.reduce((sum, index) => sum + skipCost(instance, index), 0);
    for (const index of left) {
      const truck = instance.trucks[index];
      const rest = left.filter((other) => other !== index);
      drivers.forEach((group, driver) => {
        const before = freeAt[driver];
        const startsAt = Math.max(before, truck.readyAt);
        if (startsAt > group.lastStart || !group.trucks.includes(index)) return;
        freeAt[driver] = startsAt + truck.busyFor;
        best = Math.min(best, truck.weight * (startsAt - truck.readyAt) + place(rest));
        freeAt[driver] = before;
      });
    }
    return best;
  };
  return place(instance.trucks.map((_truck, index) => index));
}

function skipCost({ trucks, endsAt }: HindsightInstance, index: number): number {
  return trucks[index].weight * (endsAt - trucks[index].readyAt);
}

const instances: fc.Arbitrary<HindsightInstance> = fc
  .record({
    trucks: fc.array(
      fc.record({
        readyAt: fc.nat({ max: 90 }),
        weight: fc.integer({ min: 1, max: 5 }),
        busyFor: fc.integer({ min: 20, max: 60 }),
        isLarge: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    drivers: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 2 }),
  })
  .map(({ trucks, drivers }) => {
    const sorted = trucks.toSorted((one, other) => one.readyAt - other.readyAt);
    const all = sorted.map((_truck, index) => index);
    const small = all.filter((index) => !sorted[index].isLarge);
    const groups = drivers.map((count, index) => {
      return { from: index * 30, lastStart: 200, drivers: count, trucks: index === 0 ? all : small };
    });
    return { endsAt: 300, trucks: sorted, groups };
  });

describe('the bound in hindsight', () => {
  it('is never above the optimum, which trying everything finds', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const best = optimum(instance);
        const { minutes } = lowerBound(instance, { known: best * 2 + 1, rounds: 60 });
        expect(minutes).toBeLessThanOrEqual(best + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('comes close to it on a queue in front of one driver, where who is first depends on weights', () => {
    const trucks = [1, 5, 2].map((weight) => ({ readyAt: 0, weight, busyFor: 30 }));
    const group = { from: 0, lastStart: 200, drivers: 1, trucks: [0, 1, 2] };
    const instance = { endsAt: 300, trucks, groups: [group] };
    // 5 at once, 2 after 30 minutes, 1 after 60.
    expect(optimum(instance)).toBe(120);
    expect(lowerBound(instance, { known: 150, rounds: 400 }).minutes).toBeGreaterThan(114);
  });

  it('is what is known where somebody waits as little as possible', () => {
    const trucks = [{ readyAt: 10, weight: 3, busyFor: 30 }];
    const instance = { endsAt: 300, trucks, groups: [] };
    expect(lowerBound(instance, { known: 870, rounds: 2_000 }).minutes).toBeCloseTo(870, 0);
  });

  it.each(['1', '2', '3', '7'])(
    'is under what either policy waits on simulated day %s, and no driver is free sooner than it says',
    (seed) => {
      const day = simulatedDay(seed, { rates: faithful, recalls: 0, trucks: 40, policy: 'cn-freight' });
      const [peer, own] = [simulate(day, nearestFirst), simulate(day, yizhan)];
      const instance = hindsightOf(day, plannedTripMinutes([...peer.events, ...own.events]));
      const waited = [peer, own].map(({ events }) => weightedMinutes(outcomesOf(day, events)));
      const { minutes } = lowerBound(instance, { known: 2 * Math.max(...waited), rounds: 100 });
      for (const { events } of [peer, own]) {
        expect(minutes).toBeLessThanOrEqual(weightedMinutes(outcomesOf(day, events)) + 1e-6);
        expect(soonestSurplus(day, events)).toBeGreaterThanOrEqual(0);
      }
    },
  );
});

/** By how many minutes the truck that was quickest kept its driver longer than the instance says at the least. */
function soonestSurplus(day: Parameters<typeof outcomesOf>[0], events: Parameters<typeof outcomesOf>[1]): number {
  const surplus = outcomesOf(day, events).flatMap(({ truck, driverAt }) => {
    const freed = events.find(
      ({ type, data }) =>
        (type === 'yizhan.handoff.completed.v1' || type === 'yizhan.custody.moved.v1') &&
        'visitId' in data &&
        data.visitId === truck.returnVisitId,
    );
    if (!freed || driverAt === undefined) return [];
    return [(Date.parse(freed.time) - driverAt) / 60_000 - busyMinutes(truck)];
  });
  return Math.min(...surplus);
}
