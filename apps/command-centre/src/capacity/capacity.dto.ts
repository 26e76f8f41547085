import { Code, Instant, Nested, NumberInAddress, OneOf, Quantity, WholeNumber } from '@yizhan/http';
import { capacitySourceNames, type CapacitySourceName } from '../kpis/kpis.js';

/** Which days of an area's capacity kept. */
export class CapacityQuery {
  @NumberInAddress()
  @WholeNumber({ optional: true, max: 60, description: 'how many whole days go back; 14 unless given' })
  readonly days?: number;

  @Code({ optional: true, description: 'only the enterprises of this county' })
  readonly countyCode?: string;

  @NumberInAddress()
  @WholeNumber({
    optional: true,
    min: -840,
    max: 840,
    description: 'where days begin: minutes that local time is ahead of UTC; 480, China’s, unless given',
  })
  readonly utcOffsetMinutes?: number;
}

/** What above-scale enterprises keep up of their usual output, as one source tells it: see `docs/kpis.md`. */
export class CapacityFigure {
  @OneOf(capacitySourceNames)
  readonly source: CapacitySourceName;

  @WholeNumber({ description: 'above-scale enterprises in all' })
  readonly enterprises: number;

  @WholeNumber({ description: 'those of them of which the source says something' })
  readonly covered: number;

  @Quantity({ optional: true, max: 100, description: 'their share of the usual output of all; absent where that is 0' })
  readonly coveredWeightPercent?: number;

  @Quantity({
    optional: true,
    max: 100,
    description:
      'kept of the usual output of all: who says nothing counts as keeping nothing, so it is at least so much',
  })
  readonly ofAllPercent?: number;

  @Quantity({ optional: true, max: 100, description: 'kept of the usual output of those that are covered' })
  readonly ofCoveredPercent?: number;
}

export class CapacityOfCounty {
  @Code({ description: 'GB/T 2260' })
  readonly countyCode: string;

  @Nested(() => CapacityFigure, { list: true, mostItems: 10 })
  readonly figures: readonly CapacityFigure[];
}

export class CapacityOfDay {
  @Instant({ description: 'end of the local day' })
  readonly at: string;

  @Nested(() => CapacityFigure, { list: true, mostItems: 10 })
  readonly figures: readonly CapacityFigure[];
}

/** Capacity kept in an area: now, by county, and at the end of each of the last days, oldest first. */
export class AreaCapacityResponse {
  @Code()
  readonly areaCode: string;

  @Instant()
  readonly asOf: string;

  @Nested(() => CapacityFigure, { list: true, mostItems: 10 })
  readonly figures: readonly CapacityFigure[];

  @Nested(() => CapacityOfCounty, { list: true, mostItems: 1_000 })
  readonly counties: readonly CapacityOfCounty[];

  @Nested(() => CapacityOfDay, { list: true, mostItems: 60 })
  readonly days: readonly CapacityOfDay[];
}
