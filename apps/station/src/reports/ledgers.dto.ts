import { ApiProperty } from '@nestjs/swagger';
import { CalendarDay, Code, Flag, Instant, Nested, OneOf, PageQuery, Uuid, WholeNumber } from '@yizhan/http';
import { languages, type Language } from '../report-sheets/sheet.js';
import { dayMeans, type Format, formatMeans, formats, fromMeans, languageMeans } from './reports.dto.js';

const flows = ['into_zone', 'out_of_zone'] as const;
const sides = ['inside', 'outside'] as const;

/** A page of a ledger as JSON; the other formats have all of it. */
export class LedgerQuery extends PageQuery {
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

export class AreaLedgerQuery extends LedgerQuery {
  @Code({ optional: true, description: 'only the stations of this county' })
  readonly countyCode?: string;
}

export class PartyResponse {
  @OneOf(['driver', 'station', 'enterprise'])
  readonly kind: 'driver' | 'station' | 'enterprise';

  @Code()
  readonly id: string;
}

export class VisitEntryResponse {
  @Uuid()
  readonly visitId: string;

  @Code()
  readonly stationCode: string;

  @Code()
  readonly plate: string;

  @OneOf(flows)
  readonly flow: (typeof flows)[number];

  @Code({ optional: true })
  readonly carrierId?: string;

  @Instant()
  readonly arrivedAt: string;

  @Instant({ optional: true })
  readonly departedAt?: string;

  @OneOf(['swapped', 'no_swap_needed', 'turned_away', 'redirected'], { optional: true })
  readonly outcome?: string;

  @Nested(() => PartyResponse, { optional: true })
  readonly broughtBy?: PartyResponse;

  @Nested(() => PartyResponse, { optional: true })
  readonly leftWith?: PartyResponse;

  @ApiProperty({ type: String, isArray: true, description: 'why it was turned away or sent elsewhere' })
  readonly reasons: readonly string[];

  @Uuid({ optional: true })
  readonly runId?: string;
}

export class DriverEntryResponse {
  @Code()
  readonly driverId: string;

  @OneOf(sides)
  readonly side: (typeof sides)[number];

  @WholeNumber()
  readonly brought: number;

  @WholeNumber()
  readonly tookOver: number;

  @WholeNumber()
  readonly handedOver: number;

  @WholeNumber({ description: 'begun in the period' })
  readonly runs: number;

  @WholeNumber({ description: 'of runs, as far as they lie in the period' })
  readonly runSeconds: number;

  @WholeNumber()
  readonly shifts: number;

  @WholeNumber({ description: 'of shifts, as far as they lie in the period' })
  readonly shiftSeconds: number;
}

export class PolicyOfCheckResponse {
  @Code()
  readonly id: string;

  @Code()
  readonly version: string;
}

export class DisinfectionEntryResponse {
  @Code()
  readonly stationCode: string;

  @Instant()
  readonly checkedAt: string;

  @Code()
  readonly plate: string;

  @OneOf(flows)
  readonly flow: (typeof flows)[number];

  @Flag()
  readonly passed: boolean;

  @Code({ optional: true })
  readonly reason?: string;

  @Nested(() => PartyResponse, { optional: true })
  readonly broughtBy?: PartyResponse;

  @Nested(() => PolicyOfCheckResponse)
  readonly policy: PolicyOfCheckResponse;

  @Uuid()
  readonly visitId: string;
}
