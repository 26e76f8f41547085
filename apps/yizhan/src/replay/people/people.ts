import type { EventData, EventName, YizhanEvent } from '@yizhan/contracts';
import { parseEventType } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import { credentialRequests, networkRequests, relayDriversOf } from '../../scenario/network-requests.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Action, RequestAction } from './action.js';
import type { Agenda } from './agenda.js';
import { Bays } from './bays.js';
import type { Chance } from './chance.js';
import { Drivers } from './drivers.js';
import type { Floor } from './floor.js';
import { minute } from '../passages/local-time.js';
import { recordedAt } from '../recorded-at.js';
import { Operator } from './operator.js';
import { Planner } from './planner.js';
import { Runs } from './runs.js';
import { Shifts } from './shifts.js';
import type { Trip } from './trip.js';
import { type HandoffCase, slotsOf, type VisitCase } from './visit-case.js';

type Reactions = { readonly [N in EventName]?: (data: EventData[N], now: number) => void };

/**
 * Everybody at the stations. They see the log in its order and plan what they do next: their agenda follows from the
 * log, the scenario and the seed alone, so that it is the same again after a kill.
 */
export class People {
  readonly agenda: Agenda<Action>;
  /** Trips that are over: back out of the zone, turned away, or given up. */
  readonly ended = new Set<string>();
  readonly #floor: Floor;
  readonly #operator: Operator;
  readonly #drivers: Drivers;
  readonly #runs: Runs;
  readonly #shifts: Shifts;
  readonly #visitOfPlate = new Map<string, VisitCase>();

  constructor(
    private readonly scenario: Scenario,
    private readonly trips: readonly Trip[],
    chance: Chance,
  ) {
    const planner = new Planner(scenario.tickSeconds * 1_000);
    const byVisit = trips.flatMap((trip): [string, Trip][] => [
      [trip.visitId, trip],
      [trip.returnVisitId, trip],
    ]);
    this.#floor = {
      scenario,
      chance,
      planner,
      bays: new Bays(scenario.stations),
      trips: new Map(byVisit),
      cases: new Map(),
    };
    this.#operator = new Operator(this.#floor);
    this.#drivers = new Drivers(this.#floor, this.#operator);
    this.#runs = new Runs(this.#floor);
    this.#shifts = new Shifts(this.#floor, relayDriversOf(scenario));
    this.agenda = planner.agenda;
  }

  /** Plans what no event brings about: the network, the first shifts and every arrival. */
  begin(startsAt: number): void {
    const { planner } = this.#floor;
    networkRequests(this.scenario, startsAt).forEach(({ key, ...asked }, index) => {
      const name = `network:${String(index).padStart(5, '0')}:${key}`;
      planner.ask(name, name, startsAt, asked);
    });
    this.#shifts.begin(startsAt);
    for (const trip of this.trips) this.#planArrival(trip);
  }

  see(event: YizhanEvent): void {
    const name = parseEventType(event.type)?.name as EventName | undefined;
    const react = name && (this.#reactions[name] as ((data: unknown, now: number) => void) | undefined);
    react?.(event.data, recordedAt(event));
  }

  /** The station has refused: it is tried again later, or given up. */
  refused(action: RequestAction): void {
    if (this.#floor.planner.retry(action)) return;
    const visitId = 'visitId' in action.input ? action.input.visitId : undefined;
    const trip = this.#floor.trips.get(visitId ?? '');
    if (trip) this.ended.add(trip.visitId);
  }

  /** An outside driver is known by the time that he comes to the gate. */
  #planArrival(trip: Trip): void {
    const { planner } = this.#floor;
    const {
      visitId,
      outsideDriverId: driverId,
      carrierId,
      truck,
      passage,
      stationCode,
      zoneId,
      priority,
      consignments,
    } = trip;
    const areaCode = this.scenario.area.code;
    planner.ask(`enrol:${driverId}`, `enrol:${driverId}`, planner.tick(passage.at - 3 * minute), {
      step: 'enrolDriver',
      input: { driverId, areaCode, insideZoneId: null, licences: [truck.licenceRequired], carrierId },
    });
    for (const { key, ...asked } of credentialRequests(this.scenario, driverId, truck.licenceRequired, passage.at)) {
      planner.ask(key, key, planner.tick(passage.at - 2 * minute), asked);
    }
    const arrival = {
      visitId,
      stationCode,
      zoneId,
      flow: 'into_zone',
      truck,
      carrierId,
      driverId,
      priority,
      consignments,
    } as const;
    // The gate's own time is kept; the operator records it on the next tick, as people do everything else.
    const dueAt = planner.tickFrom(passage.at);
    const asked = { step: 'registerArrival', input: arrival } as const;
    planner.ask(`arrive:${visitId}`, `arrive:${visitId}`, dueAt, asked, passage.at);
  }

  readonly #reactions: Reactions = {
    'visit.arrived': (data, now) => {
      const trip = this.#floor.trips.get(data.visitId);
      if (!trip) return;
      const visit = caseOf(trip, data);
      this.#floor.cases.set(data.visitId, visit);
      this.#visitOfPlate.set(trip.truck.plate, visit);
      if (data.runId !== undefined) this.#runs.returned(data.runId);
      this.#operator.arrived(visit, now);
    },
    'visit.checked': ({ visitId, passed }, now) =>
      this.#onVisit(visitId, (visit) => this.#operator.checked(visit, passed, now)),
    'visit.called': ({ visitId }, now) => this.#onVisit(visitId, (visit) => this.#operator.called(visit, now)),
    'cargo.held': ({ visitId }, now) => this.#onVisit(visitId, (visit) => this.#operator.held(visit, now)),
    'cargo.released': ({ visitId }, now) => this.#onVisit(visitId, (visit) => this.#operator.released(visit, now)),
    'visit.departed': ({ visitId, outcome }, now) =>
      this.#onVisit(visitId, (visit) => {
        this.#operator.departed(visit, now);
        this.#floor.cases.delete(visitId);
        this.#visitOfPlate.delete(visit.trip.truck.plate);
        const goesIn = visit.flow === 'into_zone' && (outcome === 'swapped' || outcome === 'no_swap_needed');
        if (!goesIn) this.ended.add(visit.trip.visitId);
      }),
    'visit.cancelled': ({ visitId }) => this.#onVisit(visitId, ({ trip }) => this.ended.add(trip.visitId)),
    'handoff.requested': ({ visitId, handoffId }) =>
      this.#onVisit(visitId, (visit) => {
        visit.handoffs += 1;
        visit.handoff = newHandoff(handoffId, visit.handoffs);
      }),
    'handoff.assigned': ({ handoffId, visitId, driverId, plannedStartAt }, now) => {
      this.#shifts.assigned(driverId);
      this.#onHandoff(visitId, handoffId, (visit, handoff) => {
        Object.assign(handoff, { state: 'assigned', driverId, plannedStartAt: parseInstant(plannedStartAt) ?? now });
        handoff.assignmentNo += 1;
        this.#drivers.assigned(visit, handoff, now);
      });
    },
    'handoff.accepted': ({ handoffId, visitId }, now) =>
      this.#onHandoff(visitId, handoffId, (visit, handoff) => {
        handoff.state = 'accepted';
        this.#drivers.accepted(visit, handoff, now);
      }),
    'handoff.assignment_ended': ({ handoffId, visitId, driverId }, now) => {
      this.#shifts.unbound(driverId, now);
      this.#onHandoff(visitId, handoffId, (visit, handoff) => {
        Object.assign(handoff, { state: 'requested', isDriverThere: false, driverId: undefined });
        this.#floor.planner.drop(slotsOf(visitId).answer);
        this.#operator.leftBay(visit, now);
      });
    },
    'handoff.started': ({ handoffId, visitId }, now) =>
      this.#onHandoff(visitId, handoffId, (visit, handoff) => {
        handoff.state = 'started';
        this.#operator.started(visit, handoff, now);
      }),
    'handoff.completed': ({ handoffId, visitId, toDriverId }, now) => {
      this.#shifts.unbound(toDriverId, now);
      this.#onHandoff(visitId, handoffId, (visit, handoff) => {
        handoff.state = 'completed';
        visit.custodian = { kind: 'driver', id: toDriverId };
        this.#operator.leftBay(visit, now);
      });
    },
    'handoff.aborted': ({ handoffId, visitId }, now) =>
      this.#onHandoff(visitId, handoffId, (visit, handoff) => {
        if (handoff.driverId !== undefined) this.#shifts.unbound(handoff.driverId, now);
        Object.assign(visit, { handoff: undefined, isPassed: false });
        this.#operator.leftBay(visit, now);
      }),
    'custody.moved': ({ plate, to }) => {
      const visit = this.#visitOfPlate.get(plate);
      if (visit) visit.custodian = to;
    },
    'run.opened': (data, now) => {
      const trip = this.#floor.trips.get(data.intoZoneVisitId ?? '');
      if (!trip) return;
      this.#runs.opened(trip, data, now);
    },
    'driver.shift_started': ({ driverId, endsAt }, now) =>
      this.#shifts.started(driverId, parseInstant(endsAt) ?? now, now),
    'driver.shift_ended': ({ driverId }, now) => this.#shifts.ended(driverId, now),
  };

  #onVisit(visitId: string, react: (visit: VisitCase) => void): void {
    const visit = this.#floor.cases.get(visitId);
    if (visit) react(visit);
  }

  #onHandoff(visitId: string, handoffId: string, react: (visit: VisitCase, handoff: HandoffCase) => void): void {
    const visit = this.#floor.cases.get(visitId);
    if (visit?.handoff?.handoffId === handoffId) react(visit, visit.handoff);
  }
}

function caseOf(
  trip: Trip,
  { visitId, flow, stationCode, custodian, arrivedAt }: EventData['visit.arrived'],
): VisitCase {
  return {
    visitId,
    trip,
    flow,
    stationCode,
    arrivedAt: parseInstant(arrivedAt) ?? 0,
    custodian,
    timesChecked: 0,
    handoffs: 0,
    isPassed: false,
    isHeld: false,
    isReleased: false,
    hasBeenQueued: false,
  };
}

function newHandoff(handoffId: string, tryNo: number): HandoffCase {
  return { handoffId, tryNo, state: 'requested', assignmentNo: 0, plannedStartAt: 0, isDriverThere: false };
}
