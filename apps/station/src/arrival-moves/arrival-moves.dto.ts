import { Code, Codes, Instant, Nested, OneOf, Uuid } from '@yizhan/http';
import { reasonsNotMoved, type WhyNotMoved } from './movable-visit.js';

export class MoveArrivalsRequest {
  @Code({ description: 'another open station of the area' })
  readonly toStationCode: string;

  @Codes({ least: 1, description: 'announced visits, as the preview lists them' })
  readonly visitIds: readonly string[];

  @Code({ description: 'why', example: 'crowded' })
  readonly reason: string;

  @Instant({ optional: true, description: 'until when arrivals are moved; carriers are told' })
  readonly until?: string;
}

class SkippedVisitResponse {
  @Uuid()
  readonly visitId: string;

  @OneOf(reasonsNotMoved)
  readonly why: WhyNotMoved;
}

export class MovedArrivalsResponse {
  @Codes({ description: 'visits that are announced for the other station now' })
  readonly moved: readonly string[];

  @Nested(() => SkippedVisitResponse, { list: true, description: 'those that stay as they are, and why' })
  readonly skipped: readonly SkippedVisitResponse[];
}
