import { Injectable } from '@nestjs/common';
import type { Party, PlateColour } from '@yizhan/contracts';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { CaseScope, notFound } from '../cases/case-scope.js';
import { uuid } from '../cases/load-case.js';
import type { Evidence, HandoffState } from '../handoffs/handoff.js';
import type { PolicyRules } from '@yizhan/policy';
import type { SlipFacts } from './slip-facts.js';

/** What the paper shows beside the signed facts. */
export interface SlipRecord {
  readonly facts: SlipFacts;
  readonly stationName: string;
  readonly plateColour: PlateColour;
  readonly trailerPlate: string | null;
  readonly bayCode: string | null;
  readonly carrierId: string | null;
  readonly consignmentIds: readonly string[];
  /** Absent before the swap. */
  readonly evidence?: Evidence;
  readonly utcOffsetMinutes: number;
}

interface SlipRow {
  readonly handoffId: string;
  readonly state: HandoffState;
  readonly stationCode: string;
  readonly stationName: string;
  readonly areaCode: string;
  readonly carrierId: string | null;
  readonly plate: string;
  readonly plateColour: PlateColour;
  readonly trailerPlate: string | null;
  readonly sealNumber: string | null;
  readonly flow: SlipFacts['flow'];
  readonly consignmentIds: string[];
  readonly driverId: string | null;
  readonly plannedStartAt: number | null;
  readonly plannedReturnAt: number | null;
  readonly bayCode: string | null;
  readonly custodyAt: number | null;
  readonly evidence: Evidence | null;
  readonly rules: PolicyRules | null;
  readonly holderId: string | null;
}

const china = 480;

/** Handoffs as their slips show them, to those who may see them. */
@Injectable()
export class SlipRecords {
  constructor(
    private readonly database: Database,
    private readonly scope: CaseScope,
  ) {}

  /** @throws Problem `not_found`, also where the caller may not see it; `illegal_state` where nobody is to take the truck. */
  async read(caller: Caller, handoffId: string): Promise<SlipRecord> {
    const [row] = await this.database.rows<SlipRow>(readSlip, [uuid(handoffId)]);
    if (!row || !this.#maySee(caller, row)) throw notFound('handoff', handoffId);
    return recordOf(row);
  }

  /** Those of its station and area, the carrier whose truck it is, and the drivers who hand it over and take it. */
  #maySee(caller: Caller, row: SlipRow): boolean {
    if (caller.role !== 'driver') return this.scope.maySee(caller, row);
    const from = row.evidence?.from;
    const parts = [row.driverId, from?.kind === 'driver' ? from.id : null, isOver(row) ? null : row.holderId];
    return parts.some((driverId) => driverId !== null && caller.isDriver(driverId));
  }
}

const isOver = ({ state }: SlipRow): boolean => state === 'completed' || state === 'aborted';

function recordOf(row: SlipRow): SlipRecord {
  const { stationName, plateColour, trailerPlate, bayCode, carrierId, consignmentIds, evidence, rules } = row;
  return {
    facts: factsOf(row),
    stationName,
    plateColour,
    trailerPlate,
    bayCode,
    carrierId,
    consignmentIds,
    ...(evidence && { evidence }),
    utcOffsetMinutes: rules?.utcOffsetMinutes ?? china,
  };
}

function factsOf(row: SlipRow): SlipFacts {
  const { handoffId, stationCode, plate, flow, driverId, plannedReturnAt } = row;
  const back = plannedReturnAt === null ? {} : { returnAt: plannedReturnAt };
  if (row.state === 'completed' && row.evidence && driverId !== null && row.custodyAt !== null) {
    const { from, seal, items } = row.evidence;
    const swap = { handoffId, stationCode, plate, flow, from, toDriverId: driverId, at: row.custodyAt, items };
    return { kind: 'swap', ...swap, ...back, ...(seal && { seal }) };
  }
  if (row.state === 'aborted' || driverId === null || row.plannedStartAt === null) {
    const message = 'nobody is to take the truck: a slip is printed when a driver is assigned';
    throw new Problem('illegal_state', 'SLIP.NOBODY_ASSIGNED', message, { state: row.state });
  }
  const from = partyOf(row.holderId);
  const seal = row.sealNumber === null ? {} : { seal: { number: row.sealNumber, intact: true } };
  const planned = { handoffId, stationCode, plate, flow, toDriverId: driverId, at: row.plannedStartAt, items: [] };
  return { kind: 'plan', ...planned, ...back, ...(from && { from }), ...seal };
}

const partyOf = (driverId: string | null): Party | undefined =>
  driverId === null ? undefined : { kind: 'driver', id: driverId };

const readSlip = `
  SELECT h.handoff_id AS "handoffId", h.state, h.station_code AS "stationCode", s.name AS "stationName", v.area_code AS "areaCode",
         v.carrier_id AS "carrierId", v.plate, t.plate_colour AS "plateColour", t.trailer_plate AS "trailerPlate",
         t.seal_number AS "sealNumber", v.flow,
         ARRAY(SELECT c->>'id' FROM jsonb_array_elements(v.consignments) c) AS "consignmentIds", h.driver_id AS "driverId",
         h.planned_start_at AS "plannedStartAt", h.planned_return_at AS "plannedReturnAt", h.bay_code AS "bayCode",
         h.custody_at AS "custodyAt", h.evidence, p.rules,
         CASE WHEN t.custodian_kind = 'driver' THEN t.custodian_id END AS "holderId"
  FROM station.handoffs h
  JOIN station.visits v ON v.visit_id = h.visit_id
  JOIN station.trucks t ON t.plate = v.plate
  JOIN station.stations s ON s.station_code = h.station_code
  LEFT JOIN station.zones z ON z.zone_id = v.zone_id
  LEFT JOIN station.policies p ON p.area_code = z.area_code AND p.policy_id = z.policy_id AND p.version = z.policy_version
  WHERE h.handoff_id = $1`;
