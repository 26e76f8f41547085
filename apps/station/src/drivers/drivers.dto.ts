import type { Licence } from '@yizhan/contracts';
import { Code, Instant, ListOf, Nested, PageQuery, PersonCode, Uuid, WholeNumber } from '@yizhan/http';
import type { ShiftStep } from './driver.js';

export const licences = ['A1', 'A2', 'B1', 'B2', 'C1'] as const satisfies readonly Licence[];
const steps = ['start_shift', 'end_shift'] as const satisfies readonly ShiftStep[];

export class EnrolDriverRequest {
  @PersonCode({ description: 'an id, never a name or phone', example: 'R1' })
  readonly driverId: string;

  @Code()
  readonly areaCode: string;

  @Code({ nullable: true, description: 'the zone that he lives in; null for an outside driver' })
  readonly insideZoneId: string | null;

  @ListOf(licences)
  readonly licences: Licence[];

  @Code({ optional: true })
  readonly homeStationCode?: string;

  @Code({ optional: true })
  readonly carrierId?: string;
}

export class ChangeDriverRequest {
  @ListOf(licences, { optional: true })
  readonly licences?: Licence[];

  @Code({ optional: true, nullable: true, description: 'null: none any more' })
  readonly homeStationCode?: string | null;

  @Code({ optional: true, nullable: true, description: 'a registered one; null: none any more' })
  readonly carrierId?: string | null;
}

export class ChangeSideRequest {
  @Code({ nullable: true, description: 'the zone that he is in from now on; null outside' })
  readonly insideZoneId: string | null;
}

export class StartShiftRequest {
  @Code()
  readonly stationCode: string;

  @Instant()
  readonly endsAt: string;
}

export class RecordRestRequest {
  @Instant()
  readonly startedAt: string;

  @Instant()
  readonly endedAt: string;
}

export class GrantCredentialRequest {
  @Code({ description: 'a code, never a medical value', example: 'professional_qualification' })
  readonly credential: string;

  @Instant()
  readonly validFrom: string;

  @Instant()
  readonly validUntil: string;

  @Code({ description: 'a code of the authority' })
  readonly issuer: string;

  @Code({ optional: true, description: 'what the issuer counts it to, so that all of one can be recalled together' })
  readonly batch?: string;
}

export class DriverAnswerResponse {
  @Code()
  readonly driverId: string;

  @Code()
  readonly areaCode: string;

  @WholeNumber()
  readonly version: number;
}

export class EndedShiftResponse extends DriverAnswerResponse {
  @Uuid({ optional: true, description: 'the exception that runs while he still answers for a truck' })
  readonly exceptionId?: string;
}

export class RecalledCredentialResponse extends DriverAnswerResponse {
  @Uuid({
    optional: true,
    description:
      'the handoff that he is assigned to; it is withdrawn where it has not started and needs the credential',
  })
  readonly liveHandoffId?: string;
}

export class ShiftResponse extends StartShiftRequest {
  @Instant()
  readonly startedAt: string;
}

export class DriverResponse extends EnrolDriverRequest {
  @Code({ optional: true, description: 'the station where he is' })
  readonly stationCode?: string;

  @Nested(() => ShiftResponse, { optional: true })
  readonly shift?: ShiftResponse;

  @Instant({ optional: true, description: 'he drives since then' })
  readonly drivingSince?: string;

  @ListOf(steps, { description: 'what may be done next with his shift' })
  readonly allowedSteps: ShiftStep[];

  @WholeNumber()
  readonly version: number;
}

export class CredentialResponse extends GrantCredentialRequest {
  @Instant({ optional: true })
  readonly recalledAt?: string;
}

export class DriverDetailResponse extends DriverResponse {
  @Nested(() => CredentialResponse, { list: true })
  readonly credentials: CredentialResponse[];

  @Code({ optional: true, description: 'plate of the truck that he answers for' })
  readonly holdsPlate?: string;

  @Uuid({ optional: true, description: 'the handoff that he is assigned to' })
  readonly liveHandoffId?: string;

  @WholeNumber({
    optional: true,
    description:
      'for how long he may still drive now without a rest, within his shift, minutes; absent where he is on none',
  })
  readonly minutesLeft?: number;
}

export class DriversQuery extends PageQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @Code({ optional: true, description: 'drivers who are at this station' })
  readonly stationCode?: string;

  @Code({ optional: true, description: 'drivers on shift at this station' })
  readonly shiftStationCode?: string;

  @Code({ optional: true })
  readonly insideZoneId?: string;

  @Code({ optional: true })
  readonly homeStationCode?: string;

  @Code({ optional: true })
  readonly carrierId?: string;
}
