import { Problem } from '@yizhan/kernel';
import { sqlState, violatedUnique } from '@yizhan/persistence';
import { notExactlyOne } from './exactly-one.js';

/** What it means to a person that a unique index has refused a row: somebody else was first. */
const meanings: Readonly<Record<string, readonly [code: string, message: string]>> = {
  visits_one_open_per_plate: [
    'VISIT.TRUCK_ALREADY_HERE',
    'this truck is already at a station: depart that visit first',
  ],
  visits_pkey: ['VISIT.ALREADY_EXISTS', 'a visit with this id exists already'],
  handoffs_one_live_per_visit: ['HANDOFF.ANOTHER_IS_LIVE', 'this visit already has a handoff under way'],
  handoffs_one_live_per_driver: ['DRIVER.ALREADY_ASSIGNED', 'this driver already has a live assignment'],
  handoffs_one_per_bay: ['BAY.OCCUPIED', 'another handoff is under way in this bay'],
  trucks_one_per_driver: ['DRIVER.HOLDS_ANOTHER_TRUCK', 'this driver still answers for another truck'],
  handoffs_pkey: ['HANDOFF.ALREADY_EXISTS', 'a handoff with this id exists already'],
  runs_one_open_per_plate: ['RUN.ANOTHER_IS_OPEN', 'this truck already has an open run'],
  passes_one_per_truck: ['PASS.ALREADY_ISSUED', 'this truck has a pass in the area already: amend it'],
  runs_pkey: ['RUN.ALREADY_EXISTS', 'a run with this id exists already'],
  trucks_pkey: ['STATE.CHANGED_MEANWHILE', 'this truck was recorded by somebody else just now: try again'],
  requests_pkey: ['REQUEST.ANSWERED_MEANWHILE', 'a request with this key was answered just now: ask again'],
  loans_one_open_per_driver: ['LOAN.ANOTHER_IS_OPEN', 'this driver is offered or lent already'],
  lane_throttles_one_per_lane: [
    'LANE.THROTTLED_MEANWHILE',
    'somebody else has throttled this lane just now: look again',
  ],
  drivers_pkey: ['DRIVER.ALREADY_ENROLLED', 'a driver with this id is enrolled already'],
};

/** The problem that a violated invariant or a failed guard stands for; any other error as it is. */
export function problemOfInvariant(error: unknown): unknown {
  if (sqlState(error) === notExactlyOne) {
    return new Problem('conflict', 'STATE.CHANGED_MEANWHILE', 'the record was changed by somebody else; read it again');
  }
  const meaning = meanings[violatedUnique(error) ?? ''];
  return meaning ? new Problem('conflict', meaning[0], meaning[1]) : error;
}
