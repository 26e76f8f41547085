import { Code, Instant, Nested, NumberInAddress, Text, WholeNumber } from '@yizhan/http';
import { AppliedPolicyResponse } from '../answers/decision-parts.js';
import { PlanDifferenceResponse } from './plan-difference-response.js';

const most = 20_000;

/** The weights that would be other ones, in seconds of delay. */
export class PlanPreviewQuery {
  @NumberInAddress()
  @WholeNumber({ max: most, optional: true, description: 'a minute of travel to the station without a truck' })
  readonly emptyTravelMinuteSeconds?: number;

  @NumberInAddress()
  @WholeNumber({ max: most, optional: true, description: 'a minute driven in the last 24 h' })
  readonly drivenMinuteSeconds?: number;

  @NumberInAddress()
  @WholeNumber({ max: most, optional: true, description: 'a licence beyond what the truck needs' })
  readonly spareLicenceSeconds?: number;

  @NumberInAddress()
  @WholeNumber({ max: most, optional: true, description: 'a minute of the shift that is left when he is back' })
  readonly shiftLeftMinuteSeconds?: number;

  @NumberInAddress()
  @WholeNumber({ max: most, optional: true, description: 'an assignment to the same handoff that ran out' })
  readonly unansweredSeconds?: number;

  @NumberInAddress()
  @WholeNumber({ max: most, optional: true, description: 'a driver who is not free yet, but expected soon' })
  readonly awaitedDriverSeconds?: number;

  @NumberInAddress()
  @WholeNumber({
    max: 1_000,
    optional: true,
    description: 'percent by which each step of priority lets a second count more',
  })
  readonly priorityPercent?: number;

  @NumberInAddress()
  @WholeNumber({
    max: 14_400,
    optional: true,
    description: 'how long before it is expected an announced truck has a place in the plan',
  })
  readonly announcedWithinSeconds?: number;

  @NumberInAddress()
  @WholeNumber({
    max: 14_400,
    optional: true,
    description: 'trucks that usually come within so long have a place in the plan behind all others',
  })
  readonly forecastWithinSeconds?: number;

  @NumberInAddress()
  @WholeNumber({
    max: most,
    optional: true,
    description: 'that nobody is left for a truck that usually comes',
  })
  readonly forecastTruckSeconds?: number;

  @NumberInAddress()
  @WholeNumber({
    max: 14_400,
    optional: true,
    description: 'an assignment is not changed any more so long before its planned start',
  })
  readonly freezeSeconds?: number;

  @NumberInAddress()
  @WholeNumber({
    max: 20_000,
    optional: true,
    description: 'so much longer must a truck wait otherwise before it gets a driver who is on his way to another one',
  })
  readonly switchSeconds?: number;

  @NumberInAddress()
  @WholeNumber({
    max: 1_000,
    optional: true,
    description: 'so many of a thousand assignments of a day may be changed; 0: none ever is',
  })
  readonly changesPermille?: number;

  @NumberInAddress()
  @WholeNumber({
    max: 86_400,
    optional: true,
    description: 'a line is at risk that stops if its truck waits so much longer; 0: none is before it is too late',
  })
  readonly lineStopWithinSeconds?: number;

  @NumberInAddress()
  @WholeNumber({ max: 9, optional: true, description: 'priority of a truck on which a line at risk depends' })
  readonly lineStopPriority?: number;
}

class WeightsResponse {
  @WholeNumber()
  readonly emptyTravelMinuteSeconds: number;

  @WholeNumber()
  readonly drivenMinuteSeconds: number;

  @WholeNumber()
  readonly spareLicenceSeconds: number;

  @WholeNumber()
  readonly shiftLeftMinuteSeconds: number;

  @WholeNumber()
  readonly unansweredSeconds: number;

  @WholeNumber()
  readonly awaitedDriverSeconds: number;

  @WholeNumber()
  readonly priorityPercent: number;

  @WholeNumber()
  readonly announcedWithinSeconds: number;

  @WholeNumber()
  readonly forecastWithinSeconds: number;

  @WholeNumber()
  readonly forecastTruckSeconds: number;

  @WholeNumber()
  readonly freezeSeconds: number;

  @WholeNumber()
  readonly switchSeconds: number;

  @WholeNumber()
  readonly changesPermille: number;

  @WholeNumber()
  readonly lineStopWithinSeconds: number;

  @WholeNumber()
  readonly lineStopPriority: number;
}

class BothWeightsResponse {
  @Nested(() => WeightsResponse)
  readonly before: WeightsResponse;

  @Nested(() => WeightsResponse)
  readonly after: WeightsResponse;
}

/** What other weights would do to the plan for the trucks of a zone that wait now. */
export class PlanPreviewResponse extends PlanDifferenceResponse {
  @Code()
  readonly zoneId: string;

  @Instant()
  readonly at: string;

  @Text({ description: 'position of the last event that the scheduler had seen of the area', example: '4711' })
  readonly basedOnPosition: string;

  @Nested(() => AppliedPolicyResponse)
  readonly policy: AppliedPolicyResponse;

  @Nested(() => BothWeightsResponse)
  readonly weights: BothWeightsResponse;
}
