import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import { stationNotFound } from '../network/stations/station.repository.js';
import { planDuties } from '../plans/open-planned.js';
import type { Duty, DutyRole } from '../plans/plan-template.js';

export interface DutyAnswer {
  readonly dutyId: string;
  readonly stationCode: string;
  readonly role: DutyRole;
  readonly personId: string;
}

/** Puts a person on the roster of a station. */
@Injectable()
export class PlanDuty {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, duty: Duty): Promise<DutyAnswer> {
    const { stationCode, role, personId, startsAt, endsAt } = duty;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      if (endsAt <= startsAt) {
        throw new Problem('invalid', 'DUTY.ENDS_BEFORE_START', 'a duty ends after it starts', { field: 'endsAt' });
      }
      const [station] = await tx.rows<{ areaCode: string }>(findStation, [stationCode]);
      if (!station) throw stationNotFound(stationCode);
      const { areaCode } = station;
      if (role === 'driver') {
        const found = await tx.rows(lockDriver, [personId, areaCode]);
        if (found.length === 0) {
          throw new Problem('not_found', 'DRIVER.NOT_FOUND', `no driver ${personId} is enrolled in ${areaCode}`);
        }
      }
      const [other] = await tx.rows(findOther, [personId, role, startsAt, endsAt]);
      if (other) {
        throw new Problem('conflict', 'DUTY.OVERLAPS', `${personId} is on another duty at that time`, { personId });
      }
      const events = await planDuties(change, areaCode, null, [duty]);
      return { events, answer: { dutyId: change.newId('duty/0'), stationCode, role, personId } };
    });
  }
}

const findStation = 'SELECT area_code AS "areaCode" FROM station.stations WHERE station_code = $1 FOR SHARE';

const lockDriver = 'SELECT 1 FROM station.drivers WHERE driver_id = $1 AND area_code = $2 FOR UPDATE';

const findOther = `
  SELECT 1 FROM station.duties
  WHERE person_id = $1 AND role = $2 AND state <> 'cancelled' AND starts_at < to_timestamp($4::double precision / 1000)
    AND ends_at > to_timestamp($3::double precision / 1000) LIMIT 1`;
