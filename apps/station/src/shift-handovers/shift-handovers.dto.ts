import { ApiProperty } from '@nestjs/swagger';
import { Code, Flag, Instant, Nested, OneOf, Uuid, WholeNumber } from '@yizhan/http';
import { languages, type Language } from '../report-sheets/sheet.js';
import { CareResponse } from '../waiting-drivers/waiting-drivers.dto.js';
import { type Format, formatMeans, formats, languageMeans } from '../reports/reports.dto.js';

const flows = ['into_zone', 'out_of_zone'] as const;

export class HandoverQuery {
  @OneOf(formats, { optional: true, description: formatMeans })
  readonly format?: Format;

  @OneOf(languages, { optional: true, description: languageMeans })
  readonly lang?: Language;
}

export class OpenTruckResponse {
  @Uuid()
  readonly visitId: string;

  @Code()
  readonly plate: string;

  @OneOf(flows)
  readonly flow: (typeof flows)[number];

  @Instant()
  readonly arrivedAt: string;

  @Code({ description: 'of its handoff; `waiting` before there is one' })
  readonly state: string;

  @Code({ optional: true })
  readonly driverId?: string;

  @Flag()
  readonly held: boolean;

  @ApiProperty({ type: String, isArray: true })
  readonly holdReasons: readonly string[];
}

export class HandoverRunResponse {
  @Uuid()
  readonly runId: string;

  @Code()
  readonly plate: string;

  @Code()
  readonly driverId: string;

  @Instant()
  readonly openedAt: string;

  @Instant({ optional: true })
  readonly dueBackAt?: string;

  @Flag()
  readonly overdue: boolean;
}

export class OpenExceptionResponse {
  @Uuid()
  readonly exceptionId: string;

  @Code()
  readonly code: string;

  @Instant()
  readonly openedAt: string;

  @Code({ optional: true })
  readonly plate?: string;
}

export class DriverNearLimitResponse {
  @Code()
  readonly driverId: string;

  @Code({ description: '`shift_ends`, or the hours rule that allows no other usual round trip' })
  readonly reason: string;

  @Instant()
  readonly shiftEndsAt: string;

  @Instant({ optional: true, description: 'when the rule would let him drive again' })
  readonly until?: string;

  @Code({ optional: true })
  readonly holdsPlate?: string;
}

export class ShiftChangesResponse {
  @WholeNumber()
  readonly arrived: number;

  @WholeNumber()
  readonly departed: number;

  @WholeNumber()
  readonly swaps: number;

  @WholeNumber()
  readonly turnedAway: number;

  @WholeNumber()
  readonly runsOpened: number;

  @WholeNumber()
  readonly runsReturned: number;

  @WholeNumber()
  readonly exceptionsOpened: number;

  @WholeNumber()
  readonly exceptionsResolved: number;
}

export class HandoverPictureResponse {
  @Code()
  readonly stationCode: string;

  @OneOf(['open', 'suspended', 'closed'])
  readonly stationState: string;

  @Instant({ description: 'the last handover; the beginning of the local day where there was none' })
  readonly since: string;

  @Instant()
  readonly asOf: string;

  @Nested(() => OpenTruckResponse, { list: true })
  readonly openTrucks: readonly OpenTruckResponse[];

  @Nested(() => HandoverRunResponse, { list: true })
  readonly openRuns: readonly HandoverRunResponse[];

  @Nested(() => OpenExceptionResponse, { list: true })
  readonly openExceptions: readonly OpenExceptionResponse[];

  @Nested(() => DriverNearLimitResponse, {
    list: true,
    description: 'drivers on shift who can do no other usual round trip',
  })
  readonly driversNearLimits: readonly DriverNearLimitResponse[];

  @Nested(() => ShiftChangesResponse)
  readonly changes: ShiftChangesResponse;

  @Nested(() => CareResponse, { optional: true, description: 'absent in what was signed before it was counted' })
  readonly care?: CareResponse;
}

export class ShiftHandoverResponse {
  @Uuid()
  readonly handoverId: string;

  @Code()
  readonly stationCode: string;

  @OneOf(['offered', 'taken', 'superseded'])
  readonly state: string;

  @Instant()
  readonly offeredAt: string;

  @ApiProperty({ type: String, description: 'who handed over: the subject of the token' })
  readonly outgoingId: string;

  @Instant({ optional: true })
  readonly takenAt?: string;

  @ApiProperty({ type: String, required: false, description: 'who took over' })
  readonly incomingId?: string;

  @Nested(() => HandoverPictureResponse, { description: 'what both have signed' })
  readonly picture: HandoverPictureResponse;
}
