import fc from 'fast-check';
import { busiestHour, type Coming, expectedWait, forecast, type Pace } from './forecast.js';

const minute = 60_000;
const hour = 60 * minute;

const minutes = (min: number, max: number) => fc.integer({ min, max }).map((each) => each * minute);
const trucks = fc.array(fc.record({ readyAt: minutes(-60, 240), priority: fc.integer({ min: 0, max: 9 }) }), {
  maxLength: 15,
});
const paces = fc.record(
  {
    trucksPerHour: fc.integer({ min: 0, max: 6 }),
    passedAt: fc.array(minutes(-90, 0), { maxLength: 8 }),
    exemptFromPriority: fc.constantFrom(7, 10),
    endsAt: minutes(1, 300),
  },
  { requiredKeys: ['trucksPerHour', 'passedAt'] },
);

/** Looks at every minute of two days, and lets the most urgent truck pass as long as the hour before has room. */
function minuteByMinute(coming: readonly Coming[], pace: Pace): (number | undefined)[] {
  const { trucksPerHour, exemptFromPriority = Infinity, endsAt = Infinity } = pace;
  const passes: (number | undefined)[] = coming.map(() => undefined);
  const all = [...pace.passedAt];
  for (let at = 0; at <= 48 * hour; at += minute) {
    const ready = [...coming.keys()]
      .filter((truck) => passes[truck] === undefined && coming[truck].readyAt <= at)
      .toSorted(
        (one, other) => coming[other].priority - coming[one].priority || coming[one].readyAt - coming[other].readyAt,
      );
    for (const truck of ready) {
      const inLastHour = all.filter((passed) => passed > at - hour).length;
      if (at < endsAt && coming[truck].priority < exemptFromPriority && inLastHour >= trucksPerHour) continue;
      passes[truck] = at;
      all.push(at);
    }
  }
  return passes;
}

it('says when each truck passes, as a simulation minute by minute does', () => {
  fc.assert(
    fc.property(trucks, paces, (coming, pace) => {
      expect(forecast(coming, pace, 0)).toEqual(minuteByMinute(coming, pace));
    }),
    { numRuns: 60 },
  );
});

it('looks at each truck a few times, however many wait', () => {
  let looks = 0;
  const coming = Array.from({ length: 1_000 }, (_, index) => ({
    readyAt: (index % 300) * minute,
    get priority() {
      looks += 1;
      return index % 10;
    },
  }));
  const passes = forecast(coming, { trucksPerHour: 60, passedAt: [], exemptFromPriority: 9 }, 0);
  expect(passes.every((at) => at !== undefined)).toBe(true);
  // Each is sorted in among those that wait.
  expect(looks).toBeLessThan(1_000 * 2 * Math.log2(1_000));
});

it('never lets more pass in an hour than it may, and nobody wait while there is room', () => {
  fc.assert(
    fc.property(trucks, paces, (coming, { trucksPerHour, passedAt }) => {
      const passes = forecast(coming, { trucksPerHour, passedAt }, 0).filter((at) => at !== undefined);
      for (const at of passes) {
        const before = [...passedAt, ...passes].filter((passed) => passed > at - hour && passed <= at).length;
        const beforeNow = passedAt.filter((passed) => passed > at - hour).length;
        expect(before).toBeLessThanOrEqual(Math.max(trucksPerHour, beforeNow));
      }
      expect(passes).toHaveLength(trucksPerHour === 0 ? 0 : coming.length);
    }),
  );
});

it('sums up how long they wait, and says who never passes', () => {
  const coming = [0, 0, 0, 30].map((ready) => ({ readyAt: ready * minute, priority: 0 }));
  expect(expectedWait(coming, { trucksPerHour: 2, passedAt: [] }, 10 * minute)).toEqual({
    trucks: 4,
    held: 2,
    never: 0,
    usualWaitSeconds: 0,
    longestWaitSeconds: 3600,
    doneAt: 70 * minute,
  });
  expect(expectedWait(coming, { trucksPerHour: 0, passedAt: [] }, 0)).toEqual({ trucks: 4, held: 4, never: 4 });
  expect(expectedWait([], { trucksPerHour: 1, passedAt: [] }, 0)).toEqual({ trucks: 0, held: 0, never: 0 });
});

it('finds the busiest hour, as counting from each pass does', () => {
  fc.assert(
    fc.property(fc.array(minutes(-1440, 0), { maxLength: 40 }), (passedAt) => {
      const counts = passedAt.map((from) => passedAt.filter((at) => at >= from && at < from + hour).length);
      expect(busiestHour(passedAt)).toBe(Math.max(0, ...counts));
    }),
  );
});
