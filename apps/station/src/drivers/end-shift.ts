import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Policies } from '../cases/policies.js';
import { Problem, toIso } from '@yizhan/kernel';
import { takeStep } from '../cases/transition-table.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { refuseWhileAssigned, shiftStateOf, shiftTable } from './driver.js';
import { loadDriverFacts } from './driver-facts.repository.js';
import type { DriverAnswer } from './enrol-driver.js';
import { keepShift } from './move-driver.js';
import { openShiftOverException } from './shift-over-exception.js';

export interface EndedShift extends DriverAnswer {
  /** Set where he still answers for a truck: he keeps it until he hands it over, and his hours run on. */
  readonly exceptionId?: string;
}

interface ClosedShift {
  readonly station_code: string;
  readonly started_at: number;
  readonly ends_at: number;
  readonly version: number;
}

/** Nothing new for this driver. What he holds he keeps until he hands it over; an exception says so. */
@Injectable()
export class EndShift {
  constructor(
    private readonly changes: Changes,
    private readonly policies: Policies,
  ) {}

  execute(request: StationRequest, { driverId }: { readonly driverId: string }): Promise<EndedShift> {
    return this.changes.once<EndedShift>(request, async (change) => {
      const { tx } = change;
      // The truck first: whoever moves it, or takes its arrival back, does so before or after.
      const [held] = await tx.rows<{ plate: string }>(lockHeldTruck, [driverId]);
      const driver = await loadDriverFacts(tx, driverId);
      const { areaCode, holdsPlate } = driver;
      if (holdsPlate !== held?.plate) throw tookATruckMeanwhile(driverId);
      takeStep('shift', shiftTable, shiftStateOf(driver), 'end_shift');
      refuseWhileAssigned(driver);
      const ended = await tx.one<ClosedShift>(closeShift, [driverId]);
      if (change.at < ended.started_at) throw beforeItsStart(driverId, ended.started_at);
      tx.last(keepShift, [driverId, ended.station_code, ended.started_at, ended.ends_at, change.at]);
      const data = { driverId, stationCode: ended.station_code };
      const event = newEvent({
        name: 'driver.shift_ended',
        subject: `driver/${driverId}`,
        areaCode,
        time: change.at,
        data,
      });
      const answer = { driverId, areaCode, version: ended.version };
      if (holdsPlate === undefined) return { events: [event], answer };
      const { events, ...opened } = await openShiftOverException(change, {
        areaCode,
        plate: holdsPlate,
        stationCode: ended.station_code,
        rules: await this.policies.ofStation(tx, ended.station_code),
      });
      return { events: [event, ...events], answer: { ...answer, ...opened } };
    });
  }
}

function beforeItsStart(driverId: string, startedAt: number): Problem {
  const message = `the shift of driver ${driverId} began after that, at ${toIso(startedAt)}`;
  return new Problem('conflict', 'SHIFT.BEFORE_ITS_START', message, { driverId, startedAt: toIso(startedAt) });
}

function tookATruckMeanwhile(driverId: string): Problem {
  const message = `driver ${driverId} has taken over or handed over a truck just now: ask again`;
  return new Problem('conflict', 'STATE.CHANGED_MEANWHILE', message, { driverId });
}

const lockHeldTruck = `
  SELECT t.plate FROM station.trucks t WHERE t.custodian_kind = 'driver' AND t.custodian_id = $1 FOR UPDATE`;

const closeShift = `
  UPDATE station.drivers AS d
  SET shift_station_code = NULL, shift_started_at = NULL, shift_ends_at = NULL, version = d.version + 1
  FROM (SELECT driver_id, shift_station_code, shift_started_at, shift_ends_at FROM station.drivers WHERE driver_id = $1) AS before
  WHERE d.driver_id = before.driver_id AND d.shift_station_code IS NOT NULL
  RETURNING before.shift_station_code AS station_code, before.shift_started_at AS started_at, before.shift_ends_at AS ends_at, d.version`;
