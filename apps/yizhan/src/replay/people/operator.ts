import { toIso } from '@yizhan/kernel';
import { planCheck } from './checks.js';
import { evidenceOf, handedItems, wrongSealOf } from './evidence.js';
import type { Floor } from './floor.js';
import { minute } from '../passages/local-time.js';
import { type HandoffCase, slotsOf, type VisitCase } from './visit-case.js';

/** When a truck is usually back; stated at the gate as its due-back time. */
const usuallyBackAfter = 120 * minute;

/** Who works the gate, the checks and the bays: looks at what has happened and decides what to do next. */
export class Operator {
  constructor(private readonly floor: Floor) {}

  arrived(visit: VisitCase, now: number): void {
    planCheck(this.floor, visit, 'arrival', now);
    if (visit.flow === 'out_of_zone') this.#mindTheAbsent(visit, now);
  }

  checked(visit: VisitCase, passed: boolean, now: number): void {
    visit.timesChecked += 1;
    visit.isPassed = passed;
    if (passed) return this.#passed(visit, now);
    if (visit.timesChecked > 1 && visit.flow === 'into_zone') return this.#turnAway(visit, now);
    planCheck(this.floor, visit, 'failed', now);
  }

  held(visit: VisitCase, now: number): void {
    const { planner } = this.floor;
    const slots = slotsOf(visit.visitId);
    visit.isHeld = true;
    visit.isReleased = false;
    planner.drop(slots.hold, slots.leave);
    if (visit.handoff?.state !== 'started') planner.drop(slots.swap);
    planCheck(this.floor, visit, 'held', now);
  }

  driverIsThere(visit: VisitCase, handoff: HandoffCase, now: number): void {
    handoff.isDriverThere = true;
    this.floor.planner.drop(slotsOf(visit.visitId).park);
    this.#goOn(visit, now);
  }

  /** Called to its bay after it has waited in line. */
  called(visit: VisitCase, now: number): void {
    if (visit.bayCode !== undefined) this.#goOn(visit, now);
  }

  started(visit: VisitCase, handoff: HandoffCase, now: number): void {
    const { scenario, chance, planner } = this.floor;
    const { visitId } = visit;
    const slots = slotsOf(visitId);
    const dueAt = planner.next(now, now + chance.duration(scenario.durations.swap, `${handoff.handoffId}/swap`));
    planner.drop(slots.bay, slots.driver);
    if (
      handoff.tryNo === 1 &&
      visit.flow === 'into_zone' &&
      chance.happens(scenario.rates.sealMismatch, `${visitId}/seal`)
    ) {
      const input = { handoffId: handoff.handoffId, reason: 'seal_mismatch', seal: wrongSealOf(visit) };
      return planner.ask(slots.swap, `abort:${handoff.handoffId}`, dueAt, { step: 'abortHandoff', input });
    }
    const input = evidenceOf(visit, handoff, dueAt, chance);
    planner.ask(slots.swap, `complete:${handoff.handoffId}`, dueAt, { step: 'completeHandoff', input });
    this.#holdPerhaps(visit, 'during', now);
  }

  /** The handoff has ended, well or not, or its driver will not come: the bay is free. */
  leftBay(visit: VisitCase, now: number): void {
    const { bays, planner, cases } = this.floor;
    const { visitId, stationCode, bayCode } = visit;
    const slots = slotsOf(visitId);
    planner.drop(slots.bay, slots.driver, slots.swap);
    bays.leaveLine(stationCode, visitId);
    visit.bayCode = undefined;
    if (bayCode === undefined) return;
    const next = cases.get(bays.giveBack(stationCode, bayCode) ?? '');
    if (!next) return;
    next.bayCode = bayCode;
    const name = `call:${next.visitId}:${next.handoff?.handoffId ?? ''}`;
    const input = { visitId: next.visitId, bayCode };
    planner.ask(slotsOf(next.visitId).bay, name, planner.next(now), { step: 'callVisit', input });
  }

  released(visit: VisitCase, now: number): void {
    const { scenario, chance, planner } = this.floor;
    const { visitId } = visit;
    visit.isReleased = true;
    const after = chance.duration(scenario.durations.departAfterRelease, `${visitId}/depart`);
    const dueAt = planner.next(now, now + after);
    const dueBack = visit.flow === 'into_zone' ? { dueBackAt: dueAt + usuallyBackAfter } : {};
    const input = { visitId, outcome: 'swapped', ...dueBack } as const;
    planner.ask(slotsOf(visitId).leave, `depart:${visitId}`, dueAt, { step: 'departVisit', input });
  }

  departed(visit: VisitCase, now: number): void {
    this.leftBay(visit, now);
    this.floor.planner.drop(...Object.values(slotsOf(visit.visitId)));
  }

  #passed(visit: VisitCase, now: number): void {
    const { planner } = this.floor;
    const { visitId, handoff } = visit;
    const wasHeld = visit.isHeld;
    visit.isHeld = false;
    if (handoff?.state === 'completed') {
      if (visit.isReleased) return;
      return planner.ask(slotsOf(visitId).leave, `release:${visitId}`, planner.next(now), {
        step: 'releaseCargo',
        input: { visitId },
      });
    }
    if (wasHeld) return this.#goOn(visit, now);
    this.#holdPerhaps(visit, 'before', now);
  }

  #turnAway({ visitId }: VisitCase, now: number): void {
    const { scenario, chance, planner } = this.floor;
    const after = chance.duration(scenario.durations.departAfterRelease, `${visitId}/turn-away`);
    planner.ask(slotsOf(visitId).leave, `turn-away:${visitId}`, planner.next(now, now + after), {
      step: 'departVisit',
      input: { visitId, outcome: 'turned_away', reasons: ['check_failed'] },
    });
  }

  /** Half of the holds come before the swap, half while it is under way. */
  #holdPerhaps({ visitId, timesChecked, handoff }: VisitCase, moment: 'before' | 'during', now: number): void {
    const { scenario, chance, planner } = this.floor;
    const isFirstTime = timesChecked === 1 && (handoff?.tryNo ?? 1) === 1;
    if (!isFirstTime || !chance.happens(scenario.rates.hold, `${visitId}/hold`)) return;
    if (chance.happens(0.5, `${visitId}/hold-before`) !== (moment === 'before')) return;
    planner.ask(slotsOf(visitId).hold, `hold:${visitId}`, planner.next(now, now + 2 * minute), {
      step: 'holdCargo',
      input: { visitId, reasons: ['paper_missing'] },
    });
  }

  /** Into the bay where one is free and nothing is in the way, else into the line. */
  #goOn(visit: VisitCase, now: number): void {
    const { bays, planner } = this.floor;
    const { visitId, stationCode, handoff } = visit;
    if (!handoff?.isDriverThere || handoff.state !== 'accepted' || visit.isHeld || !visit.isPassed) return;
    visit.bayCode ??= bays.take(stationCode, visitId);
    if (visit.bayCode !== undefined) return this.#planStart(visit, handoff, now);
    if (visit.hasBeenQueued) return;
    visit.hasBeenQueued = true;
    planner.ask(slotsOf(visitId).bay, `queue:${visitId}`, planner.next(now), {
      step: 'queueVisit',
      input: { visitId, queue: 'inside' },
    });
  }

  #planStart(visit: VisitCase, { handoffId }: HandoffCase, now: number): void {
    const { scenario, chance, planner } = this.floor;
    const { visitId, trip, bayCode = '' } = visit;
    const dueAt = planner.next(now, now + chance.duration(scenario.durations.intoBay, `${handoffId}/into-bay`));
    const authorisation = { carrierId: trip.carrierId, by: `dispatcher-${trip.carrierId}`, at: toIso(dueAt) };
    const input = { handoffId, bayCode, authorisation };
    planner.ask(slotsOf(visitId).swap, `start:${handoffId}`, dueAt, { step: 'startHandoff', input });
  }

  /** A truck that is back and whose outside driver does not come is parked; the relay driver is free. */
  #mindTheAbsent(visit: VisitCase, now: number): void {
    const { scenario, chance, planner } = this.floor;
    const slot = slotsOf(visit.visitId).park;
    const lookAt = planner.next(now, now + chance.duration(scenario.durations.parkAfter, `${visit.visitId}/park`));
    planner.think(slot, lookAt, (at) => {
      const { custodian, handoff, stationCode, trip, visitId } = visit;
      const mayStillCome = handoff?.isDriverThere || handoff?.state === 'started' || handoff?.state === 'completed';
      if (mayStillCome || custodian.kind !== 'driver') return;
      const to = { kind: 'station', id: stationCode } as const;
      const { plate } = trip.truck;
      planner.ask(slot, `park:${visitId}`, planner.next(at), {
        step: 'moveCustody',
        input: { plate, from: custodian, to, place: stationCode, reason: 'nobody_there', items: handedItems },
      });
    });
  }
}
