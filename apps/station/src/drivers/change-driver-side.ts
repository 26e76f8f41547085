import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import { requireZone } from '../network/zones/zone.repository.js';
import { refuseWhileAssigned, refuseWhileHoldingTruck } from './driver.js';
import { loadDriverFacts } from './driver-facts.repository.js';
import type { DriverAnswer } from './enrol-driver.js';

export interface ChangeDriverSideInput {
  readonly driverId: string;
  /** The zone that he is in from now on; null outside. */
  readonly insideZoneId: string | null;
}

/** Records that a driver has crossed, by whatever way the authorities let him; no assignment ever moves him. */
@Injectable()
export class ChangeDriverSide {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { driverId, insideZoneId }: ChangeDriverSideInput): Promise<DriverAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const driver = await loadDriverFacts(tx, driverId);
      const { areaCode, facts } = driver;
      if (facts.insideZoneId === insideZoneId) {
        throw new Problem('conflict', 'DRIVER.SIDE_UNCHANGED', `driver ${driverId} is on that side already`);
      }
      if (facts.shift) {
        throw new Problem('conflict', 'DRIVER.SHIFT_OPEN', `driver ${driverId} is on shift: end the shift first`);
      }
      refuseWhileAssigned(driver);
      refuseWhileHoldingTruck(driver);
      if (insideZoneId !== null) await requireZone(tx, insideZoneId, areaCode);
      const { version } = await tx.one<{ version: number }>(updateSide, [driverId, insideZoneId]);
      tx.last(keepSide, [driverId, change.at, facts.insideZoneId]);
      const data = { driverId, insideZoneId };
      return {
        events: [
          newEvent({ name: 'driver.side_changed', subject: `driver/${driverId}`, areaCode, time: change.at, data }),
        ],
        answer: { driverId, areaCode, version },
      };
    });
  }
}

const updateSide = `
  UPDATE station.drivers SET inside_zone_id = $2, rest_since = NULL, version = version + 1
  WHERE driver_id = $1 RETURNING version`;

const keepSide = `
  INSERT INTO station.former_sides (driver_id, until, inside_zone_id)
  VALUES ($1, to_timestamp($2::double precision / 1000), $3) ON CONFLICT DO NOTHING`;
