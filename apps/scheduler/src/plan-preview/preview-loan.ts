import { Injectable } from '@nestjs/common';
import { Clock, Problem } from '@yizhan/kernel';
import { credentialsNeeded } from '@yizhan/policy';
import { WatchedPicture } from '../answers/watched-picture.js';
import { Contest } from '../candidates/contest.js';
import { joinPool, leavePool } from '../picture/driver-pools.js';
import { type AreaPicture, type DriverPicture, policyInForce } from '../picture/area-picture.js';
import { type PlanEffect, planEffect } from './plan-difference.js';

/** The driver who would be lent. What is left out is taken from the area that has him; another area is told. */
export interface LentDriver {
  readonly driverId: string;
  readonly insideZoneId?: string;
  readonly licences?: readonly string[];
  /** Where he would report. */
  readonly stationCode?: string;
}

/** What a loan would do to one of the two areas. */
export interface LoanPreview extends PlanEffect {
  readonly areaCode: string;
  readonly driverId: string;
  /** `loses`: he is in this area's pool; `gains`: he would be. */
  readonly effect: 'loses' | 'gains';
  readonly at: number;
  /** The last event of the area that was seen. */
  readonly basedOnPosition: number;
}

/** Says what a loan would do to an area, before anybody offers or accepts it. Changes nothing. */
@Injectable()
export class PreviewLoan {
  constructor(
    private readonly watched: WatchedPicture,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem as `previewLoan` and `WatchedPicture` do. */
  async execute(areaCode: string, driver: LentDriver): Promise<LoanPreview> {
    const picture = await this.watched.ofArea(areaCode);
    return previewLoan(picture, driver, Math.max(this.clock.now(), picture.time));
  }
}

const shiftMillis = 8 * 3_600_000;

/** Pure. @throws Problem `invalid` where the area does not have the driver and it is not said what he is. */
export function previewLoan(picture: AreaPicture, driver: LentDriver, now: number): LoanPreview {
  const own = picture.drivers.get(driver.driverId);
  const lent = own ?? described(picture, driver, now);
  const before = new Contest(picture, now);
  const after = new Contest(own ? without(picture, own) : withOneMore(picture, lent), now);
  return {
    areaCode: picture.areaCode,
    driverId: driver.driverId,
    effect: own ? 'loses' : 'gains',
    at: now,
    basedOnPosition: picture.position,
    ...planEffect(before, after),
  };
}

/** Rested, with papers that are in order and a shift of eight hours: what nobody has said is not held against him. */
function described(picture: AreaPicture, driver: LentDriver, now: number): DriverPicture {
  const { driverId, insideZoneId, licences, stationCode } = driver;
  if (insideZoneId === undefined || licences === undefined) {
    const message = `driver ${driverId} is not in the pool of ${picture.areaCode}: say in which zone he is and what he may drive`;
    throw new Problem('invalid', 'LOAN.DRIVER_NOT_DESCRIBED', message, { driverId, field: 'insideZoneId' });
  }
  const policy = policyInForce(picture, insideZoneId);
  if (!policy) {
    const message = `area ${picture.areaCode} does not serve zone ${insideZoneId}, in which driver ${driverId} is`;
    throw new Problem('conflict', 'LOAN.ZONE_NOT_SERVED', message, { driverId, zoneId: insideZoneId });
  }
  const endsAt = now + shiftMillis;
  const at = stationCode ?? [...picture.stations.keys()].toSorted()[0] ?? '';
  return {
    driverId,
    insideZoneId,
    licences,
    shift: { stationCode: at, endsAt },
    credentials: licences
      .flatMap((licenceRequired) => credentialsNeeded(policy.rules, { licenceRequired }))
      .map((credential) => ({ credential, validFrom: 0, validUntil: endsAt })),
    activity: { driving: [], rests: [] },
    atStationCode: at,
    recorded: [],
  };
}

/** The same picture with one driver fewer; what both share is not copied. */
function without(picture: AreaPicture, driver: DriverPicture): AreaPicture {
  const fewer = copyOf(picture);
  leavePool(fewer, driver);
  fewer.drivers.delete(driver.driverId);
  return fewer;
}

function withOneMore(picture: AreaPicture, driver: DriverPicture): AreaPicture {
  const more = copyOf(picture);
  more.drivers.set(driver.driverId, driver);
  more.lentOut.delete(driver.driverId);
  joinPool(more, driver);
  return more;
}

function copyOf(picture: AreaPicture): AreaPicture {
  return {
    ...picture,
    drivers: new Map(picture.drivers),
    lentOut: new Map(picture.lentOut),
    insidePools: poolsOf(picture.insidePools),
    carrierPools: poolsOf(picture.carrierPools),
  };
}

const poolsOf = (pools: AreaPicture['insidePools']): AreaPicture['insidePools'] =>
  new Map([...pools].map(([key, pool]) => [key, [...pool]]));
