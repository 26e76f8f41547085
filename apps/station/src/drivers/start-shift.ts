import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { takeStep } from '../cases/transition-table.js';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import { requireStationOfArea } from '../network/stations/station.repository.js';
import { shiftStateOf, shiftTable } from './driver.js';
import { loadDriverFacts } from './driver-facts.repository.js';
import type { DriverAnswer } from './enrol-driver.js';

export interface StartShiftInput {
  readonly driverId: string;
  readonly stationCode: string;
  readonly endsAt: number;
}

/** A relay driver is there for trucks, at a station, until `endsAt`. */
@Injectable()
export class StartShift {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: StartShiftInput): Promise<DriverAnswer> {
    return this.changes.once(request, (change) => this.within(change, input));
  }

  /** Part of a change that is under way: a planned duty begins. */
  async within(change: Change, { driverId, stationCode, endsAt }: StartShiftInput): Promise<Outcome<DriverAnswer>> {
    const { tx } = change;
    const driver = await loadDriverFacts(tx, driverId);
    if (endsAt <= change.at) {
      throw new Problem('invalid', 'SHIFT.ENDS_BEFORE_START', 'a shift ends after it starts', { field: 'endsAt' });
    }
    const { areaCode } = driver;
    takeStep('shift', shiftTable, shiftStateOf(driver), 'start_shift');
    await requireStationOfArea(tx, stationCode, areaCode);
    if (change.late) await assertAfterTheLast(tx, driverId, change.at);
    const { version } = await tx.one<{ version: number }>(openShift, [driverId, stationCode, change.at, endsAt]);
    const data = { driverId, stationCode, endsAt: toIso(endsAt) };
    return {
      events: [
        newEvent({ name: 'driver.shift_started', subject: `driver/${driverId}`, areaCode, time: change.at, data }),
      ],
      answer: { driverId, areaCode, version },
    };
  }
}

/** What is recorded late: his shifts lie one after the other. @throws Problem `conflict`. */
async function assertAfterTheLast(tx: Transaction, driverId: string, at: number): Promise<void> {
  const { last } = await tx.one<{ last: number | null }>(readLastEnd, [driverId]);
  if (last === null || at >= last) return;
  const message = `the last shift of driver ${driverId} ended after that, at ${toIso(last)}`;
  throw new Problem('conflict', 'SHIFT.BEFORE_THE_LAST_ONE', message, { driverId, endedAt: toIso(last) });
}

const readLastEnd = `SELECT max(s.ended_at) AS last FROM station.ended_shifts s WHERE s.driver_id = $1`;

const openShift = `
  UPDATE station.drivers
  SET shift_station_code = $2, shift_started_at = to_timestamp($3::double precision / 1000),
      shift_ends_at = to_timestamp($4::double precision / 1000),
      station_code = CASE WHEN driving_since IS NULL THEN $2 END,
      rest_since = CASE WHEN station_code = $2 THEN rest_since END, version = version + 1
  WHERE driver_id = $1 AND shift_station_code IS NULL RETURNING version`;
