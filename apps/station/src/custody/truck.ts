import type { Licence, Party, PlateColour, Truck } from '@yizhan/contracts';
import { Problem, toIso } from '@yizhan/kernel';

/** A truck as we know it, with the one party that answers for it while it is tracked. */
export interface TrackedTruck {
  readonly plate: string;
  readonly areaCode: string;
  readonly plateColour: PlateColour;
  readonly licenceRequired: Licence;
  readonly trailerPlate: string | null;
  readonly carrierId: string | null;
  readonly sealNumber: string | null;
  /** Null where the truck is not tracked. */
  readonly custodian: Party | null;
  readonly custodyAt: number | null;
  readonly version: number;
}

/** A truck in the custody of somebody. */
export type TruckInCustody = TrackedTruck & { readonly custodian: Party; readonly custodyAt: number };

/** The one party that answers for the truck. @throws Problem `illegal_state` where it is not tracked. */
export function inCustody(truck: TrackedTruck): TruckInCustody {
  if (truck.custodian && truck.custodyAt !== null) return truck as TruckInCustody;
  throw new Problem(
    'illegal_state',
    'CUSTODY.NOT_TRACKED',
    `nobody answers for truck ${truck.plate}: it is not tracked`,
    {
      plate: truck.plate,
      allowedSteps: [],
    },
  );
}

/** The truck in the hands of `to` from `at` on. The chain never goes back in time. */
export function handedTo(truck: TrackedTruck, to: Party, at: number): TruckInCustody {
  if (truck.custodyAt !== null && at < truck.custodyAt) {
    throw new Problem(
      'conflict',
      'CUSTODY.BEFORE_THE_LAST',
      `custody of truck ${truck.plate} has moved after this instant`,
      {
        plate: truck.plate,
        custodyAt: toIso(truck.custodyAt),
      },
    );
  }
  return { ...truck, custodian: to, custodyAt: at };
}

/** Tracking ends: nobody answers for the truck to us any more, nor for its seal. */
export function untracked(truck: TrackedTruck): TrackedTruck {
  return { ...truck, custodian: null, custodyAt: null, sealNumber: null };
}

export function isSameParty(one: Party | null | undefined, other: Party | null | undefined): boolean {
  return one?.kind === other?.kind && one?.id === other?.id;
}

export function isHeldBy(truck: TrackedTruck, driverId: string): boolean {
  return isSameParty(truck.custodian, { kind: 'driver', id: driverId });
}

/** Only the custodian can give a truck away. */
export function notTheCustodian(truck: Pick<TrackedTruck, 'plate' | 'custodian'>, who: Party): Problem {
  const { custodian, plate } = truck;
  return new Problem(
    'conflict',
    'CUSTODY.NOT_THE_CUSTODIAN',
    custodian
      ? `${who.kind} ${who.id} does not answer for truck ${plate}: ${custodian.kind} ${custodian.id} does`
      : `${who.kind} ${who.id} does not answer for truck ${plate}: nobody does, it is not tracked`,
    { plate, custodian },
  );
}

/** A driver answers for one truck at a time. */
export function holdsAnother(driverId: string, plate: string): Problem {
  const message = `driver ${driverId} still answers for truck ${plate}: hand it over or park it first`;
  return new Problem('conflict', 'DRIVER.HOLDS_ANOTHER_TRUCK', message, { driverId, plate });
}

/** The truck as events carry it. */
export function truckFacts(truck: TrackedTruck): Truck {
  const { plate, plateColour, licenceRequired, trailerPlate } = truck;
  return { plate, plateColour, licenceRequired, ...(trailerPlate === null ? {} : { trailerPlate }) };
}

/** A truck that we have not seen before. */
export function newTruck(facts: Truck, areaCode: string, carrierId: string | null): TrackedTruck {
  return {
    plate: facts.plate,
    areaCode,
    plateColour: facts.plateColour,
    licenceRequired: facts.licenceRequired,
    trailerPlate: facts.trailerPlate ?? null,
    carrierId,
    sealNumber: null,
    custodian: null,
    custodyAt: null,
    version: 0,
  };
}
