import { Code, Codes, Instant, ListOf, OneOf, PageQuery, Uuid, WholeNumber } from '@yizhan/http';
import { CountyCode } from './county-code.js';
import { type PassBlock, passBlocks, type PassState, type PassStep, passTable } from './pass.js';

const states = Object.keys(passTable);
const steps = [...new Set(Object.values(passTable).flatMap((line) => Object.keys(line.steps)))];

export class IssuePassRequest {
  @Code()
  readonly areaCode: string;

  @CountyCode({ description: 'GB/T 2260; the pass is numbered in it' })
  readonly countyCode: string;

  @Code({ description: 'of an articulated truck that of the tractor' })
  readonly plate: string;

  @Code({ example: 'yiwu-port:enterprise-01' })
  readonly route: string;

  @Codes({ description: 'whom it names; may be empty where it names a pool' })
  readonly driverIds: string[];

  @Code({ optional: true, description: 'every driver of this area’s pool' })
  readonly poolAreaCode?: string;

  @Instant({ optional: true, description: 'the present where it is not given' })
  readonly validFrom?: string;

  @Instant({ optional: true })
  readonly validUntil?: string;
}

/** What is not given stays as it is. */
export class AmendPassRequest {
  @Codes({ optional: true, description: 'all whom it names from now on' })
  readonly driverIds?: string[];

  @Code({ optional: true, nullable: true, description: 'null: no pool any more' })
  readonly poolAreaCode?: string | null;

  @Code({ optional: true })
  readonly route?: string;

  @Instant({ optional: true, nullable: true, description: 'null: without an end' })
  readonly validUntil?: string | null;
}

export class RevokePassRequest {
  @Code({ description: 'a code, never free text', example: 'zone_lifted' })
  readonly reason: string;
}

export class GrantAmendmentRequest {
  @CountyCode({ optional: true, description: 'needed where the truck has no pass yet' })
  readonly countyCode?: string;

  @Code({ optional: true, description: 'needed where the truck has no pass yet' })
  readonly route?: string;

  @Instant({ optional: true })
  readonly validUntil?: string;
}

export class PassStateResponse {
  @Code({ example: '330782000001' })
  readonly passId: string;

  @Code()
  readonly areaCode: string;

  @Code()
  readonly plate: string;

  @OneOf(states)
  readonly state: PassState;
}

export class PassResponse extends PassStateResponse {
  @Code()
  readonly route: string;

  @Codes()
  readonly driverIds: readonly string[];

  @Code({ optional: true })
  readonly poolAreaCode?: string;

  @Instant()
  readonly validFrom: string;

  @Instant({ optional: true })
  readonly validUntil?: string;

  @ListOf(steps, { description: 'what may be done next' })
  readonly allowedSteps: readonly PassStep[];

  @WholeNumber()
  readonly version: number;
}

export class PassesQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @Code({ optional: true })
  readonly plate?: string;

  @OneOf(states, { optional: true })
  readonly state?: PassState;
}

export class AmendmentsQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;
}

/** An assignment whose driver the truck's pass does not cover. */
export class AmendmentResponse {
  @Uuid()
  readonly handoffId: string;

  @Uuid()
  readonly visitId: string;

  @Code()
  readonly areaCode: string;

  @Code()
  readonly stationCode: string;

  @Code()
  readonly plate: string;

  @Code()
  readonly driverId: string;

  @OneOf(passBlocks)
  readonly passBlock: PassBlock;

  @Code({ optional: true, description: 'the pass to amend; absent where the truck has none' })
  readonly passId?: string;

  @Instant()
  readonly plannedStartAt: string;
}
