import type { Floor } from './floor.js';
import type { Operator } from './operator.js';
import { type HandoffCase, slotsOf, type VisitCase } from './visit-case.js';

/** Drivers who are assigned: they answer or do not, and come or do not. */
export class Drivers {
  constructor(
    private readonly floor: Floor,
    private readonly operator: Operator,
  ) {}

  assigned(visit: VisitCase, handoff: HandoffCase, now: number): void {
    const { scenario, chance, planner } = this.floor;
    const { handoffId, driverId = '', assignmentNo } = handoff;
    const question = `${handoffId}/${assignmentNo}/${driverId}`;
    if (chance.happens(scenario.rates.silent, `${question}/silent`)) return;
    const dueAt = planner.next(now, now + chance.duration(scenario.durations.accept, `${question}/accept`));
    // The driver who is named for the return has said yes to his carrier before.
    const declines = visit.flow === 'into_zone' && chance.happens(scenario.rates.decline, `${question}/decline`);
    const step = declines ? 'declineAssignment' : 'acceptAssignment';
    const name = `${declines ? 'decline' : 'accept'}:${handoffId}:${assignmentNo}`;
    planner.ask(slotsOf(visit.visitId).answer, name, dueAt, { step, input: { handoffId, driverId } });
  }

  accepted(visit: VisitCase, handoff: HandoffCase, now: number): void {
    const { scenario, chance, planner } = this.floor;
    const { handoffId, assignmentNo } = handoff;
    const question = `${handoffId}/${assignmentNo}/${handoff.driverId ?? ''}`;
    const slot = slotsOf(visit.visitId).driver;
    const plannedAt = Math.max(now, handoff.plannedStartAt);
    if (visit.flow === 'into_zone' && chance.happens(scenario.rates.noShow, `${question}/no-show`)) {
      const dueAt = planner.next(
        now,
        plannedAt + chance.duration(scenario.durations.noShowAfter, `${question}/no-show-after`),
      );
      const name = `no-show:${handoffId}:${assignmentNo}`;
      return planner.ask(slot, name, dueAt, { step: 'reportNoShow', input: { handoffId } });
    }
    planner.think(slot, planner.next(now, this.#thereAt(visit, now, plannedAt, question)), (at) => {
      if (visit.handoff === handoff && handoff.state === 'accepted') this.operator.driverIsThere(visit, handoff, at);
    });
  }

  #thereAt({ flow, trip, visitId, arrivedAt }: VisitCase, now: number, plannedAt: number, question: string): number {
    const { chance, scenario } = this.floor;
    const { travelToBay, comeBack, absence } = scenario.durations;
    if (flow === 'into_zone') return plannedAt + chance.duration(travelToBay, `${question}/comes`);
    // The driver who takes it back is told beforehand where it comes out: he is on his way already.
    const thereAt = now + chance.duration(trip.wait === 'station' ? travelToBay : comeBack, `${question}/comes`);
    return trip.isDriverAbsent
      ? Math.max(thereAt, arrivedAt + chance.duration(absence, `${visitId}/absence`))
      : thereAt;
  }
}
