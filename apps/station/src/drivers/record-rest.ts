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

  async execute(request: StationRequest, { driverId, startedAt, endedAt }: RecordRestInput): Promise<DriverAnswer> {
    if (endedAt <= startedAt || endedAt > request.at) {
      throw new Problem(
        'invalid',
        'REST.NOT_A_PAST_STRETCH',
        'a rest ends after it starts, and before it is recorded',
        {
          field: 'endedAt',
        },
      );
    }
    return this.changes.once(request, async ({ tx, at }) => {
      const [[row], policies] = await Promise.all([
        tx.rows<{ area_code: string; activity: DriverActivity }>(lockActivity, [driverId]),
        rulesOfHisArea(tx, driverId),
      ]);
      if (!row) throw driverNotFound(driverId);
      const activity = prunedFor(activityAfterRest(row.activity, { from: startedAt, to: endedAt }), at, policies);
      const { version } = await tx.one<{ version: number }>(updateActivity, [driverId, JSON.stringify(activity)]);
      const areaCode = row.area_code;
      const data = { driverId, startedAt: toIso(startedAt), endedAt: toIso(endedAt) };
      return {
        events: [newEvent({ name: 'driver.rest_recorded', subject: `driver/${driverId}`, areaCode, time: at, data })],
        answer: { driverId, areaCode, version },
      };
    });
  }
}

const lockActivity = `SELECT area_code, activity FROM station.drivers WHERE driver_id = $1 FOR UPDATE`;

const updateActivity = `
  UPDATE station.drivers SET activity = $2, version = version + 1 WHERE driver_id = $1 RETURNING version`;
