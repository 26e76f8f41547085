import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { takeStep } from '../cases/transition-table.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { ActivateZone } from '../network/zones/activate-zone.js';
import { activateEnterprises, enrolPool, openStations, planDuties } from './open-planned.js';
import { type Existing, planFaults } from './plan-faults.js';
import { dutiesFrom, type PlanTemplate } from './plan-template.js';
import { type Opened, planTable } from './plan.js';
import { lockPlan } from './plan.repository.js';
import type { PlanAnswer } from './store-plan.js';

export interface ActivatePlanInput {
  readonly planId: string;
  /** The present where it is not given. */
  readonly startsAt?: number;
  readonly endsAt?: number;
}

export interface ActivatedPlan extends PlanAnswer {
  readonly opened: Opened;
  readonly duties: number;
}

/** One act opens all that a plan's template names, or, where anything is in the way, nothing, and says all that is. */
@Injectable()
export class ActivatePlan {
  constructor(
    private readonly changes: Changes,
    private readonly activateZone: ActivateZone,
  ) {}

  execute(request: StationRequest, input: ActivatePlanInput): Promise<ActivatedPlan> {
    const { planId, endsAt } = input;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const { areaCode, template, templateVersion, ...plan } = await lockPlan(tx, planId);
      const state = takeStep('plan', planTable, plan.state, 'activate');
      const startsAt = input.startsAt ?? change.at;
      const { zoneId } = template.zone;
      const { utcOffsetMinutes, ...existing } = await readExisting(tx, areaCode, template);
      const duties = dutiesFrom(template, startsAt, utcOffsetMinutes);
      const faults = planFaults(template, areaCode, existing, duties);
      if (faults.length > 0) {
        throw new Problem(
          'conflict',
          'PLAN.CANNOT_BE_ACTIVATED',
          'nothing was opened: the plan does not fit what there is',
          {
            faults,
          },
        );
      }
      const stationCodes = template.stations.map(({ stationCode }) => stationCode);
      const zone = await this.activateZone.within(change, {
        ...template.zone,
        areaCode,
        stationCodes,
        startsAt,
        ...(endsAt === undefined ? {} : { endsAt }),
      });
      const stations = await openStations(change, areaCode, template, existing);
      const enrolled = await enrolPool(change, areaCode, template, existing);
      const enterprises = await activateEnterprises(change, areaCode, template);
      const planned = await planDuties(change, areaCode, planId, duties);
      const opened = { zoneId, stationCodes: stations.stationCodes, enterpriseIds: enterprises.enterpriseIds };
      await tx.one(updatePlan, [planId, change.at, JSON.stringify(opened)]);
      const data = { planId, templateVersion, zoneId, stationCodes, duties: duties.length };
      const activated = newEvent({
        name: 'plan.activated',
        subject: `plan/${planId}`,
        areaCode,
        time: change.at,
        data,
      });
      return {
        events: [...zone.events, ...stations.events, ...enrolled, ...enterprises.events, ...planned, activated],
        answer: { planId, areaCode, state, templateVersion, opened, duties: duties.length },
      };
    });
  }
}

type Found = Existing & { readonly utcOffsetMinutes: number };

async function readExisting(tx: Transaction, areaCode: string, template: PlanTemplate): Promise<Found> {
  const { zone, stations, pool, enterprises } = template;
  const codes = stations.map(({ stationCode }) => stationCode);
  const [[there], [policy], open, drivers, known] = await Promise.all([
    tx.rows<{ areaCode: string; state: string }>(findZone, [zone.zoneId]),
    tx.rows<{ utcOffsetMinutes: number }>(findPolicy, [zone.policy.id, zone.policy.version, areaCode]),
    tx.rows<{ id: string; areaCode: string; state: string }>(lockStations, [codes]),
    tx.rows<{ id: string; areaCode: string; insideZoneId: string | null }>(findDrivers, [
      pool.map(({ driverId }) => driverId),
    ]),
    tx.rows<{ id: string; areaCode: string; zoneId: string | null }>(findEnterprises, [
      enterprises.map(({ enterpriseId }) => enterpriseId),
    ]),
  ]);
  return {
    zone: there,
    isPolicyPublished: policy !== undefined,
    utcOffsetMinutes: policy?.utcOffsetMinutes ?? 0,
    stations: byId(open),
    drivers: byId(drivers),
    enterprises: byId(known),
  };
}

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));

const findZone = `SELECT area_code AS "areaCode", state FROM station.zones WHERE zone_id = $1 FOR UPDATE`;

const findPolicy = `
  SELECT (rules->>'utcOffsetMinutes')::integer AS "utcOffsetMinutes"
  FROM station.policies WHERE policy_id = $1 AND version = $2 AND area_code = $3`;

const lockStations = `
  SELECT station_code AS id, area_code AS "areaCode", state
  FROM station.stations WHERE station_code = ANY ($1) ORDER BY station_code FOR UPDATE`;

const findDrivers = `
  SELECT driver_id AS id, area_code AS "areaCode", inside_zone_id AS "insideZoneId"
  FROM station.drivers WHERE driver_id = ANY ($1)`;

const findEnterprises = `
  SELECT enterprise_id AS id, area_code AS "areaCode", zone_id AS "zoneId"
  FROM station.enterprises WHERE enterprise_id = ANY ($1)`;

const updatePlan = `
  UPDATE station.plans
  SET state = 'active', activated_at = to_timestamp($2::double precision / 1000), ended_at = NULL, opened = $3, report = NULL,
      version = version + 1
  WHERE plan_id = $1 AND state <> 'active' RETURNING version`;
