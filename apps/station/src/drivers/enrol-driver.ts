import { Injectable } from '@nestjs/common';
import type { Licence } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import { requireArea } from '../network/areas/area.repository.js';
import { refusePersonalId } from '../personal-data/personal-id.js';
import { requireZone } from '../network/zones/zone.repository.js';

export interface EnrolDriverInput {
  readonly driverId: string;
  readonly areaCode: string;
  /** The zone that he lives in; null for an outside driver. */
  readonly insideZoneId: string | null;
  readonly licences: readonly Licence[];
  readonly homeStationCode?: string;
  readonly carrierId?: string;
}

export interface DriverAnswer {
  readonly driverId: string;
  readonly areaCode: string;
  readonly version: number;
}

/** Makes a driver known to an area: a relay driver of its pool, or an outside driver who brings and takes trucks. */
@Injectable()
export class EnrolDriver {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: EnrolDriverInput): Promise<DriverAnswer> {
    const { driverId, areaCode, insideZoneId, licences, homeStationCode, carrierId } = input;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const values = [driverId, areaCode, insideZoneId, licences, homeStationCode ?? null, carrierId ?? null];
      refusePersonalId('driverId', driverId);
      await requireArea(tx, areaCode);
      if (insideZoneId !== null) await requireZone(tx, insideZoneId, areaCode);
      const made = await tx.rows(insertDriver, values);
      if (made.length === 0) {
        throw new Problem('conflict', 'DRIVER.ALREADY_ENROLLED', `the driver ${driverId} is enrolled already`);
      }
      const data = { driverId, insideZoneId, licences, homeStationCode, carrierId };
      return {
        events: [newEvent({ name: 'driver.enrolled', subject: `driver/${driverId}`, areaCode, time: change.at, data })],
        answer: { driverId, areaCode, version: 1 },
      };
    });
  }
}

const insertDriver = `
  INSERT INTO station.drivers (driver_id, area_code, inside_zone_id, licences, home_station_code, carrier_id)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING driver_id`;
