import type { Licence, LoanEnd } from '@yizhan/contracts';
import { Code, Instant, ListOf, OneOf, PageQuery, PersonCode, Separated, Uuid, WholeNumber } from '@yizhan/http';
import { licences } from '../drivers/drivers.dto.js';
import { endingSteps, type LoanState, loanStates, type LoanStep, loanSteps } from './loan.js';

export class OfferDriverRequest {
  @PersonCode({ description: 'a relay driver of the area', example: 'R1' })
  readonly driverId: string;

  @Code({ description: 'his own area' })
  readonly fromAreaCode: string;

  @Code({ description: 'an area that serves the zone in which he is' })
  readonly toAreaCode: string;

  @Instant({ optional: true, description: 'when the offer lapses; in four hours where it is left out' })
  readonly expiresAt?: string;
}

export class ReportedDriverRequest {
  @Code({ description: 'where he has reported, of the area that has him from now on' })
  readonly stationCode: string;
}

export class LoanAnswerResponse {
  @Uuid()
  readonly loanId: string;

  @Code()
  readonly driverId: string;

  @Code()
  readonly fromAreaCode: string;

  @Code()
  readonly toAreaCode: string;

  @OneOf(loanStates)
  readonly state: LoanState;

  @WholeNumber()
  readonly version: number;
}

export class LoanResponse extends LoanAnswerResponse {
  @Code({ description: 'the one area in whose pool he is by this loan' })
  readonly poolAreaCode: string;

  @Code({ nullable: true, description: 'the zone in which he is now; null outside' })
  readonly insideZoneId: string | null;

  @ListOf(licences, { description: 'what he may drive' })
  readonly licences: readonly Licence[];

  @Code({ description: 'subject of the token of who offered him' })
  readonly offeredById: string;

  @Instant()
  readonly offeredAt: string;

  @Instant({ description: 'when the offer lapses' })
  readonly expiresAt: string;

  @Instant({ optional: true })
  readonly acceptedAt?: string;

  @Instant({ optional: true })
  readonly joinedAt?: string;

  @Instant({ optional: true })
  readonly returnBegunAt?: string;

  @Instant({ optional: true })
  readonly returnedAt?: string;

  @Instant({ optional: true })
  readonly endedAt?: string;

  @OneOf(Object.values(endingSteps), { optional: true })
  readonly endReason?: LoanEnd;

  @ListOf(loanSteps, { description: 'what may be done next' })
  readonly allowedSteps: readonly LoanStep[];
}

export class LoansQuery extends PageQuery {
  @Code({ optional: true, description: 'lent by this area or to it' })
  readonly areaCode?: string;

  @Code({ optional: true })
  readonly driverId?: string;

  @Separated()
  @ListOf(loanStates, { optional: true, description: 'in one of these states' })
  readonly state?: readonly LoanState[];
}
