import { Code, Instant, Nested, WholeNumber } from '@yizhan/http';
import { toIso } from '@yizhan/kernel';
import type { ExpectedWait } from './forecast.js';
import type { StationOutlook } from './station-outlook.js';

/** How long trucks would wait, by a forecast. */
export class ExpectedWaitResponse {
  @WholeNumber({ description: 'trucks that wait now, and those that are announced within the next day' })
  readonly trucks: number;

  @WholeNumber({ description: 'of them, how many wait at all' })
  readonly held: number;

  @WholeNumber({ description: 'of them, how many never get a driver at this pace' })
  readonly never: number;

  @WholeNumber({ optional: true, description: 'half of those that get one wait no longer' })
  readonly usualWaitSeconds?: number;

  @WholeNumber({ optional: true })
  readonly longestWaitSeconds?: number;

  @Instant({ optional: true, description: 'when the last of them has a driver' })
  readonly doneAt?: string;
}

/** What is known of the next day at a station, as it is and as it would be. */
export class StationOutlookResponse {
  @Code()
  readonly stationCode: string;

  @WholeNumber({ description: 'trucks that wait for a driver there' })
  readonly waiting: number;

  @WholeNumber({ description: 'trucks that are announced for it within the next day' })
  readonly announced: number;

  @WholeNumber({ description: 'trucks that have got a driver there in the last hour' })
  readonly lastHour: number;

  @WholeNumber({ description: 'the most that have within one hour of the last day' })
  readonly busiestHour: number;

  @Nested(() => ExpectedWaitResponse, {
    optional: true,
    description: 'how long they wait if it works as in its busiest hour; absent where it has had none',
  })
  readonly before?: ExpectedWaitResponse;

  @Nested(() => ExpectedWaitResponse, { optional: true, description: 'the same with the other trucks' })
  readonly after?: ExpectedWaitResponse;
}

export function waitResponse({ doneAt, ...wait }: ExpectedWait): ExpectedWaitResponse {
  return { ...wait, ...(doneAt !== undefined && { doneAt: toIso(doneAt) }) };
}

export function outlookResponse({ before, after, ...known }: StationOutlook): StationOutlookResponse {
  return {
    ...known,
    ...(before && { before: waitResponse(before) }),
    ...(after && { after: waitResponse(after) }),
  };
}
