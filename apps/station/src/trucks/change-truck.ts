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
  /** Whether who asks acts at a station: he may put right there what its gate has recorded wrongly. */
  readonly actsAt: (stationCode: string) => boolean;
}

interface Locked {
  readonly areaCode: string;
  readonly plateColour: PlateColour;
  readonly licenceRequired: Licence;
  readonly trailerPlate: string | null;
  readonly carrierId: string | null;
  readonly baseZoneId: string | null;
}

/** What goes by what is known of the truck. */
interface Standing {
  /** Where it is; null where it is at none. */
  readonly stationCode: string | null;
  /** Of its stay: asked for with the licence, and not aborted. */
  readonly handoffState: string | null;
}

/**
 * Corrects what is known of a truck. What its swap goes by stays: the carrier until the truck has left, the licence as long as a
 * handoff was asked for with it. Staff of its station abort that one, put the licence right, and check the truck again.
 */
@Injectable()
export class ChangeTruck {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: ChangeTruckInput): Promise<TruckAnswer> {
    const { plate } = input;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const [before] = await tx.rows<Locked>(lockTruck, [plate]);
      if (!before) throw notFound('truck', plate);
      // It sees what was committed while the lock was waited for.
      const truck = truckAfter(before, await tx.one<Standing>(readStanding, [plate]), input);
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
export function truckAfter(before: Locked, standing: Standing, input: ChangeTruckInput): RegisteredTruck {
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
  const { stationCode, handoffState } = standing;
  if (stationCode === null) return after;
  const isOtherLicence = after.licenceRequired !== before.licenceRequired;
  if (after.carrierId !== (before.carrierId ?? undefined) || (isOtherLicence && !input.actsAt(stationCode))) {
    throw new Problem(
      'conflict',
      'TRUCK.AT_A_STATION',
      `truck ${plate} is at a station, and its swap goes by its licence and carrier: change them when it has left`,
    );
  }
  if (isOtherLicence && handoffState !== null) {
    throw new Problem(
      'conflict',
      'TRUCK.SWAP_GOES_BY_LICENCE',
      `a handoff of truck ${plate} was asked for with licence ${before.licenceRequired}: abort it first, where it is not completed`,
      { handoffState },
    );
  }
  return after;
}

async function assertKnown(tx: Transaction, { areaCode, carrierId, baseZoneId }: RegisteredTruck): Promise<void> {
  if (carrierId !== undefined) await requireRegistered(tx, { carrierId, consignments: [] });
  if (baseZoneId !== null) await requireZone(tx, baseZoneId, areaCode);
}

const lockTruck = `
  SELECT area_code AS "areaCode", plate_colour AS "plateColour", licence_required AS "licenceRequired",
         trailer_plate AS "trailerPlate", carrier_id AS "carrierId", base_zone_id AS "baseZoneId"
  FROM station.trucks WHERE plate = $1 FOR UPDATE`;

const readStanding = `
  SELECT max(v.station_code) AS "stationCode", max(h.state) AS "handoffState"
  FROM station.visits v LEFT JOIN station.handoffs h ON h.visit_id = v.visit_id AND h.state <> 'aborted'
  WHERE v.plate = $1 AND v.state = 'arrived'`;

const updateTruck = `
  UPDATE station.trucks
  SET plate_colour = $2, licence_required = $3, trailer_plate = $4, carrier_id = $5, base_zone_id = $6,
      registered_at = coalesce(registered_at, to_timestamp($7::double precision / 1000)), version = version + 1
  WHERE plate = $1 RETURNING version`;
