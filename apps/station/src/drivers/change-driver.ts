import { Injectable } from '@nestjs/common';
import type { Licence } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { requireStationOfArea } from '../network/stations/station.repository.js';
import { requireRegistered } from '../visits/registered-parties.js';
import { refuseWhileAssigned } from './driver.js';
import { loadDriverFacts } from './driver-facts.repository.js';
import type { DriverAnswer } from './enrol-driver.js';

/** What is not named stays as it is; null takes it away. */
export interface ChangeDriverInput {
  readonly driverId: string;
  readonly licences?: readonly Licence[];
  readonly homeStationCode?: string | null;
  readonly carrierId?: string | null;
}

interface Changed {
  readonly licences: Licence[];
  readonly homeStationCode: string | null;
  readonly carrierId: string | null;
  readonly version: number;
}

/** Corrects what is known of a driver; an assignment that he was allowed for by it is withdrawn or completed first. */
@Injectable()
export class ChangeDriver {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: ChangeDriverInput): Promise<DriverAnswer> {
    const { driverId, licences, homeStationCode, carrierId } = input;
    if (licences === undefined && homeStationCode === undefined && carrierId === undefined) {
      throw new Problem('invalid', 'DRIVER.NOTHING_CHANGES', 'name at least one thing that changes');
    }
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const driver = await loadDriverFacts(tx, driverId);
      const { areaCode } = driver;
      if (licences !== undefined || carrierId !== undefined) refuseWhileAssigned(driver);
      if (typeof homeStationCode === 'string') await requireStationOfArea(tx, homeStationCode, areaCode);
      if (typeof carrierId === 'string') await requireRegistered(tx, { carrierId, consignments: [] });
      const after = await tx.one<Changed>(updateDriver, [
        driverId,
        licences ?? null,
        homeStationCode !== undefined,
        homeStationCode ?? null,
        carrierId !== undefined,
        carrierId ?? null,
      ]);
      const data = {
        driverId,
        licences: after.licences,
        ...given({ homeStationCode: after.homeStationCode, carrierId: after.carrierId }),
      };
      return {
        events: [newEvent({ name: 'driver.changed', subject: `driver/${driverId}`, areaCode, time: change.at, data })],
        answer: { driverId, areaCode, version: after.version },
      };
    });
  }
}

const updateDriver = `
  UPDATE station.drivers
  SET licences = coalesce($2::text[], licences), home_station_code = CASE WHEN $3 THEN $4 ELSE home_station_code END,
      carrier_id = CASE WHEN $5 THEN $6 ELSE carrier_id END, version = version + 1
  WHERE driver_id = $1
  RETURNING licences, home_station_code AS "homeStationCode", carrier_id AS "carrierId", version`;
