import fc from 'fast-check';
import { beginHistory, forgetArrival, noArrivals, noteArrival, usualArrivals } from './arrival-history.js';

const hour = 3_600_000;
const day = 24 * hour;
const weeks = 4;
/** An hour of some day, so that hours of the zone's clock need no thought. */
const begin = 400_000 * hour;

const kinds = ['A2', 'B2'].flatMap((licenceRequired) =>
  ['JD', 'PJ'].map((stationCode) => ({ zoneId: 'yiwu', stationCode, licenceRequired })),
);

interface Came {
  readonly kind: number;
  /** Since `begin`. */
  readonly hour: number;
  readonly millis: number;
  readonly isRetracted: boolean;
}

const arrivals: fc.Arbitrary<readonly Came[]> = fc
  .array(
    fc.record({
      kind: fc.nat({ max: kinds.length - 1 }),
      hour: fc.nat({ max: 35 * 24 }),
      millis: fc.nat({ max: hour - 1 }),
      isRetracted: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 60 },
  )
  .map((some) => some.toSorted((one, other) => one.hour - other.hour));

/** Of the list itself, hour by hour: what is usual is the mean of the days before, a day of the same weekday counted as three. */
function usualByHand(came: readonly Came[], kind: number, now: number, ahead: number): number {
  const counts = (at: number): number =>
    came.filter((each) => each.kind === kind && !each.isRetracted && each.hour === at).length;
  let sum = 0;
  for (let minute = now; minute < now + ahead; minute += 1) {
    const at = Math.floor(minute / 60);
    const seen = Array.from({ length: weeks * 7 }, (_each, index) => index + 1)
      .filter((back) => at - back * 24 >= 1)
      .flatMap((back) => Array.from({ length: back % 7 === 0 ? 3 : 1 }, () => counts(at - back * 24)));
    if (seen.length > 0) sum += seen.reduce((one, other) => one + other, 0) / seen.length / 60;
  }
  return sum;
}

describe('what usually arrives', () => {
  it('is the mean of the same hours on the days before, as counting by hand has it', () => {
    fc.assert(
      fc.property(arrivals, fc.nat({ max: 90 }), fc.integer({ min: 1, max: 180 }), (came, later, ahead) => {
        const history = noArrivals();
        beginHistory(history, 'yiwu', begin + 17);
        for (const each of came) {
          const at = begin + each.hour * hour + each.millis;
          noteArrival(history, kinds[each.kind], at);
          if (each.isRetracted) forgetArrival(history, kinds[each.kind], at);
        }
        const now = (came.at(-1)?.hour ?? 0) * 60 + later;
        const from = begin + now * 60_000;
        const usual = usualArrivals(history, from, from + ahead * 60_000);
        kinds.forEach((kind, index) => {
          const { trucks = 0 } = usual.find((each) => JSON.stringify(each.kind) === JSON.stringify(kind)) ?? {};
          expect(trucks).toBeCloseTo(usualByHand(came, index, now, ahead), 9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is nothing before a whole day has been seen, and after the zone is closed anew', () => {
    const history = noArrivals();
    beginHistory(history, 'yiwu', begin);
    const [kind] = kinds;
    const usual = (from: number): number =>
      usualArrivals(history, from, from + hour).find(({ trucks }) => trucks > 0)?.trucks ?? 0;
    noteArrival(history, kind, begin + 30 * 60_000);
    noteArrival(history, kind, begin + hour);
    expect(usual(begin + 2 * hour)).toBe(0);
    // The hour in which the zone was closed is not whole.
    expect(usual(begin + day)).toBe(0);
    expect(usual(begin + day + hour)).toBe(1);
    beginHistory(history, 'yiwu', begin + day);
    expect(usual(begin + day + hour)).toBe(0);
  });

  it('keeps four weeks', () => {
    const history = noArrivals();
    beginHistory(history, 'yiwu', begin);
    for (let at = begin; at < begin + 100 * day; at += hour) noteArrival(history, kinds[0], at);
    const [{ byHour }] = history.counts.values();
    expect(byHour.size).toBe(weeks * 7 * 24 + 1);
  });
});
