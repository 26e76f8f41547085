import type { Flow, ThrottleEnd } from '@yizhan/contracts';
import { Code, Flag, Instant, OneOf, PageQuery, Uuid, WholeNumber } from '@yizhan/http';

export const flows = ['into_zone', 'out_of_zone'] as const satisfies readonly Flow[];
const ends = ['lifted', 'expired', 'replaced'] as const satisfies readonly ThrottleEnd[];
/** More than any road or gate lets through. */
export const mostPerHour = 1_000;

export class ThrottleLaneRequest {
  @Code()
  readonly areaCode: string;

  @OneOf(flows)
  readonly flow: Flow;

  @Code({ optional: true, description: 'at this station; at every one of the area where it is left out' })
  readonly stationCode?: string;

  @WholeNumber({ max: mostPerHour, description: 'trucks that may get a driver in any hour; 0: none', example: 12 })
  readonly trucksPerHour: number;

  @Code({ description: 'why', example: 'road' })
  readonly reason: string;

  @Instant({
    optional: true,
    description: 'when it ends by itself; it stands until it is lifted where this is left out',
  })
  readonly endsAt?: string;
}

export class ThrottledLaneResponse {
  @Uuid()
  readonly throttleId: string;

  @Instant()
  readonly throttledAt: string;

  @Uuid({ optional: true, description: 'the throttle of the same lane that has given way' })
  readonly replaces?: string;
}

export class EndedThrottleResponse {
  @Uuid()
  readonly throttleId: string;

  @Instant()
  readonly endedAt: string;
}

export class LaneThrottleResponse {
  @Uuid()
  readonly throttleId: string;

  @Code()
  readonly areaCode: string;

  @OneOf(flows)
  readonly flow: Flow;

  @Code({ optional: true, description: 'the one station; every station of the area where it is absent' })
  readonly stationCode?: string;

  @WholeNumber({ max: mostPerHour })
  readonly trucksPerHour: number;

  @Code()
  readonly reason: string;

  @Code({ description: 'subject of the token of who has throttled it' })
  readonly byId: string;

  @Instant()
  readonly throttledAt: string;

  @Instant({ optional: true, description: 'when it ends by itself' })
  readonly endsAt?: string;

  @Instant({ optional: true })
  readonly endedAt?: string;

  @Code({ optional: true, description: 'subject of the token of who has ended it' })
  readonly endedById?: string;

  @OneOf(ends, { optional: true, description: 'how it has ended' })
  readonly how?: ThrottleEnd;

  @Flag({ description: 'it holds trucks back now' })
  readonly inForce: boolean;
}

export class LaneThrottlesQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @OneOf(['true', 'false'], { optional: true, description: '`true`: those that stand, `false`: those that have ended' })
  readonly standing?: 'true' | 'false';
}
