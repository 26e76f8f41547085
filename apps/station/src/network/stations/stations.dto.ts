import { Code, Codes, Instant, ListOf, Nested, OneOf, PageQuery, Quantity, Text, WholeNumber } from '@yizhan/http';
import { type StationState, type StationStep, stationTable } from './relay-station.js';

const states = Object.keys(stationTable);
const steps = ['suspend', 'resume', 'close'] as const satisfies readonly StationStep[];

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

export class StationResponse extends OpenStationRequest {
  @OneOf(states)
  readonly state: StationState;

  @Instant({ optional: true })
  readonly suspendedAt?: string;

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
