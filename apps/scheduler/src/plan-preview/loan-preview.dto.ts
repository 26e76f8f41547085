import { Code, Codes, Instant, OneOf, Separated, Text } from '@yizhan/http';
import { PlanEffectResponse } from './plan-difference-response.js';

/** The driver who would be lent; what he is need only be said to the area that would borrow him. */
export class LoanPreviewQuery {
  @Code()
  readonly driverId: string;

  @Code({ optional: true, description: 'the zone in which he is' })
  readonly insideZoneId?: string;

  @Separated()
  @Codes({ optional: true, description: 'what he may drive, such as A2,B2' })
  readonly licences?: readonly string[];

  @Code({ optional: true, description: 'the station where he would report' })
  readonly stationCode?: string;
}

/** What a loan would do to the plan of one of the two areas for the trucks that wait now. */
export class LoanPreviewResponse extends PlanEffectResponse {
  @Code()
  readonly areaCode: string;

  @Code()
  readonly driverId: string;

  @OneOf(['loses', 'gains'], { description: '`loses`: he is in the pool of this area; `gains`: he would be' })
  readonly effect: 'loses' | 'gains';

  @Instant()
  readonly at: string;

  @Text({ description: 'position of the last event that the scheduler had seen of the area', example: '4711' })
  readonly basedOnPosition: string;
}
