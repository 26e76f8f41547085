import type { BoardResponse, DriverOnDutyResponse, OutsideDriverResponse } from '@yizhan/client';

/** Undefined in what an older version has kept on this device: then only what it said keeps anybody away. */
type Classes = DriverOnDutyResponse['trucks'] | undefined;

/** What a truck asks of who takes it on, as far as this device knows it. */
export interface ByHandNeeds {
  readonly flow: 'into_zone' | 'out_of_zone';
  readonly zoneId: string;
  /** Unknown of a truck whose page was never opened here: then no licence keeps anybody away. */
  readonly licenceRequired?: string | undefined;
  readonly carrierId?: string | undefined;
  /** Who may take it out of the zone though he is of another carrier. */
  readonly returnDriverIds?: readonly string[] | undefined;
}

/** Why a driver is not offered: the service's rules by their names, and `busy`. */
export type ByHandRule = 'busy' | 'side' | 'licence' | 'credentials' | 'home_before_shift_ends' | 'hours';

/** A driver as the board knows him, and the first rule that keeps him away. */
export interface ByHand {
  readonly driverId: string;
  readonly licences: readonly string[];
  /** For how long he may drive; nobody knows it of outside drivers. */
  readonly minutesLeft?: number;
  readonly block?: ByHandRule;
}

/** As the service plans where nobody says otherwise. */
const usualTripMinutes = 120;
const minute = 60_000;

/**
 * Who can be chosen while nobody ranks them, who may drive longest first, and behind them who cannot, each with the reason: by what
 * the board said last, as the service would judge it.
 */
export function driversByHand(
  board: Pick<BoardResponse, 'driversOnDuty' | 'outsideDrivers'>,
  needs: ByHandNeeds,
  now: number,
): readonly ByHand[] {
  const all =
    needs.flow === 'into_zone'
      ? board.driversOnDuty.map((driver) => onDutyByHand(driver, needs, now))
      : board.outsideDrivers.map((driver) => outsideByHand(driver, needs, now));
  return all.toSorted(
    (one, other) =>
      Number(one.block !== undefined) - Number(other.block !== undefined) ||
      (other.minutesLeft ?? 0) - (one.minutesLeft ?? 0),
  );
}

function onDutyByHand(driver: DriverOnDutyResponse, needs: ByHandNeeds, now: number): ByHand {
  const { driverId, licences, trucks, zoneId, minutesLeft, shiftEndsAt, holdsPlate, liveHandoffId } = driver;
  const classes: Classes = trucks;
  const back = now + usualTripMinutes * minute;
  const rules: readonly (readonly [ByHandRule, boolean])[] = [
    ['busy', holdsPlate !== undefined || liveHandoffId !== undefined],
    ['side', classes !== undefined && zoneId !== needs.zoneId],
    ...classRules(classes, needs, back),
    ['home_before_shift_ends', back > Date.parse(shiftEndsAt)],
    ['hours', minutesLeft < usualTripMinutes],
  ];
  return { driverId, licences, minutesLeft, ...firstOf(rules) };
}

function outsideByHand(driver: OutsideDriverResponse, needs: ByHandNeeds, now: number): ByHand {
  const { driverId, carrierId, trucks, holdsPlate, liveHandoffId } = driver;
  const classes: Classes = trucks;
  const isOfCarrier = carrierId !== undefined && carrierId === needs.carrierId;
  const rules: readonly (readonly [ByHandRule, boolean])[] = [
    ['busy', holdsPlate !== undefined || liveHandoffId !== undefined],
    ['side', !isOfCarrier && needs.returnDriverIds?.includes(driverId) !== true],
    ...classRules(classes, needs, now),
  ];
  return { driverId, licences: (classes ?? []).map(({ licence }) => licence), ...firstOf(rules) };
}

function classRules(
  trucks: Classes,
  { licenceRequired }: ByHandNeeds,
  until: number,
): readonly (readonly [ByHandRule, boolean])[] {
  if (trucks === undefined || licenceRequired === undefined) return [];
  const found = trucks.find(({ licence }) => licence === licenceRequired);
  const isQualified =
    found?.isQualified === true && (found.qualifiedUntil === undefined || until <= Date.parse(found.qualifiedUntil));
  return [
    ['licence', found === undefined],
    ['credentials', !isQualified],
  ];
}

function firstOf(rules: readonly (readonly [ByHandRule, boolean])[]): Pick<ByHand, 'block'> {
  const block = rules.find(([, keepsAway]) => keepsAway)?.[0];
  return block === undefined ? {} : { block };
}
