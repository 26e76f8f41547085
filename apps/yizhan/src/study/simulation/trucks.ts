import type { EventData, EventName, Flow } from '@yizhan/contracts';
import { type Ids, toIso } from '@yizhan/kernel';
import { checksNeeded } from '@yizhan/policy';
import { minute } from '../../replay/passages/local-time.js';
import type { Chance } from '../../replay/people/chance.js';
import type { StudyDay, StudyTruck } from '../days/study-day.js';
import { type HandoffDesk, newHandoff } from './handoff-desk.js';
import type { Plan, RelayDriver, RelayDrivers } from './relay-drivers.js';
import type { SimulatedArea } from './simulated-area.js';
import type { HandoffCase, TruckCase } from './truck-case.js';

/** How long the operator waits for a relay driver before he reports a no-show. */
const noShowAfter = 15 * minute;

/** When a truck is usually back; stated at the gate as its due-back time. */
const usuallyBackAfter = 120 * minute;

/** What a truck meets on its way. */
export interface Yard {
  readonly day: StudyDay;
  readonly area: SimulatedArea;
  readonly desk: HandoffDesk;
  readonly relay: RelayDrivers;
  readonly chance: Chance;
  readonly ids: Ids;
  readonly plan: Plan;
}

/** Trucks come, are checked, change drivers, go into the zone, come back and leave. Bays never run short: each truck has its own. */
export class Trucks {
  readonly #trucks = new Map<string, TruckCase>();

  constructor(private readonly yard: Yard) {}

  begin(): void {
    this.yard.day.trucks.forEach((facts, index) => {
      const name = `arrive:${String(index).padStart(6, '0')}`;
      this.yard.plan(name, facts.arrivesAt, (now) => this.#arrive(facts, bayOf(index), now));
    });
  }

  /** Somebody is assigned: he says yes, no or nothing. */
  assigned(truck: TruckCase, now: number): void {
    const { handoff } = truck;
    if (!handoff) return;
    const { handoffId, driverId, assignments, flow } = handoff;
    const { rates } = this.yard.day;
    const question = `${handoffId}/${assignments}/${driverId}`;
    const isStill = (): boolean => handoff.assignments === assignments && handoff.state === 'assigned';
    const expiresAt = now + this.yard.desk.pack.rules.timers.acceptWithinSeconds * 1_000;
    this.yard.plan(`expire:${question}`, expiresAt, (at) => {
      if (isStill()) this.yard.desk.end(truck, handoff, 'expired', at);
    });
    const answersAt = flow === 'into_zone' ? now + truck.facts.takes.answer : this.#outsideAnswersAt(truck, now);
    if (flow === 'into_zone' && this.yard.chance.happens(rates.silent, `${question}/silent`)) return;
    const declines = flow === 'into_zone' && this.yard.chance.happens(rates.decline, `${question}/decline`);
    this.yard.plan(`answer:${question}`, answersAt, (at) => {
      if (!isStill()) return;
      if (declines) this.yard.desk.end(truck, handoff, 'declined', at);
      else this.#accept(truck, handoff, question, at);
    });
  }

  /** What he holds no longer covers a truck that he has not taken over yet. */
  recalled({ handoffId, driver }: RelayDriver, now: number): void {
    const truck = [...this.#trucks.values()].find(({ handoff }) => handoff?.handoffId === handoffId);
    const handoff = truck?.handoff;
    if (handoffId === undefined || !truck || !handoff || handoff.driverId !== driver.driverId) return;
    const isOpen = handoff.state === 'assigned' || handoff.state === 'accepted';
    if (isOpen && truck.facts.truck.licenceRequired !== 'C1') this.yard.desk.end(truck, handoff, 'withdrawn', now);
  }

  #arrive(facts: StudyTruck, bayCode: string, now: number): void {
    const { visitId, outsideDriverId, carrierId, takes } = facts;
    const { licenceRequired } = facts.truck;
    const truck: TruckCase = {
      facts,
      custodian: { kind: 'driver', id: outsideDriverId },
      handoff: undefined,
      runId: undefined,
      backAt: undefined,
    };
    this.#trucks.set(visitId, truck);
    this.yard.relay.enrol(outsideDriverId, licenceRequired, now, { insideZoneId: null, carrierId });
    this.#tellArrival(truck, 'into_zone', now);
    this.yard.plan(`check:${visitId}`, now + takes.checks, (at) => {
      this.#check(truck, 'into_zone', !facts.isTurnedAway, at);
      if (!facts.isTurnedAway) this.#request(truck, 'into_zone', bayCode, at);
      else this.yard.plan(`leave:${visitId}`, at + takes.depart, (then) => this.#turnAway(truck, then));
    });
  }

  #outsideAnswersAt({ facts, backAt }: TruckCase, now: number): number {
    return Math.max(now + minute, (backAt ?? now) + facts.takes.absence);
  }

  #accept(truck: TruckCase, handoff: HandoffCase, question: string, now: number): void {
    const { assignments, flow, plannedStartAt } = handoff;
    const { takes } = truck.facts;
    this.yard.desk.accept(truck, handoff, now);
    const isStill = (): boolean => handoff.assignments === assignments && handoff.state === 'accepted';
    const from = Math.max(now, Math.ceil(plannedStartAt / minute) * minute);
    if (flow === 'into_zone' && this.yard.chance.happens(this.yard.day.rates.noShow, `${question}/no-show`)) {
      return this.yard.plan(`no-show:${question}`, from + noShowAfter, (at) => {
        if (isStill()) this.yard.desk.end(truck, handoff, 'no_show', at);
      });
    }
    const comes = flow === 'into_zone' ? takes.toBay : takes.outsideComes;
    this.yard.plan(`start:${question}`, from + comes, (at) => {
      if (!isStill()) return;
      this.yard.desk.start(truck, handoff, at);
      const swap = flow === 'into_zone' ? takes.swap : takes.swapBack;
      this.yard.plan(`complete:${handoff.handoffId}`, at + swap, (then) => this.#complete(truck, handoff, then));
    });
  }

  #complete(truck: TruckCase, handoff: HandoffCase, now: number): void {
    const { takes, visitId } = truck.facts;
    this.yard.desk.complete(truck, handoff, now);
    if (handoff.flow === 'into_zone')
      this.yard.plan(`depart:${visitId}`, now + takes.depart, (at) => this.#departIn(truck, handoff, at));
    else this.yard.plan(`depart-back:${visitId}`, now + takes.departBack, (at) => this.#departOut(truck, at));
  }

  /** Into the zone: the run begins, and its end is planned. */
  #departIn(truck: TruckCase, handoff: HandoffCase, now: number): void {
    const { visitId, outsideDriverId, takes, wait } = truck.facts;
    const { plate } = truck.facts.truck;
    const runId = this.yard.ids.uuid(`run/${visitId}`, now);
    truck.runId = runId;
    const departure = { outcome: 'swapped', custodian: truck.custodian, departedAt: toIso(now), runId } as const;
    this.#tellVisit('visit.departed', truck, 'into_zone', now, departure);
    const { driverId, bayCode } = handoff;
    const dueBackAt = toIso(now + usuallyBackAfter);
    const run = { runId, direction: 'in_first', driverId, plate, intoZoneVisitId: visitId, dueBackAt } as const;
    this.#tellRun('run.opened', truck, now, run);
    const planned = wait === 'other_truck' ? { runId, wait } : { runId, wait, returnDriverId: outsideDriverId };
    this.#tellRun('run.return_planned', truck, now, planned);
    if (wait === 'other_truck')
      this.yard.plan(`name-another:${visitId}`, now + takes.nameAnother, (at) => this.#nameAnother(truck, at));
    const rests = this.yard.relay.of(driverId)?.driving.drive(now, takes.roundTrip) ?? [];
    for (const { from, to } of rests) {
      const data = { driverId, startedAt: toIso(from), endedAt: toIso(to) };
      const cause = `rest:${runId}:${from}`;
      this.yard.plan(cause, to, (at) =>
        this.yard.area.tell('driver.rest_recorded', `driver/${driverId}`, at, data, { cause }),
      );
    }
    const resting = rests.reduce((sum, { from, to }) => sum + to - from, 0);
    this.yard.plan(`back:${visitId}`, now + takes.roundTrip + resting, (at) => this.#comeBack(truck, bayCode, at));
  }

  #comeBack(truck: TruckCase, bayCode: string, now: number): void {
    const { visitId, returnVisitId, takes } = truck.facts;
    const runId = truck.runId ?? '';
    truck.backAt = now;
    truck.handoff = undefined;
    this.#tellArrival(truck, 'out_of_zone', now);
    const { plate } = truck.facts.truck;
    const closed = {
      runId,
      how: 'returned',
      plate,
      intoZoneVisitId: visitId,
      outOfZoneVisitId: returnVisitId,
    } as const;
    this.#tellRun('run.closed', truck, now, closed, returnVisitId);
    this.yard.plan(`check-back:${visitId}`, now + takes.checksBack, (at) => {
      this.#check(truck, 'out_of_zone', true, at);
      this.#request(truck, 'out_of_zone', bayCode, at);
    });
    this.yard.plan(`park:${visitId}`, now + takes.park, (at) => this.#park(truck, at));
  }

  /** Nobody has come for it: the station takes it, and the relay driver is free. */
  #park(truck: TruckCase, now: number): void {
    const { custodian, handoff } = truck;
    const isTakenOver = handoff?.state === 'started' || handoff?.state === 'completed';
    if (isTakenOver || custodian.kind !== 'driver') return;
    const { returnVisitId: visitId, returnStationCode, carrierId } = truck.facts;
    const { plate } = truck.facts.truck;
    const to = { kind: 'station', id: returnStationCode } as const;
    const items = [{ code: 'keys', given: true }];
    const moved = { plate, from: custodian, to, custodyAt: toIso(now), place: returnStationCode, items, visitId };
    const told = { visitId, carrierId, cause: `park:${visitId}` };
    this.yard.area.tell('custody.moved', `truck/${plate}`, now, { ...moved, reason: 'nobody_there' }, told);
    this.yard.desk.leave(truck, to, now);
  }

  #departOut(truck: TruckCase, now: number): void {
    const runId = truck.runId ?? '';
    const departure = { outcome: 'swapped', custodian: truck.custodian, departedAt: toIso(now), runId } as const;
    this.#tellVisit('visit.departed', truck, 'out_of_zone', now, departure);
    this.#trucks.delete(truck.facts.visitId);
  }

  #turnAway(truck: TruckCase, now: number): void {
    const departure = { outcome: 'turned_away', custodian: truck.custodian, departedAt: toIso(now) } as const;
    this.#tellVisit('visit.departed', truck, 'into_zone', now, { ...departure, reasons: ['check_failed'] });
    this.#trucks.delete(truck.facts.visitId);
  }

  /** The one who brought it has gone on with another truck: its carrier tells who comes instead. */
  #nameAnother(truck: TruckCase, now: number): void {
    const { otherDriverId, carrierId } = truck.facts;
    const { licenceRequired } = truck.facts.truck;
    this.yard.relay.enrol(otherDriverId, licenceRequired, now, { insideZoneId: null, carrierId });
    const planned = { runId: truck.runId ?? '', wait: 'station', returnDriverId: otherDriverId } as const;
    this.#tellRun('run.return_planned', truck, now, planned);
  }

  #tellArrival(truck: TruckCase, flow: Flow, now: number): void {
    const { carrierId, priority, consignments, backLoad } = truck.facts;
    const goesIn = flow === 'into_zone';
    this.#tellVisit('visit.arrived', truck, flow, now, {
      zoneId: this.yard.day.zone.id,
      flow,
      truck: truck.facts.truck,
      carrierId,
      custodian: truck.custodian,
      arrivedAt: toIso(now),
      priority: goesIn ? priority : 0,
      consignments: goesIn ? consignments : backLoad,
      ...(truck.runId === undefined ? {} : { runId: truck.runId }),
    });
  }

  #check(truck: TruckCase, flow: Flow, passed: boolean, now: number): void {
    const names = checksNeeded(this.yard.desk.pack.rules, flow);
    const checks = names.map((check, index) =>
      passed || index > 0 ? { check, passed: true } : { check, passed: false, reason: 'not_in_order' },
    );
    this.#tellVisit('visit.checked', truck, flow, now, { passed, checks, policy: this.yard.desk.policy });
  }

  #request(truck: TruckCase, flow: Flow, bayCode: string, now: number): void {
    const visit = { ...placeOf(truck, flow), flow };
    this.yard.desk.request(truck, newHandoff(this.yard.ids.uuid(`handoff/${visit.visitId}`, now), visit, bayCode), now);
  }

  #tellVisit<N extends EventName>(
    name: N,
    truck: TruckCase,
    flow: Flow,
    now: number,
    data: Omit<EventData[N], 'visitId' | 'areaCode' | 'stationCode'>,
  ): void {
    const place = placeOf(truck, flow);
    const { visitId } = place;
    const told = { visitId, carrierId: truck.facts.carrierId, cause: `${name}:${visitId}` };
    const whole = { ...place, areaCode: this.yard.day.areaCode, ...data } as EventData[N];
    this.yard.area.tell(name, `visit/${visitId}`, now, whole, told);
  }

  #tellRun<N extends 'run.opened' | 'run.return_planned' | 'run.closed'>(
    name: N,
    { facts, runId = '' }: TruckCase,
    now: number,
    data: EventData[N],
    visitId = facts.visitId,
  ): void {
    const told = { visitId, carrierId: facts.carrierId, cause: `${name}:${runId}` };
    this.yard.area.tell(name, `run/${runId}`, now, data, told);
  }
}

function placeOf({ facts }: TruckCase, flow: Flow): { readonly visitId: string; readonly stationCode: string } {
  return flow === 'into_zone'
    ? { visitId: facts.visitId, stationCode: facts.stationCode }
    : { visitId: facts.returnVisitId, stationCode: facts.returnStationCode };
}

/** The bay of the truck of that number, from 0 on. */
export function bayOf(index: number): string {
  return `B${String(index + 1).padStart(4, '0')}`;
}
