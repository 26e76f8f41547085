import { Injectable } from '@nestjs/common';
import type { Licence } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import { driverNotFound } from '../drivers/driver-facts.repository.js';
import type { DriverAnswer } from '../drivers/enrol-driver.js';
import { PersonalData } from '../personal-data/personal-data.js';

export interface CompleteDriverInput {
  readonly driverId: string;
  readonly licences: readonly Licence[];
}

interface Completed {
  readonly area_code: string;
  readonly inside_zone_id: string | null;
  readonly home_station_code: string | null;
  readonly carrier_id: string | null;
  readonly version: number;
}

/** Records the licences of a driver who was taken in without: `driver.enrolled` comes again, with all that is known. */
@Injectable()
export class CompleteDriver {
  constructor(
    private readonly changes: Changes,
    private readonly data: PersonalData,
  ) {}

  async execute(request: StationRequest, { driverId, licences }: CompleteDriverInput): Promise<DriverAnswer> {
    if (licences.length === 0) throw noLicence();
    // An erased driver stays without licences.
    await this.data.keyOf(`driver:${driverId}`);
    return this.changes.once(request, async ({ tx, at }) => {
      const [driver] = await tx.rows<Completed>(recordLicences, [driverId, licences]);
      if (!driver) throw await refusal(driverId, () => tx.rows(findDriver, [driverId]));
      const { area_code: areaCode, inside_zone_id: insideZoneId, version } = driver;
      const data = {
        driverId,
        insideZoneId,
        licences,
        ...(driver.home_station_code === null ? {} : { homeStationCode: driver.home_station_code }),
        ...(driver.carrier_id === null ? {} : { carrierId: driver.carrier_id }),
      };
      return {
        events: [newEvent({ name: 'driver.enrolled', subject: `driver/${driverId}`, areaCode, time: at, data })],
        answer: { driverId, areaCode, version },
      };
    });
  }
}

function noLicence(): Problem {
  const faults = ['must name one at least'];
  return new Problem('invalid', 'REQUEST.INVALID', `licences ${faults.join()}`, {
    errors: [{ field: 'licences', faults }],
  });
}

async function refusal(driverId: string, find: () => Promise<unknown[]>): Promise<Problem> {
  if ((await find()).length === 0) return driverNotFound(driverId);
  const message = `the licences of driver ${driverId} are recorded already`;
  return new Problem('conflict', 'DRIVER.ALREADY_COMPLETE', message, { driverId });
}

const findDriver = 'SELECT 1 FROM station.drivers WHERE driver_id = $1';

const recordLicences = `
  UPDATE station.drivers SET licences = $2, version = version + 1 WHERE driver_id = $1 AND licences = '{}'
  RETURNING area_code, inside_zone_id, home_station_code, carrier_id, version`;
