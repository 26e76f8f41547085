import { type EligibilityRuleName, judgeEligibility, type SwapNeeds } from '@yizhan/policy';
import type { AreaPicture, DriverPicture } from '../picture/area-picture.js';
import { reachesInTime, travelSeconds } from '../rules/reaches-in-time.js';
import { licencesCovered } from './costs.js';
import type { Swap } from './swap.js';
import { usualRoundTripSeconds } from './usual-round-trip.js';

/** When a driver could start with a truck and be back, or the rule that keeps him away. Instants are epoch milliseconds. */
export type Plan =
  | {
      readonly rule: undefined;
      readonly plannedStartAt: number;
      readonly plannedReturnAt: number | undefined;
      /** To the station, without a truck. */
      readonly travelSeconds: number;
      readonly drivenSeconds: number;
      /** How many licence classes his licences cover. */
      readonly licencesCovered: number;
    }
  | {
      readonly rule: EligibilityRuleName | 'travel';
      /** The earliest instant at which it is worth asking again if nothing happens. */
      readonly until: number | undefined;
    };

/** Plans for a driver who is free. He may start late by as much as the pack allows, if his hours or papers need it. */
export function planOf(picture: AreaPicture, swap: Swap, driver: DriverPicture, now: number): Plan {
  const { rules } = swap.policy;
  const travel = travelSeconds(picture, rules, driver.atStationCode ?? driver.shift?.stationCode, swap.stationCode);
  const mayDelayMillis = rules.maxPlannedStartDelaySeconds * 1000;
  let needs = needsFrom(swap, Math.max(swap.startsFrom, now + travel * 1000));
  let verdict = judgeEligibility(rules, driver, needs);
  if (!verdict.eligible && verdict.until !== undefined && verdict.until <= swap.startsFrom + mayDelayMillis) {
    needs = needsFrom(swap, verdict.until);
    verdict = judgeEligibility(rules, driver, needs);
  }
  if (!verdict.eligible) {
    const { rule, until } = verdict;
    return { rule, until: until === undefined ? undefined : Math.max(until - mayDelayMillis, now + 1) };
  }
  if (!swap.isNamed && !reachesInTime(rules, travel)) return { rule: 'travel', until: undefined };
  const { plannedStartAt, plannedReturnAt } = needs;
  return {
    rule: undefined,
    plannedStartAt,
    plannedReturnAt,
    travelSeconds: travel,
    drivenSeconds: verdict.clock.drivingSeconds24h,
    licencesCovered: licencesCovered(rules, driver.licences),
  };
}

/** What is asked of a driver who starts at an instant. */
export function needsFrom(swap: Swap, plannedStartAt: number): SwapNeeds {
  return {
    flow: swap.flow,
    zoneId: swap.zoneId,
    licenceRequired: swap.licenceRequired,
    carrierId: swap.carrierId,
    returnDriverIds: swap.returnDriverIds,
    plannedStartAt,
    plannedReturnAt: swap.flow === 'into_zone' ? plannedStartAt + usualRoundTripSeconds * 1000 : undefined,
  };
}
