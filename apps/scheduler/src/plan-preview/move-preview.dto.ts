import type { Flow } from '@yizhan/contracts';
import { Code, Flag, Instant, Nested, OneOf, Text, Uuid, WholeNumber } from '@yizhan/http';
import { StationOutlookResponse } from './expected-wait-response.js';

const flows = ['into_zone', 'out_of_zone'] as const satisfies readonly Flow[];

/** Which announced trucks would be moved; all that are expected within the next day where nothing is said. */
export class MovePreviewQuery {
  @Code({ description: 'another station of the area' })
  readonly toStationCode: string;

  @OneOf(flows, { optional: true })
  readonly flow?: Flow;

  @Code({ optional: true })
  readonly carrierId?: string;

  @Code({ optional: true, description: 'those with goods for or from this enterprise' })
  readonly enterpriseId?: string;

  @Instant({ optional: true, description: 'expected from then on' })
  readonly from?: string;

  @Instant({ optional: true, description: 'expected before then' })
  readonly until?: string;
}

class MovedTruckResponse {
  @Uuid()
  readonly visitId: string;

  @Text()
  readonly plate: string;

  @OneOf(flows)
  readonly flow: Flow;

  @Code({ optional: true })
  readonly carrierId?: string;

  @Instant()
  readonly expectedAt: string;

  @WholeNumber({ max: 9 })
  readonly priority: number;
}

/**
 * What it would do to have announced trucks come to another station. Trucks that stand at the gate already are not moved; how much longer
 * the way is, and whom nobody has announced, is not in it.
 */
export class MovePreviewResponse {
  @Code()
  readonly areaCode: string;

  @Instant()
  readonly at: string;

  @Text({ description: 'position of the last event that the scheduler had seen of the area', example: '4711' })
  readonly basedOnPosition: string;

  @Nested(() => MovedTruckResponse, { list: true, description: 'who is expected first comes first; at most 500' })
  readonly trucks: readonly MovedTruckResponse[];

  @Flag({ description: 'more are meant than are listed' })
  readonly isCut: boolean;

  @WholeNumber({ description: 'carriers that would be told' })
  readonly carriers: number;

  @Nested(() => StationOutlookResponse)
  readonly from: StationOutlookResponse;

  @Nested(() => StationOutlookResponse)
  readonly to: StationOutlookResponse;
}
