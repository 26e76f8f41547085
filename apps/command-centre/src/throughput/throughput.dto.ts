import { Code, Instant, NumberInAddress, PageQuery, Text, WholeNumber } from '@yizhan/http';

const mostRows = 2_000;

/** Which hours of which stations. */
export class ThroughputQuery extends PageQuery {
  // A day of a county is one page.
  @NumberInAddress()
  @WholeNumber({ optional: true, min: 1, max: mostRows })
  override readonly limit: number = mostRows;

  @Code({ optional: true })
  readonly area?: string;

  @Code({ optional: true })
  readonly station?: string;

  @Instant({ optional: true, description: 'hours that begin then or later; 24 h before `to` unless given' })
  readonly from?: string;

  @Instant({ optional: true, description: 'hours that begin before; now unless given' })
  readonly to?: string;
}

/** How often something happened at a station in an hour. */
export class ThroughputRow {
  @Instant({ description: 'beginning of the hour, UTC' })
  readonly hour: string;

  @Code()
  readonly areaCode: string;

  @Text({ free: true, description: 'empty for what names no station' })
  readonly stationCode: string;

  @Code({ example: 'arrived' })
  readonly figure: string;

  @Text({
    free: true,
    description: 'flow, outcome, reason or code, as the figure has it; else empty',
    example: 'into_zone',
  })
  readonly split: string;

  @WholeNumber({ min: 1 })
  readonly count: number;
}
