import { Injectable } from '@nestjs/common';
import { Clock, Problem } from '@yizhan/kernel';
import { isOnLane, type Lane, throttleExemptFrom, throttleWindowMillis } from '@yizhan/policy';
import { WatchedPicture } from '../answers/watched-picture.js';
import { Contest } from '../candidates/contest.js';
import { assignedOn } from '../matching/within-throttles.js';
import { type AreaPicture, givesDrivers, type ThrottlePicture } from '../picture/area-picture.js';
import { busiestHour, type ExpectedWait, expectedWait } from './forecast.js';
import { type PlanEffect, planEffect } from './plan-difference.js';
import { announcedOn, comingOf, waitingOn } from './trucks-to-come.js';

/** What a throttle of a lane would do. */
export interface ThrottlePreview extends PlanEffect {
  readonly areaCode: string;
  readonly at: number;
  /** The last event of the area that was seen. */
  readonly basedOnPosition: number;
  /** The limit that the lane has now. */
  readonly trucksPerHourBefore?: number;
  /** Trucks of the lane that have got a driver in the last hour, and in the busiest one of the last day. */
  readonly lastHour: number;
  readonly busiestHour: number;
  readonly waitingOnLane: number;
  /** Within the next day. */
  readonly announcedOnLane: number;
  /** From this priority on a truck passes; the lowest of the area's zones. */
  readonly exemptFromPriority: number;
  /** How long the trucks of the lane, at stations that give drivers, wait for the limit alone, if one is there for each of them. */
  readonly wait: ExpectedWait;
}

/** Says what it would do to throttle a lane, before anybody does it. Changes nothing. */
@Injectable()
export class PreviewThrottle {
  constructor(
    private readonly watched: WatchedPicture,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem as `previewThrottle` and `WatchedPicture` do. */
  async execute(areaCode: string, throttle: ThrottlePicture): Promise<ThrottlePreview> {
    const picture = await this.watched.ofArea(areaCode);
    return previewThrottle(picture, throttle, Math.max(this.clock.now(), picture.time));
  }
}

const isSame = (one: Lane, other: Lane): boolean =>
  one.flow === other.flow && (one.stationCode ?? '') === (other.stationCode ?? '');

/**
 * Pure. @throws Problem as to throttle does: `not_found` where the area has no such station, `invalid` where it would end before it begins.
 */
export function previewThrottle(picture: AreaPicture, throttle: ThrottlePicture, now: number): ThrottlePreview {
  assertPossible(picture, throttle, now);
  const others = [...picture.throttles].filter(([, other]) => !isSame(other, throttle));
  const before = [...picture.throttles.values()].find((other) => isSame(other, throttle));
  const throttled = { ...picture, throttles: new Map([...others, ['preview', throttle]]) };
  const passedAt = assignedOn(picture, throttle, now);
  const isMeant = (visit: Parameters<typeof isOnLane>[1]): boolean => isOnLane(throttle, visit);
  const waiting = waitingOn(picture, isMeant);
  const announced = announcedOn(picture, now, isMeant);
  const exemptFromPriority = lowestExempt(picture);
  const { trucksPerHour, endsAt } = throttle;
  // Of several stations those that give no drivers keep theirs back by themselves; where none does, that is what is to be said.
  const isServed = isAnyServed(picture, throttle);
  const isKept = ({ stationCode }: { readonly stationCode: string }): boolean =>
    !isServed || givesDrivers(picture.stations.get(stationCode));
  const pace = {
    trucksPerHour: isServed ? trucksPerHour : 0,
    passedAt,
    exemptFromPriority,
    ...(endsAt !== undefined && { endsAt }),
  };
  const coming = announced.filter(isKept).map((visit) => comingOf(picture, visit, now));
  return {
    areaCode: picture.areaCode,
    at: now,
    basedOnPosition: picture.position,
    ...planEffect(new Contest(picture, now), new Contest(throttled, now)),
    ...(before && { trucksPerHourBefore: before.trucksPerHour }),
    lastHour: passedAt.filter((at) => at > now - throttleWindowMillis).length,
    busiestHour: busiestHour(passedAt),
    waitingOnLane: waiting.length,
    announcedOnLane: announced.length,
    exemptFromPriority,
    wait: expectedWait([...waitingOn(picture, (visit) => isMeant(visit) && isKept(visit)), ...coming], pace, now),
  };
}

/** Whether any station of the lane gives drivers now. */
function isAnyServed({ stations }: AreaPicture, { stationCode }: Lane): boolean {
  return [...stations].some(([code, station]) => (stationCode ?? code) === code && givesDrivers(station));
}

function assertPossible({ areaCode, stations }: AreaPicture, { stationCode, endsAt }: ThrottlePicture, now: number) {
  if (typeof stationCode === 'string' && !stations.has(stationCode)) {
    const message = `area ${areaCode} has no station ${stationCode}`;
    throw new Problem('not_found', 'STATION.NOT_FOUND', message, { areaCode, stationCode });
  }
  if (endsAt !== undefined && endsAt <= now)
    throw new Problem('invalid', 'LANE.ENDS_BEFORE_START', 'a throttle ends after it begins', { field: 'endsAt' });
}

function lowestExempt({ policies, policyOfZone }: AreaPicture): number {
  const rules = [...policyOfZone.values()].flatMap(({ id, version }) => policies.get(`${id}@${version}`) ?? []);
  return Math.min(...rules.map(throttleExemptFrom), ...(rules.length === 0 ? [throttleExemptFrom({})] : []));
}
