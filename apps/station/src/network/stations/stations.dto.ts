import type { AssignmentMode } from '@yizhan/contracts';
import {
  Code,
  Codes,
  Flag,
  Instant,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Quantity,
  Text,
  WholeNumber,
} from '@yizhan/http';
import { OpeningHoursField } from '../opening-hours/opening-hours.dto.js';
import { type StationState, type StationStep, stationTable } from './relay-station.js';

const states = Object.keys(stationTable);
const steps = ['suspend', 'resume', 'close', 'reopen'] as const satisfies readonly StationStep[];

export class Location {
  @Quantity({ min: -90, max: 90, description: 'WGS-84 degrees' })
  readonly latitude: number;

  @Quantity({ min: -180, max: 180, description: 'WGS-84 degrees' })
  readonly longitude: number;
}

export class OpenStationRequest {
  @Code({ example: 'JD' })
  readonly stationCode: string;

  @Code()
  readonly areaCode: string;

  @Code({ description: 'GB/T 2260', example: '330703' })
  readonly countyCode: string;

  @Text()
  readonly name: string;

  @Nested(() => Location)
  readonly location: Location;

  @Codes({ description: 'one swap at a time in each' })
  readonly bays: string[];

  @Codes({ description: 'zones that the station serves' })
  readonly zoneIds: string[];
}

export const assignmentModes = ['auto', 'review'] as const satisfies readonly AssignmentMode[];

export class AssignmentModeRequest {
  @OneOf(assignmentModes, {
    description: 'auto: what the scheduler proposes is assigned at once; review: it waits for a person',
  })
  readonly assignmentMode: AssignmentMode;
}

export class ChangeStationRequest {
  @Text({ optional: true })
  readonly name?: string;

  @Code({ optional: true, description: 'GB/T 2260', example: '330703' })
  readonly countyCode?: string;

  @Nested(() => Location, { optional: true })
  readonly location?: Location;

  @Codes({ optional: true, description: 'zones that the station serves' })
  readonly zoneIds?: string[];
}

export class ChangeBaysRequest {
  @Codes({ description: 'bays that are there from now on' })
  readonly add: string[];

  @Codes({ description: 'bays that are closed; none of them may be in use' })
  readonly close: string[];
}

export class ReasonRequest {
  @Code({ description: 'a code, never free text', example: 'flood' })
  readonly reason: string;
}

export class StationAnswerResponse {
  @Code()
  readonly stationCode: string;

  @Code()
  readonly areaCode: string;

  @OneOf(states)
  readonly state: StationState;

  @WholeNumber()
  readonly version: number;
}

export class ChangedBaysResponse extends StationAnswerResponse {
  @Codes()
  readonly bays: readonly string[];
}

export class StationResponse extends OpenStationRequest {
  @OneOf(assignmentModes)
  readonly assignmentMode: AssignmentMode;

  @Nested(() => OpeningHoursField, { optional: true, description: 'absent where it is always open' })
  readonly openingHours?: OpeningHoursField;

  @Flag({ description: 'it is open, by its state and by its hours' })
  readonly isOpenNow: boolean;

  @OneOf(states)
  readonly state: StationState;

  @Instant({ optional: true })
  readonly suspendedAt?: string;

  @Instant({
    optional: true,
    description: 'since when it is cut off from its area: nobody there is assigned from outside',
  })
  readonly cutOffAt?: string;

  @WholeNumber()
  readonly version: number;

  @ListOf(steps, { description: 'what may be done next' })
  readonly allowedSteps: StationStep[];
}

export class StationsQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @OneOf(states, { optional: true })
  readonly state?: StationState;
}
