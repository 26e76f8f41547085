import type { HandedItem, Signature } from '@yizhan/contracts';
import {
  Code,
  Flag,
  Instant,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Quantity,
  Sha256,
  Text,
  Uuid,
  WholeNumber,
} from '@yizhan/http';
import { HandedItemField } from '../cases/truck.dto.js';
import { type HandoffState, type HandoffStep, handoffTable } from './handoff.js';

const states = Object.keys(handoffTable);
const handoffSteps = [...new Set(Object.values(handoffTable).flatMap(({ steps }) => Object.keys(steps)))];
const signatureRoles = ['offgoing', 'oncoming', 'witness'] as const satisfies readonly Signature['role'][];
const methods = ['pin', 'link', 'paper', 'operator_for_absent'] as const;
const overridable = ['hours', 'credentials', 'shift', 'travel'] as const;

export class OverrideField {
  @OneOf(overridable)
  readonly rule: string;

  @Code({ description: 'a code, never free text' })
  readonly reason: string;

  @Code({ optional: true, description: 'a second person, where the rule asks for one' })
  readonly secondId?: string;
}

export class AssignDriverRequest {
  @Code()
  readonly driverId: string;

  @Instant({ optional: true, description: 'the present where it is not given' })
  readonly plannedStartAt?: string;

  @Nested(() => OverrideField, { list: true, optional: true, description: 'given by a shift lead' })
  readonly overrides?: OverrideField[];
}

export class DriverOfHandoffRequest {
  @Code()
  readonly driverId: string;
}

export class AuthorisationField {
  @Code({ optional: true })
  readonly carrierId?: string;

  @Code({ description: 'who of the carrier agrees' })
  readonly by: string;

  @Instant({ description: 'when he agreed; not in the future' })
  readonly at: string;
}

export class StartHandoffRequest {
  @Code({ description: 'a free bay of the station', example: 'B01' })
  readonly bayCode: string;

  @Nested(() => AuthorisationField)
  readonly authorisation: AuthorisationField;
}

export class SignatureField {
  @OneOf(signatureRoles)
  readonly role: Signature['role'];

  @Code({ description: 'id of the driver who leaves or takes over, or of the operator who witnesses' })
  readonly personId: string;

  @Instant({ description: 'from 10 minutes before the start on; not in the future' })
  readonly signedAt: string;

  @OneOf(methods)
  readonly method: string;

  @Text({ optional: true, maxLength: 500 })
  readonly proof?: string;
}

export class SealField {
  @Code({ description: 'as it was seen; at a completion the last recorded one' })
  readonly number: string;

  @Flag()
  readonly intact: boolean;
}

export class PhotoField {
  @Code()
  readonly stage: string;

  @Sha256({ description: 'digest of the picture, which is kept elsewhere' })
  readonly sha256: string;
}

export class ReservationField {
  @Code()
  readonly code: string;

  @Code({ optional: true })
  readonly noteHash?: string;
}

export class CompleteHandoffRequest {
  @Nested(() => SignatureField, { list: true, description: 'one of each role' })
  readonly signatures: SignatureField[];

  @Nested(() => HandedItemField, { list: true })
  readonly items: HandedItem[];

  @Quantity({ optional: true })
  readonly odometerKm?: number;

  @Quantity({ optional: true, max: 100 })
  readonly fuelPercent?: number;

  @Nested(() => SealField, { optional: true, description: 'of every truck that a seal is recorded of' })
  readonly seal?: SealField;

  @Nested(() => PhotoField, { list: true })
  readonly photos: PhotoField[];

  @Nested(() => ReservationField, { list: true })
  readonly reservations: ReservationField[];
}

export class AbortHandoffRequest {
  @Code({ description: 'a code; `seal_mismatch` also holds the cargo', example: 'breakdown' })
  readonly reason: string;

  @Nested(() => SealField, { optional: true })
  readonly seal?: SealField;
}

export class HandoffsQuery extends PageQuery {
  @Code({ optional: true })
  readonly stationCode?: string;

  @OneOf(states, { optional: true })
  readonly state?: HandoffState;

  @Code({ optional: true })
  readonly driverId?: string;

  @Uuid({ optional: true })
  readonly visitId?: string;
}

export class HandoffResponse {
  @Uuid()
  readonly handoffId: string;

  @Uuid()
  readonly visitId: string;

  @Code()
  readonly stationCode: string;

  @WholeNumber({ min: 1, description: 'counts the handoffs of the visit' })
  readonly tryNo: number;

  @OneOf(states)
  readonly state: HandoffState;

  @ListOf(handoffSteps, { description: 'what may be done next, as far as the handoff alone can say' })
  readonly allowedSteps: HandoffStep[];

  @Instant()
  readonly readyAt: string;

  @Code({ optional: true })
  readonly driverId?: string;

  @OneOf(['scheduler', 'operator'], { optional: true })
  readonly assignedBy?: 'scheduler' | 'operator';

  @Code({ optional: true })
  readonly decisionId?: string;

  @Instant({ optional: true })
  readonly plannedStartAt?: string;

  @Instant({ optional: true })
  readonly plannedReturnAt?: string;

  @Code({ optional: true })
  readonly bayCode?: string;

  @Instant({ optional: true })
  readonly startedAt?: string;

  @Instant({ optional: true, description: 'when responsibility moved' })
  readonly custodyAt?: string;

  @Code({ optional: true })
  readonly abortReason?: string;

  @WholeNumber()
  readonly version: number;
}
