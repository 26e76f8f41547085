import type { EventData, EventName, Licence, PlateColour } from '@yizhan/contracts';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import { given } from '../cases/given.js';

/** A truck as somebody has registered it; who answers for it is another matter. */
export interface RegisteredTruck {
  readonly plate: string;
  readonly areaCode: string;
  readonly plateColour: PlateColour;
  readonly licenceRequired: Licence;
  readonly trailerPlate?: string | undefined;
  readonly carrierId?: string | undefined;
  /** The zone that it is based in; null outside. */
  readonly baseZoneId: string | null;
}

/** States what a truck is from now on. */
export function eventOfTruck(
  name: EventName & ('truck.registered' | 'truck.changed'),
  truck: RegisteredTruck,
  time: number,
): NewEvent {
  const { plate, areaCode, plateColour, licenceRequired, trailerPlate, carrierId, baseZoneId } = truck;
  const data: EventData['truck.registered'] = {
    plate,
    plateColour,
    licenceRequired,
    baseZoneId,
    ...given({ trailerPlate, carrierId }),
  };
  return newEvent({ name, subject: `truck/${plate}`, areaCode, time, ...given({ carrierId }), data });
}

/** What stands of a truck once it was written. */
export interface WrittenTruck {
  readonly plate: string;
  readonly version: number;
  readonly carrierId: string | null;
  readonly trailerPlate: string | null;
}

/** A truck with what the gate had said of it already. */
export function completed<T extends RegisteredTruck>(truck: T, { carrierId, trailerPlate }: WrittenTruck): T {
  return { ...truck, ...given({ carrierId, trailerPlate }) };
}

/**
 * Makes trucks known; one that came through a gate before it was registered is completed, and never taken from its carrier.
 * Gives those that it has written.
 */
export const upsertTrucks = `
  INSERT INTO station.trucks AS t
    (plate, area_code, plate_colour, licence_required, trailer_plate, carrier_id, base_zone_id, registered_at)
  SELECT plate, "areaCode", "plateColour", "licenceRequired", "trailerPlate", "carrierId", "baseZoneId",
         to_timestamp($2::double precision / 1000)
  FROM json_to_recordset($1) AS row(plate text, "areaCode" text, "plateColour" text, "licenceRequired" text,
                                    "trailerPlate" text, "carrierId" text, "baseZoneId" text)
  ORDER BY plate
  ON CONFLICT (plate) DO UPDATE
  SET area_code = CASE WHEN t.custodian_kind IS NULL THEN EXCLUDED.area_code ELSE t.area_code END,
      plate_colour = EXCLUDED.plate_colour, licence_required = EXCLUDED.licence_required,
      trailer_plate = coalesce(EXCLUDED.trailer_plate, t.trailer_plate),
      carrier_id = coalesce(EXCLUDED.carrier_id, t.carrier_id), base_zone_id = EXCLUDED.base_zone_id,
      registered_at = EXCLUDED.registered_at, version = t.version + 1
  WHERE t.registered_at IS NULL AND NOT EXISTS (
    SELECT FROM station.visits v WHERE v.plate = t.plate AND v.state = 'arrived')
    AND NOT EXISTS (SELECT FROM station.runs r WHERE r.plate = t.plate AND r.state = 'open')
    AND (EXCLUDED.carrier_id IS NULL OR t.carrier_id IS NULL OR t.carrier_id = EXCLUDED.carrier_id)
  RETURNING plate, version, carrier_id AS "carrierId", trailer_plate AS "trailerPlate"`;
