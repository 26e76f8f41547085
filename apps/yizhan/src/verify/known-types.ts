/** What version 1 of a type must carry. */
export interface KnownType {
  /** The subject's prefixes; empty where any is right. */
  readonly prefixes: readonly string[];
  readonly fields: readonly KnownField[];
}

/** A field that must be there; of a kind, where one is named: `text`, `time`, `party`, `truck`, `list`, `object`, `flag` or `a|b|c`. */
export interface KnownField {
  readonly key: string;
  readonly kind?: string;
}

const VISIT = 'visitId:text areaCode:text stationCode:text';
const SWAP = `${VISIT} handoffId:text`;
const EXCEPTION = 'exceptionId:text code:text owner:text';
const CASE = 'caseId:text areaCode:text ownerAreaCode:text dueAt:time';
const AT_ENTERPRISE = 'enterpriseId:text at:time';

const rows: readonly (readonly [name: string, prefixes: string, fields: string])[] = [
  [
    'visit.announced',
    'visit',
    `${VISIT} zoneId:text flow:into_zone|out_of_zone truck:truck expectedAt:time priority consignments:list`,
  ],
  ['visit.queued', 'visit', `${VISIT} plate:text ticketNo queue:outside|inside queuedAt:time`],
  ['visit.called', 'visit', `${VISIT} calledAt:time`],
  ['visit.call_ended', 'visit', `${VISIT} reason:no_show|withdrawn`],
  [
    'visit.arrived',
    'visit',
    `${VISIT} zoneId:text flow:into_zone|out_of_zone truck:truck custodian:party arrivedAt:time priority consignments:list`,
  ],
  ['visit.checked', 'visit', `${VISIT} passed:flag checks:list policy:object`],
  [
    'visit.departed',
    'visit',
    `${VISIT} outcome:swapped|no_swap_needed|turned_away|redirected custodian:party departedAt:time`,
  ],
  ['visit.moved', 'visit', `${VISIT} fromStationCode:text reason:text byId:text`],
  ['visit.cancelled', 'visit', `${VISIT} reason:text`],
  ['handoff.requested', 'visit', `${SWAP} readyAt:time requirements:object`],
  [
    'handoff.assigned',
    'visit',
    `${SWAP} driverId:text plannedStartAt:time assignedBy:scheduler|operator clock:object policy:object overrides:list`,
  ],
  ['handoff.suggested', 'visit', `${SWAP} driverId:text decisionId:text plannedStartAt:time standsUntil:time`],
  [
    'handoff.override_requested',
    'visit',
    `${SWAP} overrideRequestId:text rule:text reason:text byId:text expiresAt:time`,
  ],
  ['handoff.override_approved', 'visit', `${SWAP} overrideRequestId:text rule:text byId:text standsUntil:time`],
  ['handoff.override_refused', 'visit', `${SWAP} overrideRequestId:text rule:text byId:text`],
  ['handoff.accepted', 'visit', `${SWAP} driverId:text`],
  ['handoff.assignment_ended', 'visit', `${SWAP} driverId:text reason:declined|expired|no_show|withdrawn`],
  ['handoff.started', 'visit', `${SWAP} driverId:text bayCode:text startedAt:time authorisation`],
  [
    'handoff.completed',
    'visit',
    `${SWAP} from:party toDriverId:text bayCode:text custodyAt:time signatures:list items:list photos:list reservations:list`,
  ],
  ['handoff.aborted', 'visit', `${SWAP} reason:text`],
  ['cargo.held', 'visit', `${VISIT} reasons:list`],
  ['cargo.hold_lifted', 'visit', `${VISIT} holdId:text reasons:list reason:text`],
  ['cargo.released', 'visit', `${SWAP} consignmentIds:list releasedAt:time policy:object`],
  ['assignment.refused', 'visit', `${SWAP} driverId:text decisionId:text reason:text`],
  ['exception.opened', '', EXCEPTION],
  ['exception.escalated', '', EXCEPTION],
  ['exception.acknowledged', '', `${EXCEPTION} byId:text`],
  ['exception.assigned', '', `${EXCEPTION} byId:text`],
  ['exception.noted', '', `${EXCEPTION} byId:text note:text`],
  ['exception.resolved', '', EXCEPTION],
  ['custody.moved', 'truck', 'plate:text from:party to:party custodyAt:time place reason:text items:list'],
  ['truck.registered', 'truck', 'plate:text plateColour:text licenceRequired:text baseZoneId'],
  ['truck.changed', 'truck', 'plate:text plateColour:text licenceRequired:text baseZoneId'],
  ['run.opened', 'run', 'direction:in_first|out_first|one_way plate:text driverId:text'],
  ['run.return_planned', 'run', 'wait:station|away|other_truck'],
  ['run.reached', 'run', AT_ENTERPRISE],
  ['run.unloaded', 'run', AT_ENTERPRISE],
  ['run.loaded', 'run', AT_ENTERPRISE],
  ['run.left', 'run', AT_ENTERPRISE],
  ['run.overdue', 'run', ''],
  ['run.closed', 'run', 'how:returned|zone_lifted|stayed'],
  ['driver.enrolled', 'driver', 'insideZoneId licences:list'],
  ['driver.changed', 'driver', 'licences:list'],
  ['driver.side_changed', 'driver', 'insideZoneId'],
  ['driver.erased', 'driver', 'driverId:text erasedAt:time reason:text'],
  ['driver.shift_started', 'driver', 'stationCode:text endsAt:time'],
  ['driver.shift_ended', 'driver', ''],
  ['driver.rest_recorded', 'driver', 'startedAt:time endedAt:time'],
  ['driver.credential_granted', 'driver', 'credential:text validFrom:time validUntil:time issuer:text'],
  ['driver.credential_recalled', 'driver', 'credential:text recalledAt:time reason:text'],
  [
    'driver.recall_traced',
    'driver',
    'driverId:text credential:text since:time recallEventId:text plates:list visitIds:list handoffIds:list runIds:list contacts:list toldStationCodes:list',
  ],
  ['driver.loan_offered', 'driver', 'driverId:text loanId:text fromAreaCode:text toAreaCode:text expiresAt:time'],
  [
    'driver.loan_ended',
    'driver',
    'driverId:text loanId:text fromAreaCode:text toAreaCode:text reason:declined|withdrawn|lapsed|called_off',
  ],
  ['driver.return_begun', 'driver', 'driverId:text loanId:text fromAreaCode:text toAreaCode:text'],
  ['driver.lent', 'driver', 'driverId:text fromAreaCode:text toAreaCode:text'],
  ['driver.pool_joined', 'driver', 'driverId:text areaCode:text'],
  ['driver.returned', 'driver', 'driverId:text areaCode:text'],
  ['station.opened', 'station', 'bays:list countyCode:text location zoneIds:list'],
  ['station.suspended', 'station', ''],
  ['station.resumed', 'station', ''],
  ['station.closed', 'station', ''],
  ['station.changed', 'station', 'stationCode:text countyCode:text location zoneIds:list'],
  ['station.assignment_mode_changed', 'station', 'stationCode:text assignmentMode:auto|review'],
  ['station.bays_changed', 'station', 'stationCode:text bays:list added:list closed:list'],
  ['station.hours_changed', 'station', 'stationCode:text hours:object'],
  ['station.cut_off', 'station', 'stationCode:text reason:text'],
  ['station.reconnected', 'station', 'stationCode:text'],
  ['station.rest_places_changed', 'station', 'stationCode:text restPlaces'],
  ['driver.rest_place_taken', 'driver', 'driverId:text stationCode:text'],
  ['driver.rest_place_returned', 'driver', 'driverId:text stationCode:text'],
  ['driver.meal_given', 'driver', 'driverId:text stationCode:text mealId:text'],
  ['driver.meal_taken_back', 'driver', 'driverId:text stationCode:text mealId:text'],
  ['station.shift_handed_over', 'station', 'handoverId:text stationCode:text outgoingId:text picture:text since:time'],
  ['station.shift_taken_over', 'station', 'handoverId:text stationCode:text incomingId:text picture:text'],
  ['zone.activated', 'zone', 'zoneId:text level countyCodes:list stationCodes:list startsAt:time policy:object'],
  ['zone.changed', 'zone', ''],
  ['zone.end_reached', 'zone', 'zoneId:text endsAt:time'],
  ['zone.place_added', 'zone', 'zoneId:text placeId:text location'],
  ['zone.place_closed', 'zone', 'zoneId:text placeId:text'],
  ['zone.lifted', 'zone', ''],
  ['plan.activated', 'plan', 'planId:text templateVersion zoneId:text stationCodes:list duties'],
  ['plan.ended', 'plan', 'planId:text zoneId:text reason:text activatedAt:time'],
  ['enterprise.changed', 'enterprise', 'enterpriseId:text priority'],
  ['enterprise.described', 'enterprise', 'enterpriseId:text countyCode:text aboveScale outputWeight'],
  [
    'enterprise.electricity_reported',
    'enterprise',
    'enterpriseId:text usedFromAt:time usedToAt:time kilowattHours quarterDailyKilowattHours',
  ],
  ['driver.shift_planned', 'driver', 'driverId:text dutyId:text stationCode:text startsAt:time endsAt:time'],
  ['driver.planned_shift_cancelled', 'driver', 'driverId:text dutyId:text'],
  ['policy.published', 'policy', 'id:text version:text rules:object'],
  ['pass.issued', 'pass', 'passId:text plate:text driverIds:list route:text'],
  ['pass.amended', 'pass', 'passId:text plate:text driverIds:list route:text'],
  ['pass.revoked', 'pass', 'passId:text reason:text'],
  [
    'consent.given',
    'consent',
    'consentId:text carrierId:text areaCode:text byId:text scope:standing|lane|truck givenAt:time',
  ],
  ['consent.revoked', 'consent', 'consentId:text carrierId:text areaCode:text byId:text revokedAt:time'],
  [
    'lane.throttled',
    'lane',
    'throttleId:text areaCode:text flow:into_zone|out_of_zone trucksPerHour reason:text byId:text throttledAt:time',
  ],
  [
    'lane.throttle_ended',
    'lane',
    'throttleId:text areaCode:text flow:into_zone|out_of_zone how:lifted|expired|replaced endedAt:time',
  ],
  ['enterprise.readiness_changed', 'enterprise', 'enterpriseId willing ready activated ended'],
  [
    'assignment.proposed',
    'assignment',
    'handoffId:text visitId:text driverId:text plannedStartAt:time decisionId:text epoch basedOnPosition expiresAt:time alternatives:list',
  ],
  ['assignment.withheld', 'assignment', 'handoffId:text visitId:text blockers:list'],
  ['case.opened', 'case', `${CASE} byId:text cause:alert|exception causeId:text code:text`],
  ['case.accepted', 'case', `${CASE} byId:text ownerId:text`],
  ['case.handed_over', 'case', `${CASE} byId:text fromAreaCode:text`],
  ['case.due_moved', 'case', `${CASE} byId:text dueBeforeAt:time`],
  ['case.noted', 'case', `${CASE} byId:text noteHash:text`],
  ['case.overdue', 'case', CASE],
  [
    'case.closed',
    'case',
    `${CASE} byId:text outcome:solved|cause_gone|workaround|passed_on|not_solved|opened_in_error`,
  ],
  ['record.retracted', '', 'retractedEventId:text reason:did_not_occur|incorrect_data'],
];

/** From `key` or `key:kind`. */
function fieldOf(word: string): KnownField {
  const [key = '', kind] = word.split(':');
  return { key, kind };
}

const words = (line: string): string[] => line.split(' ').filter(Boolean);

/** Every type of the contract by its short name, for example `visit.arrived`. */
export const knownTypes: ReadonlyMap<string, KnownType> = new Map(
  rows.map(([name, prefixes, fields]) => [name, { prefixes: words(prefixes), fields: words(fields).map(fieldOf) }]),
);
