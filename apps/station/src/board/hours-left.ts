import { type DriverActivity, hoursVerdict, type PolicyRules } from '@yizhan/policy';

/**
 * For how long, in whole minutes, a driver may still drive from `at` (epoch milliseconds) on without a rest, but not beyond
 * `until`: a trip that is too long at one length is too long at every greater one.
 */
export function minutesLeft(rules: PolicyRules | null, activity: DriverActivity, at: number, until: number): number {
  const most = Math.max(0, Math.floor((until - at) / 60_000));
  if (!rules) return most;
  const mayDrive = (minutes: number): boolean => hoursVerdict(rules, activity, at, minutes * 60).allowed;
  let known = 0;
  let tooMuch = most + 1;
  while (tooMuch - known > 1) {
    const tried = Math.floor((known + tooMuch) / 2);
    if (mayDrive(tried)) known = tried;
    else tooMuch = tried;
  }
  return known;
}
