import { Injectable } from '@nestjs/common';
import type { Licence, PlateColour } from '@yizhan/contracts';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { notFound } from '../cases/case-scope.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { requireZone } from '../network/zones/zone.repository.js';
import { requireRegistered } from '../visits/registered-parties.js';
import type { TruckAnswer } from './register-truck.js';
import { eventOfTruck, type RegisteredTruck } from './registered-truck.js';

/** What is not named stays as it is; null takes it away. */
export interface ChangeTruckInput {
  readonly plate: string;
  readonly plateColour?: PlateColour;
  readonly licenceRequired?: Licence;
  readonly trailerPlate?: string | null;
  readonly carrierId?: string | null;
  readonly baseZoneId?: string | null;
}

interface Locked {
  readonly areaCode: string;
  readonly plateColour: PlateColour;
  readonly licenceRequired: Licence;
  readonly trailerPlate: string | null;
  readonly carrierId: string | null;
  readonly baseZoneId: string | null;
  readonly isAtStation: boolean;
}

/** Corrects what is known of a truck; what a swap that is under way goes by stays until the truck has left. */
@Injectable()
export class ChangeTruck {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: ChangeTruckInput): Promise<TruckAnswer> {
    const { plate } = input;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const [before] = await tx.rows<Locked>(lockTruck, [plate]);
      if (!before) throw notFound('truck', plate);
      const truck = truckAfter(before, input);
      await assertKnown(tx, truck);
      const { version } = await tx.one<{ version: number }>(updateTruck, [
        plate,
        truck.plateColour,
        truck.licenceRequired,
        truck.trailerPlate ?? null,
        truck.carrierId ?? null,
        truck.baseZoneId,
        change.at,
      ]);
      return {
        events: [eventOfTruck('truck.changed', truck, change.at)],
        answer: { plate, areaCode: truck.areaCode, version },
      };
    });
  }
}

/** The truck as it is to be. @throws Problem where a visit that is under way goes by what is to change. */
export function truckAfter(before: Locked, input: ChangeTruckInput): RegisteredTruck {
  const { plate, plateColour, licenceRequired, trailerPlate, carrierId, baseZoneId } = input;
  if ([plateColour, licenceRequired, trailerPlate, carrierId, baseZoneId].every((field) => field === undefined)) {
    throw new Problem('invalid', 'TRUCK.NOTHING_CHANGES', 'name at least one thing that changes');
  }
  const after = {
    plate,
    areaCode: before.areaCode,
    plateColour: plateColour ?? before.plateColour,
    licenceRequired: licenceRequired ?? before.licenceRequired,
    trailerPlate: (trailerPlate === undefined ? before.trailerPlate : trailerPlate) ?? undefined,
    carrierId: (carrierId === undefined ? before.carrierId : carrierId) ?? undefined,
    baseZoneId: baseZoneId === undefined ? before.baseZoneId : baseZoneId,
  };
  const isGoneBy =
    after.licenceRequired !== before.licenceRequired || after.carrierId !== (before.carrierId ?? undefined);
  if (before.isAtStation && isGoneBy) {
    throw new Problem(
      'conflict',
      'TRUCK.AT_A_STATION',
      `truck ${plate} is at a station, and its swap goes by its licence and carrier: change them when it has left`,
    );
  }
  return after;
}

async function assertKnown(tx: Transaction, { areaCode, carrierId, baseZoneId }: RegisteredTruck): Promise<void> {
  if (carrierId !== undefined) await requireRegistered(tx, { carrierId, consignments: [] });
  if (baseZoneId !== null) await requireZone(tx, baseZoneId, areaCode);
}

const lockTruck = `
  SELECT t.area_code AS "areaCode", t.plate_colour AS "plateColour", t.licence_required AS "licenceRequired",
         t.trailer_plate AS "trailerPlate", t.carrier_id AS "carrierId", t.base_zone_id AS "baseZoneId",
         EXISTS (SELECT FROM station.visits v WHERE v.plate = t.plate AND v.state = 'arrived') AS "isAtStation"
  FROM station.trucks t WHERE t.plate = $1 FOR UPDATE OF t`;

const updateTruck = `
  UPDATE station.trucks
  SET plate_colour = $2, licence_required = $3, trailer_plate = $4, carrier_id = $5, base_zone_id = $6,
      registered_at = coalesce(registered_at, to_timestamp($7::double precision / 1000)), version = version + 1
  WHERE plate = $1 RETURNING version`;
