import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';
import type { DutyRole } from '../plans/plan-template.js';
import type { DutyState } from './duty.entity.js';

export interface LockedDuty {
  readonly areaCode: string;
  readonly stationCode: string;
  readonly role: DutyRole;
  readonly personId: string;
  readonly endsAt: number;
  readonly state: DutyState;
}

/** Locks a duty that nobody has begun or cancelled. @throws Problem. */
export async function lockPlannedDuty(tx: Transaction, dutyId: string): Promise<LockedDuty> {
  const [duty] = await tx.rows<LockedDuty>(lock, [uuid(dutyId)]);
  if (!duty) throw new Problem('not_found', 'DUTY.NOT_FOUND', `no duty ${dutyId}`, { dutyId });
  if (duty.state === 'planned') return duty;
  throw new Problem('illegal_state', `DUTY.ALREADY_${duty.state.toUpperCase()}`, `the duty is ${duty.state}`, {
    allowedSteps: [],
  });
}

export function setDutyState(tx: Transaction, dutyId: string, state: DutyState): void {
  tx.last(update, [uuid(dutyId), state]);
}

const lock = `
  SELECT area_code AS "areaCode", station_code AS "stationCode", role, person_id AS "personId", ends_at AS "endsAt", state
  FROM station.duties WHERE duty_id = $1 FOR UPDATE`;

const update = 'UPDATE station.duties SET state = $2 WHERE duty_id = $1';
