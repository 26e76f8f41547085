import type { Party } from '@yizhan/contracts';
import type { TrackedTruck } from '../custody/truck.js';
import type { Handoff } from '../handoffs/handoff.js';
import type { Pass } from '../passes/pass.js';
import type { Run } from '../runs/run.js';
import type { Visit } from '../visits/visit.js';
import { RowMap } from './row-map.js';

export const visitRows = new RowMap<Visit>(
  'station.visits',
  'visitId',
  {
    visitId: 'visit_id',
    areaCode: 'area_code',
    zoneId: 'zone_id',
    plate: 'plate',
    flow: 'flow',
  },
  {
    stationCode: 'station_code',
    movedFrom: 'moved_from',
    expectedAt: 'expected_at:instant',
    carrierId: 'carrier_id',
    state: 'state',
    priority: 'priority',
    dueAt: 'due_at:instant',
    arrivedAt: 'arrived_at:instant',
    departedAt: 'departed_at:instant',
    outcome: 'outcome',
    runId: 'run_id',
    broughtBy: 'brought_by',
    consignments: 'consignments:json',
    ticketNo: 'ticket_no',
    queue: 'queue',
    queuedAt: 'queued_at:instant',
    calledAt: 'called_at:instant',
    calledBayCode: 'called_bay_code',
    checked: 'checked',
    held: 'held',
    holds: 'holds:json',
    liftedHolds: 'lifted_holds:json',
    verdicts: 'verdicts:json',
    holdReasons: 'hold_reasons',
    releasedAt: 'released_at:instant',
  },
);

export const handoffRows = new RowMap<Handoff>(
  'station.handoffs',
  'handoffId',
  {
    handoffId: 'handoff_id',
    visitId: 'visit_id',
    stationCode: 'station_code',
    tryNo: 'try_no',
    readyAt: 'ready_at:instant',
  },
  {
    state: 'state',
    driverId: 'driver_id',
    assignedBy: 'assigned_by',
    assignmentNo: 'assignment_no',
    declined: 'declined',
    decisionId: 'decision_id',
    plannedStartAt: 'planned_start_at:instant',
    plannedReturnAt: 'planned_return_at:instant',
    passId: 'pass_id',
    passBlock: 'pass_block',
    bayCode: 'bay_code',
    startedAt: 'started_at:instant',
    custodyAt: 'custody_at:instant',
    authorisation: 'authorisation:json',
    evidence: 'evidence:json',
    abortReason: 'abort_reason',
    collected: 'collected:json',
    abortedAt: 'aborted_at:instant',
    assignedAt: 'assigned_at:instant',
  },
);

export const runRows = new RowMap<Run>(
  'station.runs',
  'runId',
  {
    runId: 'run_id',
    areaCode: 'area_code',
    zoneId: 'zone_id',
    plate: 'plate',
    direction: 'direction',
    driverId: 'driver_id',
    broughtByDriverId: 'brought_by_driver_id',
    openedAt: 'opened_at:instant',
    dueBackAt: 'due_back_at:instant',
  },
  {
    state: 'state',
    how: 'how',
    intoZoneVisitId: 'into_zone_visit_id',
    outOfZoneVisitId: 'out_of_zone_visit_id',
    closedAt: 'closed_at:instant',
    overdueAt: 'overdue_at:instant',
    returnDriverId: 'return_driver_id',
    wait: 'wait',
  },
);

export const passRows = new RowMap<Pass>(
  'station.passes',
  'passId',
  {
    passId: 'pass_id',
    areaCode: 'area_code',
    plate: 'plate',
  },
  {
    validFrom: 'valid_from:instant',
    route: 'route',
    driverIds: 'driver_ids',
    poolAreaCode: 'pool_area_code',
    validUntil: 'valid_until:instant',
    state: 'state',
  },
);

/** A truck with its custodian in the two columns in which it is kept. */
type TruckColumns = Omit<TrackedTruck, 'custodian'> & {
  readonly custodianKind: Party['kind'] | null;
  readonly custodianId: string | null;
};

export const truckRows = new RowMap<TruckColumns>(
  'station.trucks',
  'plate',
  { plate: 'plate' },
  {
    areaCode: 'area_code',
    plateColour: 'plate_colour',
    licenceRequired: 'licence_required',
    trailerPlate: 'trailer_plate',
    carrierId: 'carrier_id',
    sealNumber: 'seal_number',
    custodianKind: 'custodian_kind',
    custodianId: 'custodian_id',
    custodyAt: 'custody_at:instant',
  },
);

export function truckOfRow({ custodianKind, custodianId, ...truck }: TruckColumns): TrackedTruck {
  const custodian = custodianKind === null || custodianId === null ? null : { kind: custodianKind, id: custodianId };
  return { ...truck, custodian };
}

export function rowOfTruck({ custodian, ...truck }: TrackedTruck): TruckColumns {
  return { ...truck, custodianKind: custodian?.kind ?? null, custodianId: custodian?.id ?? null };
}

export type { TruckColumns };
