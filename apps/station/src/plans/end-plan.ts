import { Injectable } from '@nestjs/common';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { takeStep } from '../cases/transition-table.js';
import { type Change, Changes, type StationRequest } from '../changes/changes.js';
import { type LiftedZone, LiftZone } from '../network/zones/lift-zone.js';
import { keepPause } from '../network/stations/station.repository.js';
import { eventOfReadiness } from './open-planned.js';
import { type OutcomeReport, reportOn } from './outcome-report.js';
import { type Opened, planTable } from './plan.js';
import { lockPlan } from './plan.repository.js';
import type { PlanAnswer } from './store-plan.js';

export interface EndPlanInput {
  readonly planId: string;
  /** A code, never free text. */
  readonly reason: string;
}

export interface EndedPlan extends PlanAnswer {
  readonly report: OutcomeReport;
  /** Runs that are still to be ended, one by one. */
  readonly openRuns: LiftedZone['openRuns'];
}

/** One act lifts the zone of a plan, closes what the plan has opened, and writes down what came of it. */
@Injectable()
export class EndPlan {
  constructor(
    private readonly changes: Changes,
    private readonly liftZone: LiftZone,
  ) {}

  execute(request: StationRequest, { planId, reason }: EndPlanInput): Promise<EndedPlan> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const { areaCode, templateVersion, activatedAt, opened, ...plan } = await lockPlan(tx, planId);
      const state = takeStep('plan', planTable, plan.state, 'end');
      if (activatedAt === null || !opened) throw new Error(`the active plan ${planId} does not say what it opened`);
      const { zoneId } = opened;
      const [zone] = await tx.rows<{ state: string }>(lockZoneOf, [zoneId]);
      const lifted = zone?.state === 'active' ? await this.liftZone.within(change, zoneId) : undefined;
      const closed = await closeOpened(change, areaCode, opened, reason);
      const cancelled = await cancelDuties(change, areaCode, planId);
      const report = await reportOn(tx, { planId, zoneId, from: activatedAt, until: change.at });
      await tx.one(updatePlan, [planId, change.at, JSON.stringify(report)]);
      const data = { planId, zoneId, reason, activatedAt: toIso(activatedAt) };
      const ended = newEvent({ name: 'plan.ended', subject: `plan/${planId}`, areaCode, time: change.at, data });
      return {
        events: [...(lifted?.events ?? []), ...closed, ...cancelled, ended],
        answer: { planId, areaCode, state, templateVersion, report, openRuns: lifted?.answer.openRuns ?? [] },
      };
    });
  }
}

async function closeOpened({ tx, at }: Change, areaCode: string, opened: Opened, reason: string): Promise<NewEvent[]> {
  const stations = await tx.rows<{ code: string }>(closeStations, [opened.stationCodes]);
  keepPause(
    tx,
    stations.map(({ code }) => code),
    'closed',
    at,
  );
  const enterprises = await tx.rows<{ id: string }>(endEnterprises, [opened.enterpriseIds]);
  return [
    ...stations.map(({ code: stationCode }) =>
      newEvent({
        name: 'station.closed',
        subject: `station/${stationCode}`,
        areaCode,
        time: at,
        data: { stationCode, reason },
      }),
    ),
    ...enterprises.map(({ id }) => eventOfReadiness(id, 'ended', areaCode, at)),
  ];
}

/** Of those that have not begun; whoever is on shift ends it himself. */
async function cancelDuties({ tx, at }: Change, areaCode: string, planId: string): Promise<NewEvent[]> {
  const duties = await tx.rows<{ dutyId: string; role: string; personId: string }>(cancelPlanned, [planId]);
  return duties
    .filter(({ role }) => role === 'driver')
    .map(({ dutyId, personId }) =>
      newEvent({
        name: 'driver.planned_shift_cancelled',
        subject: `driver/${personId}`,
        areaCode,
        time: at,
        data: { driverId: personId, dutyId },
      }),
    );
}

const lockZoneOf = 'SELECT state FROM station.zones WHERE zone_id = $1 FOR UPDATE';

const closeStations = `
  UPDATE station.stations SET state = 'closed', suspended_at = NULL, version = version + 1
  WHERE station_code = ANY ($1) AND state <> 'closed' RETURNING station_code AS code`;

const endEnterprises = `
  UPDATE station.enterprises SET readiness = 'ended', version = version + 1
  WHERE enterprise_id = ANY ($1) AND readiness <> 'ended' RETURNING enterprise_id AS id`;

const cancelPlanned = `
  UPDATE station.duties SET state = 'cancelled' WHERE plan_id = $1 AND state = 'planned'
  RETURNING duty_id AS "dutyId", role, person_id AS "personId"`;

const updatePlan = `
  UPDATE station.plans SET state = 'ended', ended_at = to_timestamp($2::double precision / 1000), report = $3, version = version + 1
  WHERE plan_id = $1 AND state = 'active' RETURNING version`;
