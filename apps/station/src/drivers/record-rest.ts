import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import type { DriverActivity } from '@yizhan/policy';
import { Changes, type StationRequest } from '../changes/changes.js';
import { activityAfterRest, prunedFor } from './driver-activity.js';
import { driverNotFound, rulesOfHisArea } from './driver-facts.repository.js';
import type { DriverAnswer } from './enrol-driver.js';

export interface RecordRestInput {
  readonly driverId: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Records a rest that no stretch of driving shows, such as a break on the way. */
@Injectable()
export class RecordRest {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { driverId, startedAt, endedAt }: RecordRestInput): Promise<DriverAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const [[row], policies] = await Promise.all([
        tx.rows<{ area_code: string; activity: DriverActivity }>(lockActivity, [driverId]),
        rulesOfHisArea(tx, driverId),
      ]);
      if (!row) throw driverNotFound(driverId);
      if (endedAt <= startedAt || endedAt > change.at) throw notPast();
      const activity = prunedFor(
        activityAfterRest(row.activity, { from: startedAt, to: endedAt }),
        change.at,
        policies,
      );
      const { version } = await tx.one<{ version: number }>(updateActivity, [driverId, JSON.stringify(activity)]);
      const areaCode = row.area_code;
      const data = { driverId, startedAt: toIso(startedAt), endedAt: toIso(endedAt) };
      return {
        events: [
          newEvent({ name: 'driver.rest_recorded', subject: `driver/${driverId}`, areaCode, time: change.at, data }),
        ],
        answer: { driverId, areaCode, version },
      };
    });
  }
}

function notPast(): Problem {
  const message = 'a rest ends after it starts, and before it is recorded';
  return new Problem('invalid', 'REST.NOT_A_PAST_STRETCH', message, { field: 'endedAt' });
}

const lockActivity = `SELECT area_code, activity FROM station.drivers WHERE driver_id = $1 FOR UPDATE`;

const updateActivity = `
  UPDATE station.drivers SET activity = $2, version = version + 1 WHERE driver_id = $1 RETURNING version`;
