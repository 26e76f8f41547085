/** A driver on duty. */
export interface Candidate {
  readonly driverId: string;
  readonly licences: readonly string[];
  readonly minutesLeft: number;
  readonly holdsPlate?: string;
  readonly liveHandoffId?: string;
}

/** What the scheduler says against a driver. */
export interface Considered {
  readonly driverId: string;
  readonly cost: number;
  readonly parts: { readonly delaySeconds: number };
}

export interface RankedDriver {
  readonly driverId: string;
  readonly licences: readonly string[];
  readonly minutesLeft: number;
  readonly isFree: boolean;
  readonly isSuggested: boolean;
  /** By how much the truck starts later with him; absent where the scheduler has not looked at him. */
  readonly delayMinutes?: number;
}

/** Those on duty: who is free before who is not, whom the scheduler suggests first, then by what speaks against them. */
export function rankDrivers(
  onDuty: readonly Candidate[],
  suggestions: readonly { readonly driverId: string }[],
  considered: readonly Considered[],
): readonly RankedDriver[] {
  const costOf = new Map(considered.map((each) => [each.driverId, each]));
  const orderOf = new Map(suggestions.map(({ driverId }, index) => [driverId, index]));
  const cost = ({ driverId }: RankedDriver) => costOf.get(driverId)?.cost ?? Number.MAX_SAFE_INTEGER;
  const order = ({ driverId }: RankedDriver) => orderOf.get(driverId) ?? suggestions.length;
  return onDuty
    .map(({ driverId, licences, minutesLeft, holdsPlate, liveHandoffId }) => {
      const known = costOf.get(driverId);
      return {
        driverId,
        licences,
        minutesLeft,
        isFree: holdsPlate === undefined && liveHandoffId === undefined,
        isSuggested: orderOf.has(driverId),
        ...(known && { delayMinutes: Math.ceil(known.parts.delaySeconds / 60) }),
      };
    })
    .toSorted(
      (one, other) =>
        Number(other.isFree) - Number(one.isFree) ||
        order(one) - order(other) ||
        cost(one) - cost(other) ||
        other.minutesLeft - one.minutesLeft,
    );
}
