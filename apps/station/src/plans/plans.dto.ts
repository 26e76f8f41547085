import type { AssignmentMode, Licence, ZoneLevel } from '@yizhan/contracts';
import {
  Code,
  Codes,
  Instant,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  PersonCode,
  Quantity,
  Text,
  TimeOfDay,
  WholeNumber,
  WholeNumbers,
} from '@yizhan/http';
import { licences } from '../cases/truck.dto.js';
import { OpeningHoursField } from '../network/opening-hours/opening-hours.dto.js';
import { assignmentModes, Location } from '../network/stations/stations.dto.js';
import { levels, OpenRunResponse, PolicyReference } from '../network/zones/zones.dto.js';
import { type PlanState, type PlanStep, planTable } from './plan.js';
import { type DutyRole, dutyRoles } from './plan-template.js';

const states = Object.keys(planTable);
const steps = ['activate', 'end'] as const satisfies readonly PlanStep[];

export class PlannedZoneField {
  @Code()
  readonly zoneId: string;

  @OneOf(levels)
  readonly level: ZoneLevel;

  @Codes({ description: 'GB/T 2260' })
  readonly countyCodes: readonly string[];

  @Nested(() => PolicyReference)
  readonly policy: PolicyReference;
}

export class PlannedStationField {
  @Code()
  readonly stationCode: string;

  @Text()
  readonly name: string;

  @Code({ description: 'GB/T 2260' })
  readonly countyCode: string;

  @Nested(() => Location)
  readonly location: Location;

  @Codes({ description: 'at least one, and each once' })
  readonly bays: readonly string[];

  @OneOf(assignmentModes, { optional: true })
  readonly assignmentMode?: AssignmentMode;

  @Nested(() => OpeningHoursField, { optional: true })
  readonly openingHours?: OpeningHoursField;
}

export class PlannedDriverField {
  @PersonCode({ description: 'an id, never a name or phone' })
  readonly driverId: string;

  @ListOf(licences)
  readonly licences: readonly Licence[];

  @Code({ optional: true })
  readonly homeStationCode?: string;
}

export class PlannedEnterpriseField {
  @Code()
  readonly enterpriseId: string;

  @Text()
  readonly name: string;

  @WholeNumber({ optional: true, max: 9, description: 'higher goes first; 0 is usual' })
  readonly priority?: number;
}

export class PlannedDutyField {
  @Code()
  readonly stationCode: string;

  @OneOf(dutyRoles)
  readonly role: DutyRole;

  @Codes({ description: 'drivers by their id, staff by the subject of their token' })
  readonly personIds: readonly string[];

  @WholeNumbers({ min: 1, max: 366, description: '1 is the local day on which the plan begins' })
  readonly days: readonly number[];

  @TimeOfDay({ example: '08:00' })
  readonly from: string;

  @TimeOfDay({ description: 'not later than `from`: of the next day', example: '18:00' })
  readonly until: string;
}

export class PlanTemplateField {
  @Text()
  readonly title: string;

  @Nested(() => PlannedZoneField)
  readonly zone: PlannedZoneField;

  @Nested(() => PlannedStationField, { list: true, mostItems: 100 })
  readonly stations: readonly PlannedStationField[];

  @Nested(() => PlannedDriverField, {
    list: true,
    mostItems: 3_000,
    description: 'relay drivers who live inside the zone',
  })
  readonly pool: readonly PlannedDriverField[];

  @Nested(() => PlannedEnterpriseField, { list: true })
  readonly enterprises: readonly PlannedEnterpriseField[];

  @Nested(() => PlannedDutyField, { list: true, description: 'the duty table (值班表)' })
  readonly duties: readonly PlannedDutyField[];
}

export class StorePlanRequest {
  @Code({ example: 'yiwu-2026-03' })
  readonly planId: string;

  @Code()
  readonly areaCode: string;

  @Nested(() => PlanTemplateField)
  readonly template: PlanTemplateField;
}

export class ActivatePlanRequest {
  @Instant({ optional: true, description: 'the present where it is not given' })
  readonly startsAt?: string;

  @Instant({ optional: true })
  readonly endsAt?: string;
}

export class EndPlanRequest {
  @Code({ description: 'a code, never free text', example: 'all_clear' })
  readonly reason: string;
}

export class PlanAnswerResponse {
  @Code()
  readonly planId: string;

  @Code()
  readonly areaCode: string;

  @OneOf(states)
  readonly state: PlanState;

  @WholeNumber({ min: 1 })
  readonly templateVersion: number;
}

export class OpenedField {
  @Code()
  readonly zoneId: string;

  @Codes()
  readonly stationCodes: readonly string[];

  @Codes()
  readonly enterpriseIds: readonly string[];
}

export class ActivatedPlanResponse extends PlanAnswerResponse {
  @Nested(() => OpenedField, { description: 'what was not open before; the plan closes it when it ends' })
  readonly opened: OpenedField;

  @WholeNumber({ description: 'how many duties are planned' })
  readonly duties: number;
}

export class TrucksField {
  @WholeNumber({ description: 'came to a station to go into the zone' })
  readonly arrivedIn: number;

  @WholeNumber({ description: 'came to a station to go out of it' })
  readonly arrivedOut: number;

  @WholeNumber()
  readonly swapped: number;

  @WholeNumber()
  readonly turnedAway: number;

  @WholeNumber()
  readonly redirected: number;

  @WholeNumber({ description: 'at a station when the plan ended' })
  readonly stillThere: number;
}

export class TonnesField {
  @Code()
  readonly category: string;

  @Code()
  readonly flow: string;

  @WholeNumber()
  readonly consignments: number;

  @Quantity()
  readonly tonnes: number;
}

export class StrandedField {
  @WholeNumber()
  readonly visits: number;

  @Quantity({ description: 'beyond the four' })
  readonly hours: number;
}

export class CapacityField {
  @Code()
  readonly enterpriseId: string;

  @WholeNumber()
  readonly reports: number;

  @Quantity({ max: 100 })
  readonly averagePercent: number;

  @Quantity({ max: 100 })
  readonly lastPercent: number;
}

export class OutcomeReportResponse {
  @Code()
  readonly planId: string;

  @Code()
  readonly zoneId: string;

  @Instant()
  readonly from: string;

  @Instant()
  readonly until: string;

  @Nested(() => TrucksField)
  readonly trucks: TrucksField;

  @Nested(() => TonnesField, { list: true })
  readonly tonnes: readonly TonnesField[];

  @Nested(() => StrandedField, { description: 'more than 4 h at a station (滞留)' })
  readonly stranded: StrandedField;

  @WholeNumber()
  readonly handoffs: number;

  @WholeNumber({ description: 'drivers who took a truck into the zone' })
  readonly relayDrivers: number;

  @Nested(() => CapacityField, { list: true, description: 'of the enterprises that have reported it' })
  readonly capacity: readonly CapacityField[];
}

export class EndedPlanResponse extends PlanAnswerResponse {
  @Nested(() => OutcomeReportResponse)
  readonly report: OutcomeReportResponse;

  @Nested(() => OpenRunResponse, { list: true, description: 'runs that are still to be ended' })
  readonly openRuns: readonly OpenRunResponse[];
}

export class PlanResponse extends PlanAnswerResponse {
  @Instant({ optional: true })
  readonly activatedAt?: string;

  @Instant({ optional: true })
  readonly endedAt?: string;

  @ListOf(steps, { description: 'what may be done next' })
  readonly allowedSteps: readonly PlanStep[];
}

export class PlanDetailResponse extends PlanResponse {
  @Nested(() => PlanTemplateField)
  readonly template: PlanTemplateField;
}

export class PlansQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @OneOf(states, { optional: true })
  readonly state?: PlanState;
}
