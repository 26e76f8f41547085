import type { Flow } from '@yizhan/contracts';
import { Code, Instant, Nested, NumberInAddress, OneOf, Text, WholeNumber } from '@yizhan/http';
import { ExpectedWaitResponse } from './expected-wait-response.js';
import { PlanEffectResponse } from './plan-difference-response.js';

const flows = ['into_zone', 'out_of_zone'] as const satisfies readonly Flow[];

/** The throttle that would be. */
export class ThrottlePreviewQuery {
  @OneOf(flows)
  readonly flow: Flow;

  @Code({ optional: true, description: 'at this station; at every one of the area where it is left out' })
  readonly stationCode?: string;

  @NumberInAddress()
  @WholeNumber({ max: 1_000, description: 'trucks that may get a driver in any hour; 0: none', example: 12 })
  readonly trucksPerHour: number;

  @Instant({ optional: true, description: 'when it would end by itself' })
  readonly endsAt?: string;
}

/**
 * What a throttle would do: to the plan for the trucks that wait now, and to the waits of all that are known of for the next day. Trucks
 * that nobody has announced are not in it, nor whether drivers are there.
 */
export class ThrottlePreviewResponse extends PlanEffectResponse {
  @Code()
  readonly areaCode: string;

  @Instant()
  readonly at: string;

  @Text({ description: 'position of the last event that the scheduler had seen of the area', example: '4711' })
  readonly basedOnPosition: string;

  @WholeNumber({ optional: true, description: 'the limit that the lane has now' })
  readonly trucksPerHourBefore?: number;

  @WholeNumber({ description: 'trucks of the lane that have got a driver in the last hour' })
  readonly lastHour: number;

  @WholeNumber({ description: 'the most that have within one hour of the last day' })
  readonly busiestHour: number;

  @WholeNumber({ description: 'trucks of the lane that wait for a driver' })
  readonly waitingOnLane: number;

  @WholeNumber({ description: 'trucks that are announced for it within the next day' })
  readonly announcedOnLane: number;

  @WholeNumber({ description: 'from this priority on a truck is not held back; the lowest of the zones of the area' })
  readonly exemptFromPriority: number;

  @Nested(() => ExpectedWaitResponse, {
    description: 'how long they wait for the limit alone, if a driver is there for each',
  })
  readonly wait: ExpectedWaitResponse;
}
