import { Injectable } from '@nestjs/common';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import { refuseWhileAssigned, refuseWhileHoldingTruck, shiftStateOf } from '../drivers/driver.js';
import { loadDriverFacts } from '../drivers/driver-facts.repository.js';
import { personOf } from './person-id.js';
import { PersonalData } from './personal-data.js';

export interface ErasePersonInput {
  readonly personId: string;
  /** A code such as `asked_for_it`, never free text. */
  readonly reason: string;
}

export interface ErasedPerson {
  readonly personId: string;
  readonly erasedAt: string;
}

/**
 * Erases who a person is, for good: in the database, in its write-ahead log and in every backup of it. What a driver did
 * stays under his id; he holds no licence any more, so nothing can be assigned to him.
 */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly changes: Changes,
    private readonly data: PersonalData,
  ) {}

  execute(request: StationRequest, { personId, reason }: ErasePersonInput): Promise<ErasedPerson> {
    personOf(personId);
    return this.changes.once(request, (change) => this.inside(change, { personId, reason }, request.caller));
  }

  /** As `execute`, as part of a change that something else causes. */
  async inside(change: Change, { personId, reason }: ErasePersonInput, by: string): Promise<Outcome<ErasedPerson>> {
    const { kind, id } = personOf(personId);
    const events = kind === 'driver' ? await forgetDriver(change, id, reason) : [];
    await this.data.erase(change.tx, personId, change.at, by, reason);
    return { events, answer: { personId, erasedAt: toIso(change.at) } };
  }
}

/** @throws Problem where he is at work: whom something is asked of has to be known. */
async function forgetDriver(change: Change, driverId: string, reason: string): Promise<NewEvent[]> {
  const driver = await loadDriverFacts(change.tx, driverId);
  refuseWhileAssigned(driver);
  refuseWhileHoldingTruck(driver);
  if (shiftStateOf(driver) === 'on') throw stillOnShift(driverId);
  await change.tx.rows(forgetLicences, [driverId]);
  const data = { driverId, erasedAt: toIso(change.at), reason };
  const { areaCode } = driver;
  return [newEvent({ name: 'driver.erased', subject: `driver/${driverId}`, areaCode, time: change.at, data })];
}

function stillOnShift(driverId: string): Problem {
  const message = `driver ${driverId} is on shift: end it first`;
  return new Problem('conflict', 'DRIVER.STILL_ON_SHIFT', message, { driverId });
}

const forgetLicences = `UPDATE station.drivers SET licences = '{}', version = version + 1 WHERE driver_id = $1`;
