import fc from 'fast-check';
import { activities, monday, plannedMinutes, plannedStarts, ruleLists, utcOffsets } from '../../test/arbitraries.js';
import { MinuteByMinute } from '../../test/minute-by-minute.js';
import { policyPack } from '../policy-pack.js';
import type { PolicyRules } from '../policy-rules.js';
import type { DriverActivity } from './driven-stretches.js';
import { driverClockAt } from './driver-clock.js';
import { hoursVerdict } from './hours-verdict.js';
import { pruneActivity } from './prune-activity.js';

const minute = 60_000;
const freight = policyPack('cn-freight').rules;
const strict = policyPack('cn-strict').rules;

/** An instant by its local time in China; the day before `monday` is -1. */
const local = (time: string, day = 0): number => Date.parse(`2026-11-02T${time}+08:00`) + day * 86_400_000;
const drove = (...stretches: [from: string, to: string, day?: number][]): DriverActivity => ({
  driving: stretches.map(([from, to, day]) => ({ from: local(from, day), to: local(to, day) })),
  rests: [],
});
const nothing: DriverActivity = { driving: [], rests: [] };

describe('driverClockAt', () => {
  it('counts what a walk over every minute counts', () => {
    fc.assert(
      fc.property(activities, plannedStarts, ruleLists, utcOffsets, (activity, at, hours, utcOffsetMinutes) => {
        const rules: PolicyRules = { ...freight, hours, utcOffsetMinutes };
        expect(driverClockAt(activity, at, rules)).toMatchObject(
          new MinuteByMinute(activity, at, utcOffsetMinutes).clock(rules),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('sums driving over breaks that are no rest, and says when the last rest ended', () => {
    const activity = drove(['06:00', '07:00'], ['08:00', '09:00'], ['09:19', '10:00']);
    expect(driverClockAt(activity, local('10:00'), freight)).toEqual({
      continuousSeconds: 6060,
      drivingSeconds24h: 9660,
      continuousNightSeconds: 0,
      lastRestEndedAt: local('08:00'),
    });
  });

  it('takes the time to come for rest where the driver does not drive', () => {
    const clock = driverClockAt(drove(['08:00', '09:00']), local('09:20'), freight);
    expect(clock).toMatchObject({ continuousSeconds: 0, drivingSeconds24h: 3600, lastRestEndedAt: local('09:20') });
  });

  it('takes the time to come for driving where the driver drives', () => {
    const activity = { driving: [{ from: local('08:00'), to: null }], rests: [] };
    expect(driverClockAt(activity, local('09:20'), freight).continuousSeconds).toBe(4800);
  });

  it('begins afresh after a recorded rest on the road, and only if it was long enough', () => {
    const driving = [{ from: local('08:00'), to: local('12:00') }];
    const clockAfter = (restUntil: string) =>
      driverClockAt({ driving, rests: [{ from: local('10:00'), to: local(restUntil) }] }, local('12:00'), freight);
    expect(clockAfter('10:20')).toMatchObject({ continuousSeconds: 6000, lastRestEndedAt: local('10:20') });
    expect(clockAfter('10:19')).toMatchObject({ continuousSeconds: 13260 });
  });

  it('names no rest that nothing is recorded before', () => {
    expect(driverClockAt(nothing, local('08:00'), freight)).not.toHaveProperty('lastRestEndedAt');
    expect(driverClockAt(drove(['08:00', '09:00']), local('09:00'), freight)).not.toHaveProperty('lastRestEndedAt');
  });

  it('rounds up to whole seconds', () => {
    const activity = { driving: [{ from: monday, to: monday + 1001 }], rests: [] };
    expect(driverClockAt(activity, monday + 2000, freight).continuousSeconds).toBe(2);
  });

  it('shows the night driving that the pack has a rule for', () => {
    const activity = drove(['21:00', '23:00']);
    expect(driverClockAt(activity, local('23:00'), strict).continuousNightSeconds).toBe(3600);
    expect(driverClockAt(activity, local('23:00'), freight).continuousNightSeconds).toBe(0);
  });
});

describe('hoursVerdict', () => {
  it('finds the first minute at which every rule allows it, and the rule that blocks first', () => {
    fc.assert(
      fc.property(
        activities,
        plannedStarts,
        plannedMinutes,
        ruleLists,
        utcOffsets,
        (activity, at, minutes, hours, offset) => {
          const reference = new MinuteByMinute(activity, at, offset);
          const rules: PolicyRules = { ...freight, hours, utcOffsetMinutes: offset };
          const verdict = hoursVerdict(rules, activity, at, minutes * 60);
          const earliest = reference.earliest(hours, minutes);
          expect(verdict.earliestStartAt).toBe(earliest === undefined ? undefined : at + earliest * minute);
          expect(verdict.allowed).toBe(earliest === 0);
          const blocking = hours.find((rule) => !reference.allows(rule, minutes));
          expect(verdict.allowed ? undefined : verdict.block.rule).toBe(blocking?.rule);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('agrees with the sums of its own clock, to the millisecond', () => {
    const instants = fc.integer({ min: 0, max: 16_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(instants, instants)), fc.integer({ min: 0, max: 15_000_000 }), (pairs, planned) => {
        const activity = { driving: pairs.map(([from, to]) => ({ from, to })), rests: [] };
        const { allowed, clock } = hoursVerdict(freight, activity, 16_000_000, planned / 1000);
        expect(allowed).toBe(clock.continuousSeconds * 1000 + planned <= 14_400_000);
      }),
    );
  });

  it('allows four hours to the second and no second more (cn-freight)', () => {
    const activity = drove(['08:00', '11:00']);
    expect(hoursVerdict(freight, activity, local('11:10'), 3600).allowed).toBe(true);
    expect(hoursVerdict(freight, activity, local('11:10'), 3601)).toMatchObject({
      allowed: false,
      block: { rule: 'continuous_driving', until: local('11:20') },
      earliestStartAt: local('11:20'),
    });
  });

  it('says that no waiting helps where the run alone is too long', () => {
    const verdict = hoursVerdict(freight, nothing, local('08:00'), 14_401);
    expect(verdict).toMatchObject({ allowed: false, block: { rule: 'continuous_driving' } });
    expect(verdict).not.toHaveProperty('earliestStartAt');
    expect(verdict.allowed || verdict.block).not.toHaveProperty('until');
  });

  it('waits for driving to fall out of the 24 hours (cn-strict)', () => {
    const activity = drove(['08:00', '11:00'], ['12:00', '15:00'], ['16:00', '18:00']);
    expect(hoursVerdict(strict, activity, local('19:00'), 1800)).toMatchObject({
      allowed: false,
      block: { rule: 'driving_in_window', until: local('08:30', 1) },
    });
  });

  it('waits for the morning where no rest makes the night run legal (cn-strict)', () => {
    expect(hoursVerdict(strict, nothing, local('22:30'), 10_800)).toMatchObject({
      allowed: false,
      block: { rule: 'continuous_night_driving', until: local('04:00', 1) },
      earliestStartAt: local('05:00', 1),
    });
  });

  it('lets a run begin so early that only its end is in the night (cn-strict)', () => {
    expect(hoursVerdict(strict, nothing, local('20:00'), 14_400).allowed).toBe(true);
    expect(hoursVerdict(strict, nothing, local('20:01'), 14_400)).toMatchObject({
      block: { rule: 'continuous_night_driving' },
    });
  });

  it('goes around the small hours, and jumps from rule to rule (cn-strict)', () => {
    expect(hoursVerdict(strict, nothing, local('00:30'), 5400).allowed).toBe(true);
    expect(hoursVerdict(strict, nothing, local('00:31'), 5400)).toMatchObject({
      block: { rule: 'no_driving_between', until: local('05:00') },
    });
    expect(hoursVerdict(strict, drove(['23:00', '23:59', -1]), local('00:10'), 5400)).toMatchObject({
      block: { rule: 'continuous_night_driving', until: local('00:19') },
      earliestStartAt: local('00:19'),
    });
    expect(hoursVerdict(strict, drove(['23:00', '23:59', -1]), local('00:10'), 6600)).toMatchObject({
      block: { rule: 'continuous_night_driving', until: local('00:19') },
      earliestStartAt: local('05:00'),
    });
  });

  it('lets a driver take a truck at 03:00 that he drives out of the zone, as no driving is planned', () => {
    expect(hoursVerdict(strict, nothing, local('03:00'), 0).allowed).toBe(true);
  });

  it('refuses a duration that is none', () => {
    expect(() => hoursVerdict(strict, nothing, local('03:00'), -1)).toThrow(RangeError);
    expect(() => hoursVerdict(strict, nothing, local('03:00'), NaN)).toThrow(
      'plannedSeconds must be 0 or more, not NaN.',
    );
  });
});

describe('pruneActivity', () => {
  it('changes no clock and no verdict from then on, whatever is driven later', () => {
    fc.assert(
      fc.property(
        activities,
        ruleLists,
        plannedStarts,
        fc.nat({ max: 4000 }),
        fc.nat({ max: 300 }),
        (activity, hours, at, later, minutes) => {
          const rules: PolicyRules = { ...freight, hours };
          const pruned = pruneActivity(activity, at, rules);
          const then = at + later * minute;
          expect(driverClockAt(pruned, then, rules)).toEqual(driverClockAt(activity, then, rules));
          expect(hoursVerdict(rules, pruned, then, minutes * 60)).toEqual(
            hoursVerdict(rules, activity, then, minutes * 60),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('keeps a day and little more', () => {
    const days = Array.from({ length: 60 }, (_, day): [string, string, number] => ['08:00', '10:00', -day]);
    const rests = days.map(([, , day]) => ({ from: local('09:00', day), to: local('09:30', day) }));
    const pruned = pruneActivity({ ...drove(...days), rests }, local('12:00'), strict);
    expect(pruned.driving.map(({ from }) => from)).toEqual([local('08:00'), local('08:00', -1)]);
    expect(pruned.rests.map(({ from }) => from)).toEqual([local('09:00'), local('09:00', -1)]);
  });

  it('keeps a stretch that goes back further than a day, as long as nobody rested', () => {
    const activity = { driving: [{ from: local('08:00', -3), to: null }], rests: [] };
    expect(pruneActivity(activity, local('12:00'), strict)).toEqual(activity);
  });
});
