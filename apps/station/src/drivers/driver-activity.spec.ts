import { driverClockAt, policyPack } from '@yizhan/policy';
import { activityAfterDriving, activityAfterRest, activityUpToNow, prunedFor } from './driver-activity.js';

const hour = 3_600_000;
const nothing = { driving: [], rests: [] };

test('who drives now has an interval without an end', () => {
  expect(activityUpToNow({ activity: nothing, drivingSince: 5 }).driving).toEqual([{ from: 5, to: null }]);
  expect(activityUpToNow({ activity: nothing, drivingSince: null })).toEqual(nothing);
});

test('stopping closes the interval', () => {
  expect(activityAfterDriving({ activity: nothing, drivingSince: 5 }, 9).driving).toEqual([{ from: 5, to: 9 }]);
});

test('a stop without a start, or before it, is no driving', () => {
  expect(activityAfterDriving({ activity: nothing, drivingSince: null }, 9)).toEqual(nothing);
  expect(activityAfterDriving({ activity: nothing, drivingSince: 9 }, 9)).toEqual(nothing);
});

test('a rest is kept beside the driving', () => {
  expect(activityAfterRest(nothing, { from: 1, to: 2 }).rests).toEqual([{ from: 1, to: 2 }]);
});

test('pruning drops old days and changes no clock', () => {
  const { rules } = policyPack('cn-strict');
  const days = Array.from({ length: 30 }, (_, day) => ({ from: day * 24 * hour, to: day * 24 * hour + 3 * hour }));
  const at = 30 * 24 * hour;
  const pruned = prunedFor({ driving: days, rests: [] }, at, [policyPack('cn-freight').rules, rules]);
  expect(pruned.driving.length).toBeLessThan(4);
  expect(driverClockAt(pruned, at, rules)).toEqual(driverClockAt({ driving: days, rests: [] }, at, rules));
});

test('without a policy nothing is known to be old', () => {
  const activity = { driving: [{ from: 0, to: 1 }], rests: [] };
  expect(prunedFor(activity, 1e12, [])).toEqual(activity);
});
