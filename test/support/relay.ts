import { createHash } from 'node:crypto';
import type { Flow, Party, Signature, Truck } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import type { CaseAnswer } from '../../apps/station/src/cases/next-steps.js';
import { MoveCustody } from '../../apps/station/src/custody/move-custody.js';
import { AcceptAssignment } from '../../apps/station/src/handoffs/accept-assignment.js';
import { AssignDriver } from '../../apps/station/src/handoffs/assign-driver.js';
import { CompleteHandoff, type CompleteHandoffInput } from '../../apps/station/src/handoffs/complete-handoff.js';
import { StartHandoff } from '../../apps/station/src/handoffs/start-handoff.js';
import { CheckVisit } from '../../apps/station/src/visits/check-visit.js';
import { DepartVisit, type DepartVisitInput } from '../../apps/station/src/visits/depart-visit.js';
import { RegisterArrival } from '../../apps/station/src/visits/register-arrival.js';
import { carrier, enterprise, jindong, zone } from './network.js';
import type { RunningStation } from './start-station.js';

const minute = 60_000;
const allChecks = ['person', 'vehicle', 'pass', 'seal'];
/** The operator who witnesses. */
export const witness = 'operator:test';

export const passed = allChecks.map((check) => ({ check, passed: true }));
export const failed = allChecks.map((check) => ({
  check,
  passed: check !== 'seal',
  ...(check === 'seal' ? { reason: 'torn' } : {}),
}));

/** A v7-shaped id that is the same for the same name. */
export function idOf(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex');
  return `01900000-${hash.slice(0, 4)}-7${hash.slice(4, 7)}-8${hash.slice(7, 10)}-${hash.slice(10, 22)}`;
}

export function truckOf(plate: string): Truck {
  return { plate, plateColour: 'yellow', licenceRequired: 'A2' };
}

/** Three signatures; the operator signs for the absent off-going driver where `from` is no driver. */
export function signed(from: Party | string, onComing: string, at: number): Signature[] {
  const party = typeof from === 'string' ? ({ kind: 'driver', id: from } as const) : from;
  const signedAt = toIso(at);
  const offgoing =
    party.kind === 'driver'
      ? { role: 'offgoing' as const, personId: party.id, signedAt, method: 'paper' }
      : { role: 'offgoing' as const, personId: witness, signedAt, method: 'operator_for_absent' };
  return [
    offgoing,
    { role: 'oncoming', personId: onComing, signedAt, method: 'paper' },
    { role: 'witness', personId: witness, signedAt, method: 'token' },
  ];
}

/** What the gate says of a truck that comes. */
export function arrivalOf(visit: string, plate: string, driverId: string, flow: Flow, stationCode: string) {
  return {
    visitId: idOf(visit),
    stationCode,
    zoneId: zone,
    flow,
    truck: truckOf(plate),
    carrierId: carrier,
    driverId,
    consignments: [{ id: `consignment-of-${visit.replaceAll(' ', '-')}`, enterpriseId: enterprise, category: 'parts' }],
  };
}

/** The carrier's consent to the swap. */
export function authorisationAt(at: number) {
  return { carrierId: carrier, by: 'dispatcher-1', at: toIso(at) };
}

/** What is signed and handed over in the bay. */
export function completionOf(from: Party | string, onComing: string, at: number) {
  return {
    signatures: signed(from, onComing, at),
    items: [{ code: 'keys', given: true }],
    photos: [],
    reservations: [],
  };
}

/** The steps of a relay, each a minute after the one before; every call is a request of its own. */
export class Relay {
  #asked = 0;

  constructor(private readonly station: RunningStation) {}

  /** The next request, a minute later. */
  next() {
    const { clock, request } = this.station;
    clock.moveTo(clock.now() + minute);
    return request(`relay ${(this.#asked += 1)}`);
  }

  arrive(
    visit: string,
    plate: string,
    driverId: string,
    flow: Flow = 'into_zone',
    stationCode = jindong,
  ): Promise<CaseAnswer> {
    const arrival = arrivalOf(visit, plate, driverId, flow, stationCode);
    return this.station.get(RegisterArrival).execute(this.next(), arrival);
  }

  check(visit: string, checks = passed, sealNumber?: string): Promise<CaseAnswer> {
    const seal = sealNumber === undefined ? {} : { sealNumber };
    return this.station.get(CheckVisit).execute(this.next(), { visitId: idOf(visit), checks, ...seal });
  }

  async handoffOf(visit: string): Promise<string> {
    const [row] = await this.station.database.rows<{ handoff_id: string }>(
      'SELECT handoff_id FROM station.handoffs WHERE visit_id = $1 ORDER BY try_no DESC LIMIT 1',
      [idOf(visit)],
    );
    return row.handoff_id;
  }

  async assign(visit: string, driverId: string): Promise<CaseAnswer> {
    const handoffId = await this.handoffOf(visit);
    return this.station.get(AssignDriver).execute(this.next(), { handoffId, driverId });
  }

  async accept(visit: string, driverId: string): Promise<CaseAnswer> {
    const handoffId = await this.handoffOf(visit);
    return this.station.get(AcceptAssignment).execute(this.next(), { handoffId, driverId });
  }

  async start(visit: string, bayCode = '1'): Promise<CaseAnswer> {
    const handoffId = await this.handoffOf(visit);
    const request = this.next();
    const authorisation = authorisationAt(request.at);
    return this.station.get(StartHandoff).execute(request, { handoffId, bayCode, authorisation });
  }

  async complete(
    visit: string,
    from: Party | string,
    onComing: string,
    also: Partial<CompleteHandoffInput> = {},
  ): Promise<CaseAnswer> {
    const handoffId = await this.handoffOf(visit);
    const request = this.next();
    const completion = completionOf(from, onComing, request.at);
    return this.station.get(CompleteHandoff).execute(request, { handoffId, ...completion, ...also });
  }

  depart(visit: string, also: Partial<DepartVisitInput> = {}): Promise<CaseAnswer> {
    return this.station.get(DepartVisit).execute(this.next(), { visitId: idOf(visit), outcome: 'swapped', ...also });
  }

  /** From the arrival to a completed swap and, where nothing keeps it, released cargo. */
  async swap(visit: string, plate: string, from: string, to: string, flow: Flow = 'into_zone'): Promise<CaseAnswer> {
    await this.arrive(visit, plate, from, flow);
    await this.ready(visit, to);
    await this.start(visit);
    return this.complete(visit, from, to);
  }

  /** Checked, assigned and accepted. */
  async ready(visit: string, to: string): Promise<CaseAnswer> {
    await this.check(visit);
    await this.assign(visit, to);
    return this.accept(visit, to);
  }

  move(plate: string, from: Party, to: Party, place: string, reason: string) {
    return this.station.get(MoveCustody).execute(this.next(), { plate, from, to, place, reason, items: [] });
  }
}
