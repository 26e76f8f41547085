import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Changes, type StationRequest } from '../changes/changes.js';
import { lockPlannedDuty, setDutyState } from './duty.repository.js';
import type { DutyAnswer } from './plan-duty.js';

/** Takes a person off the roster before the duty has begun. */
@Injectable()
export class CancelDuty {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { dutyId }: { readonly dutyId: string }): Promise<DutyAnswer> {
    return this.changes.once(request, async (change) => {
      const { areaCode, stationCode, role, personId } = await lockPlannedDuty(change.tx, dutyId);
      setDutyState(change.tx, dutyId, 'cancelled');
      const answer = { dutyId, stationCode, role, personId };
      if (role !== 'driver') return { events: [], answer };
      const data = { driverId: personId, dutyId };
      const subject = `driver/${personId}`;
      return {
        events: [newEvent({ name: 'driver.planned_shift_cancelled', subject, areaCode, time: change.at, data })],
        answer,
      };
    });
  }
}
