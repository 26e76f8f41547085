import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import type { DriverAnswer } from '../drivers/enrol-driver.js';
import { StartShift } from '../drivers/start-shift.js';
import { lockPlannedDuty, setDutyState } from './duty.repository.js';

/** A driver whose shift was planned is there: his shift is open from now until the duty ends. */
@Injectable()
export class StartDuty {
  constructor(
    private readonly changes: Changes,
    private readonly startShift: StartShift,
  ) {}

  execute(request: StationRequest, { dutyId }: { readonly dutyId: string }): Promise<DriverAnswer> {
    return this.changes.once(request, async (change) => {
      const { role, personId: driverId, stationCode, endsAt } = await lockPlannedDuty(change.tx, dutyId);
      if (role !== 'driver') {
        throw new Problem('conflict', 'DUTY.NOT_A_DRIVERS', 'only the duty of a driver opens a shift');
      }
      const outcome = await this.startShift.within(change, { driverId, stationCode, endsAt });
      setDutyState(change.tx, dutyId, 'started');
      return outcome;
    });
  }
}
