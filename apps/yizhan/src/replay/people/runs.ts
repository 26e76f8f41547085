import type { EventData } from '@yizhan/contracts';
import { credentialRequests } from '../../scenario/network-requests.js';
import type { RunStep } from '../../scenario/scenario.js';
import type { Floor } from './floor.js';
import { minute } from '../passages/local-time.js';
import type { Trip } from './trip.js';

/** Where on its round trip a truck is when a step is recorded. */
const stepsOfTheWay: readonly (readonly [RunStep, number])[] = [
  ['reached', 0.35],
  ['unloaded', 0.65],
  ['loaded', 0.72],
  ['left', 0.76],
];

/** What happens beyond the station: the way in, the enterprise, the way back, and who is going to take the truck back. */
export class Runs {
  constructor(private readonly floor: Floor) {}

  opened(trip: Trip, { runId, driverId }: EventData['run.opened'], now: number): void {
    const { scenario, chance, planner } = this.floor;
    const takes = chance.duration(scenario.durations.roundTrip, `${trip.visitId}/round-trip`);
    for (const [step, share] of stepsOfTheWay) {
      if (!scenario.runSteps.includes(step) || (step === 'loaded' && trip.backLoad.length === 0)) continue;
      const input = { runId, step, enterpriseId: trip.enterpriseId };
      const dueAt = planner.next(now, now + takes * share);
      planner.ask(`${step}:${runId}`, `${step}:${runId}`, dueAt, { step: 'recordRunStep', input });
    }
    this.#planReturn(trip, runId, now);
    this.#comeBack(trip, driverId, planner.next(now, now + takes));
  }

  /** The truck is back: what was not recorded on its way is not recorded any more. */
  returned(runId: string): void {
    this.floor.planner.drop(...stepsOfTheWay.map(([step]) => `${step}:${runId}`), `return-plan:${runId}`);
  }

  #comeBack(trip: Trip, driverId: string, dueAt: number): void {
    const { returnVisitId: visitId, returnStationCode: stationCode, zoneId, truck, carrierId } = trip;
    this.floor.planner.ask(`arrive:${visitId}`, `arrive:${visitId}`, dueAt, {
      step: 'registerArrival',
      input: {
        visitId,
        stationCode,
        zoneId,
        flow: 'out_of_zone',
        truck,
        carrierId,
        driverId,
        priority: 0,
        consignments: trip.backLoad,
      },
    });
  }

  #planReturn(trip: Trip, runId: string, now: number): void {
    const { planner } = this.floor;
    const { wait, outsideDriverId } = trip;
    const named = wait === 'other_truck' ? {} : { returnDriverId: outsideDriverId };
    planner.ask(`return-plan:${runId}`, `return-plan:${runId}`, planner.next(now, now + minute), {
      step: 'planReturn',
      input: { runId, wait, ...named },
    });
    if (wait === 'other_truck') this.#nameAnother(trip, runId, now);
  }

  /** The first driver has gone on with another truck: the carrier finds somebody else and tells us. */
  #nameAnother(trip: Trip, runId: string, now: number): void {
    const { scenario, chance, planner } = this.floor;
    const { otherDriverId, carrierId, truck } = trip;
    const after = chance.duration(scenario.durations.nameAnother, `${trip.visitId}/name-another`);
    const enrolAt = planner.next(now + minute, now + after);
    const grantAt = planner.next(enrolAt);
    const licences = [truck.licenceRequired];
    planner.ask(`enrol:${otherDriverId}`, `enrol:${otherDriverId}`, enrolAt, {
      step: 'enrolDriver',
      input: { driverId: otherDriverId, areaCode: scenario.area.code, insideZoneId: null, licences, carrierId },
    });
    for (const { key, ...asked } of credentialRequests(scenario, otherDriverId, truck.licenceRequired, enrolAt)) {
      planner.ask(key, key, grantAt, asked);
    }
    planner.ask(`other-plan:${runId}`, `other-plan:${runId}`, planner.next(grantAt), {
      step: 'planReturn',
      input: { runId, wait: 'station', returnDriverId: otherDriverId },
    });
  }
}
