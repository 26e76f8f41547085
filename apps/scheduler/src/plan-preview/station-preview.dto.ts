import { Code, Instant, Nested, OneOf, Text, WholeNumber } from '@yizhan/http';
import { StationOutlookResponse } from './expected-wait-response.js';
import { PlanEffectResponse } from './plan-difference-response.js';
import { stationStates } from './preview-station.js';

type State = (typeof stationStates)[number];

export class StationPreviewQuery {
  @OneOf(stationStates, { description: 'the state that it would have' })
  readonly state: State;
}

/** What another state of a station would do to the plan for the trucks that wait now in its area. */
export class StationPreviewResponse extends PlanEffectResponse {
  @Code()
  readonly stationCode: string;

  @Code()
  readonly areaCode: string;

  @OneOf(stationStates)
  readonly stateBefore: State;

  @OneOf(stationStates)
  readonly stateAfter: State;

  @Instant()
  readonly at: string;

  @Text({ description: 'position of the last event that the scheduler had seen of the area', example: '4711' })
  readonly basedOnPosition: string;

  @WholeNumber({ description: 'trucks that wait for a driver at this station' })
  readonly waitingHere: number;

  @WholeNumber({ description: 'trucks at this station that do not wait for a driver yet, as they are checked' })
  readonly notReadyHere: number;

  @WholeNumber({ description: 'trucks that are announced for this station' })
  readonly announcedHere: number;

  @WholeNumber({ description: 'trucks that have got a driver at this station in the last hour' })
  readonly lastHourHere: number;

  @Nested(() => StationOutlookResponse, {
    list: true,
    description:
      'the other open stations of the area; `after`: if the trucks that are announced for this one came there, all of them, as it would not be open',
  })
  readonly others: readonly StationOutlookResponse[];
}
