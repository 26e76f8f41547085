import type { DriverOnDutyResponse } from '@yizhan/client';

/** Who is on duty and free, who may drive longest first: the choice of a person while nobody ranks them. */
export const driversByHand = (onDuty: readonly DriverOnDutyResponse[]): readonly DriverOnDutyResponse[] =>
  onDuty
    .filter(
      ({ holdsPlate, liveHandoffId, minutesLeft }) =>
        holdsPlate === undefined && liveHandoffId === undefined && minutesLeft > 0,
    )
    .toSorted((one, other) => other.minutesLeft - one.minutesLeft);
