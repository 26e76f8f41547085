import { ApiProperty } from '@nestjs/swagger';
import { CalendarDay, Code, Instant, Nested, OneOf, Quantity, Text, Uuid, WholeNumber } from '@yizhan/http';
import { languages, type Language } from '../report-sheets/sheet.js';

export const formats = ['json', 'csv', 'xlsx', 'html'] as const;
export type Format = (typeof formats)[number];

export const dayMeans = 'local day by the policy of the zone; today where nothing is said';
export const fromMeans = 'with `to`, in place of a day: a shift, or up to 31 days';
export const formatMeans = 'json where nothing is said; html is a page to print';
export const languageMeans = 'of csv, xlsx and html; zh where nothing is said';
const flows = ['into_zone', 'out_of_zone'] as const;

/** Which time a report is of, and how it is wanted. */
export class ReportQuery {
  @CalendarDay({ optional: true, example: '2026-03-02', description: dayMeans })
  readonly day?: string;

  @Instant({ optional: true, description: fromMeans })
  readonly from?: string;

  @Instant({ optional: true })
  readonly to?: string;

  @OneOf(formats, { optional: true, description: formatMeans })
  readonly format?: Format;

  @OneOf(languages, { optional: true, description: languageMeans })
  readonly lang?: Language;
}

export class AreaReportQuery extends ReportQuery {
  @Code({ optional: true, description: 'only the stations of this county' })
  readonly countyCode?: string;
}

export class ByFlowResponse {
  @Quantity()
  readonly into_zone: number;

  @Quantity()
  readonly out_of_zone: number;
}

export class OutcomesResponse {
  @Nested(() => ByFlowResponse)
  readonly swapped: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly no_swap_needed: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly turned_away: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly redirected: ByFlowResponse;
}

export class CargoFiguresResponse {
  @Code()
  readonly category: string;

  @Nested(() => ByFlowResponse)
  readonly consignments: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly tonnes: ByFlowResponse;

  @Nested(() => ByFlowResponse, { description: 'consignments that nobody has weighed: in no sum of tonnes' })
  readonly withoutTonnes: ByFlowResponse;
}

export class BySideResponse {
  @WholeNumber()
  readonly inside: number;

  @WholeNumber()
  readonly outside: number;
}

export class DriverFiguresResponse {
  @Nested(() => BySideResponse, { description: 'who brought a truck in, each counted once' })
  readonly brought: BySideResponse;

  @Nested(() => BySideResponse, { description: 'who took a truck over in a swap, each counted once' })
  readonly tookOver: BySideResponse;

  @Nested(() => BySideResponse)
  readonly all: BySideResponse;
}

export class StrandedTruckResponse {
  @Uuid()
  readonly visitId: string;

  @Code()
  readonly stationCode: string;

  @Code()
  readonly plate: string;

  @OneOf(flows)
  readonly flow: (typeof flows)[number];

  @Instant()
  readonly arrivedAt: string;

  @Instant({ optional: true })
  readonly departedAt?: string;

  @WholeNumber({ description: 'until it left, or until the report' })
  readonly waitedSeconds: number;
}

export class ReasonFiguresResponse {
  @Code({ description: '`not_given` where nobody said why' })
  readonly reason: string;

  @WholeNumber()
  readonly trucks: number;
}

export class RunFiguresResponse {
  @WholeNumber()
  readonly opened: number;

  @WholeNumber()
  readonly returned: number;

  @WholeNumber()
  readonly closedOtherwise: number;

  @WholeNumber()
  readonly overdue: number;

  @WholeNumber({ description: 'not back at the end of the period' })
  readonly outAtEnd: number;
}

export class ExceptionFiguresResponse {
  @Code()
  readonly code: string;

  @WholeNumber()
  readonly opened: number;

  @WholeNumber()
  readonly resolved: number;

  @WholeNumber({ description: 'at the end of the period' })
  readonly open: number;
}

export class DailyFiguresResponse {
  @Nested(() => ByFlowResponse, { description: 'start + arrived − departed = end' })
  readonly presentAtStart: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly arrived: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly departed: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly presentAtEnd: ByFlowResponse;

  @Nested(() => OutcomesResponse)
  readonly outcomes: OutcomesResponse;

  @Nested(() => ByFlowResponse)
  readonly swaps: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly abortedHandoffs: ByFlowResponse;

  @Nested(() => ByFlowResponse)
  readonly cargoHeld: ByFlowResponse;

  @Nested(() => CargoFiguresResponse, { list: true, description: 'of trucks that went on through the station' })
  readonly cargo: CargoFiguresResponse[];

  @Nested(() => DriverFiguresResponse)
  readonly drivers: DriverFiguresResponse;

  @Nested(() => StrandedTruckResponse, { list: true, description: 'waited longer than the limit of the policy: 4 h' })
  readonly stranded: StrandedTruckResponse[];

  @Nested(() => ReasonFiguresResponse, { list: true })
  readonly turnedAway: ReasonFiguresResponse[];

  @Nested(() => ReasonFiguresResponse, { list: true })
  readonly redirected: ReasonFiguresResponse[];

  @Nested(() => RunFiguresResponse)
  readonly runs: RunFiguresResponse;

  @Nested(() => ExceptionFiguresResponse, { list: true })
  readonly exceptions: ExceptionFiguresResponse[];
}

export class StationFiguresResponse {
  @Code()
  readonly stationCode: string;

  @Nested(() => DailyFiguresResponse)
  readonly figures: DailyFiguresResponse;
}

export class ReportHeadResponse {
  @Code({ description: 'of the station, the area or the county' })
  readonly code: string;

  @Text()
  readonly name: string;

  @Instant()
  readonly from: string;

  @Instant({ description: 'the first instant after the period' })
  readonly to: string;

  @Instant({ description: 'when this was read' })
  readonly asOf: string;

  @ApiProperty({ type: 'integer', minimum: -1439, maximum: 1439, description: 'of the local day' })
  readonly utcOffsetMinutes: number;
}

export class DailyReportResponse extends ReportHeadResponse {
  @Nested(() => DailyFiguresResponse)
  readonly total: DailyFiguresResponse;

  @Nested(() => StationFiguresResponse, { list: true, description: 'where the report is of several stations' })
  readonly stations: StationFiguresResponse[];
}
