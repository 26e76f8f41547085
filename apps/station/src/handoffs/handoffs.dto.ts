import type { ConsentScope, Flow, HandedItem, Signature } from '@yizhan/contracts';
import {
  Code,
  Instant,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  PinField,
  Quantity,
  Text,
  Uuid,
  WholeNumber,
} from '@yizhan/http';
import { flows, HandedItemField } from '../cases/truck.dto.js';
import { consentScopes } from '../consents/consent.js';
import {
  PhotoField,
  ReservationField,
  SealField,
  SealOverrideField,
  SignedField,
  signatureMethods,
} from '../evidence/evidence.dto.js';
import { signatureRoles } from '../evidence/signatures.js';
import { type PassBlock, passBlocks } from '../passes/pass.js';
import { ofTheDriver } from './overriding.js';
import { type HandoffState, type HandoffStep, handoffTable } from './handoff.js';

const states = Object.keys(handoffTable);
const handoffSteps = [...new Set(Object.values(handoffTable).flatMap(({ steps }) => Object.keys(steps)))];

export class OverrideField {
  @OneOf(ofTheDriver)
  readonly rule: string;

  @Code({ description: 'a code, never free text' })
  readonly reason: string;

  @Code({ optional: true, description: 'whose approval it is, where several have approved it' })
  readonly secondId?: string;
}

export class AssignDriverRequest {
  @Code()
  readonly driverId: string;

  @Instant({ optional: true, description: 'that of the suggestion, or the present, where it is not given' })
  readonly plannedStartAt?: string;

  @Uuid({ optional: true, description: 'of the suggestion that is confirmed' })
  readonly decisionId?: string;

  @Nested(() => OverrideField, { list: true, optional: true, description: 'given by a shift lead, or approved by one' })
  readonly overrides?: OverrideField[];
}

export class DriverOfHandoffRequest {
  @Code()
  readonly driverId: string;
}

export class EndAssignmentRequest {
  @Code({
    optional: true,
    description: 'whose: the one who is assigned; what was logged offline has to say it',
  })
  readonly driverId?: string;
}

export class AuthorisationField {
  @Code({ optional: true })
  readonly carrierId?: string;

  @Code({ description: 'who of the carrier agrees' })
  readonly by: string;

  @Instant({ description: 'when he agreed; not in the future' })
  readonly at: string;
}

export class AuthorisedField extends AuthorisationField {
  @Code({ optional: true, description: 'who of the station took it down' })
  readonly recordedById?: string;

  @Uuid({ optional: true, description: 'the consent that was given beforehand, where it is one' })
  readonly consentId?: string;
}

/** What the carrier has agreed to beforehand. */
export class ConsentField {
  @Uuid()
  readonly consentId: string;

  @OneOf(consentScopes)
  readonly scope: ConsentScope;

  @Code({ description: 'who of the carrier gave it' })
  readonly by: string;

  @Instant()
  readonly givenAt: string;

  @Instant({ optional: true })
  readonly validUntil?: string;
}

export class AlternativeField {
  @Code()
  readonly driverId: string;

  @Quantity({ min: -Number.MAX_SAFE_INTEGER, description: 'more is worse' })
  readonly cost: number;
}

export class SuggestionField {
  @Uuid()
  readonly decisionId: string;

  @Code()
  readonly driverId: string;

  @Instant()
  readonly plannedStartAt: string;

  @Instant({ optional: true })
  readonly plannedReturnAt?: string;

  @Instant({ description: 'after it the scheduler proposes again' })
  readonly standsUntil: string;

  @Nested(() => AlternativeField, { list: true })
  readonly alternatives: readonly AlternativeField[];
}

export class EvidenceField {
  @Nested(() => HandedItemField, { list: true })
  readonly items: readonly HandedItem[];

  @Quantity({ optional: true })
  readonly odometerKm?: number;

  @Quantity({ optional: true, max: 100 })
  readonly fuelPercent?: number;

  @Nested(() => SealField, { optional: true })
  readonly seal?: SealField;

  @Nested(() => PhotoField, { list: true })
  readonly photos: readonly PhotoField[];

  @Nested(() => ReservationField, { list: true })
  readonly reservations: readonly ReservationField[];
}

export class StartHandoffRequest {
  @Code({
    optional: true,
    description: 'who takes over: the one who is assigned; what was logged offline has to say it',
  })
  readonly driverId?: string;

  @Code({ description: 'a free bay of the station', example: 'B01' })
  readonly bayCode: string;

  @Nested(() => AuthorisationField, {
    optional: true,
    description: 'where it has not been recorded before and no consent covers the handoff',
  })
  readonly authorisation?: AuthorisationField;
}

export class SignatureField {
  @OneOf(signatureRoles)
  readonly role: Signature['role'];

  @Code({ description: 'id of the driver who leaves or takes over, or of the operator who witnesses' })
  readonly personId: string;

  @Instant({ description: 'from 10 minutes before the start on; not in the future' })
  readonly signedAt: string;

  @OneOf(signatureMethods, { description: '`token` of the witness who asks; of others `paper`, or what was verified' })
  readonly method: string;

  @PinField({ optional: true, description: 'of the driver who signs by `pin`; it is checked and not kept' })
  readonly pin?: string;

  @Text({ optional: true, maxLength: 500 })
  readonly proof?: string;
}

export class CompleteHandoffRequest {
  @Nested(() => SignatureField, { list: true, optional: true, description: 'of each role that has not signed before' })
  readonly signatures?: SignatureField[];

  @Nested(() => HandedItemField, { list: true, optional: true })
  readonly items?: HandedItem[];

  @Quantity({ optional: true })
  readonly odometerKm?: number;

  @Quantity({ optional: true, max: 100 })
  readonly fuelPercent?: number;

  @Nested(() => SealField, { optional: true, description: 'of every truck that a seal is recorded of' })
  readonly seal?: SealField;

  @Nested(() => PhotoField, { list: true, optional: true })
  readonly photos?: PhotoField[];

  @Nested(() => ReservationField, { list: true, optional: true })
  readonly reservations?: ReservationField[];

  @Nested(() => SealOverrideField, { list: true, optional: true, description: 'once a second person has approved it' })
  readonly overrides?: SealOverrideField[];
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

  @Code({ description: 'of the truck' })
  readonly plate: string;

  @Code()
  readonly stationCode: string;

  @OneOf(flows, { description: 'which way the truck goes on' })
  readonly flow: Flow;

  @Code({ description: 'the zone that it goes into or comes out of' })
  readonly zoneId: string;

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

  @Instant({
    optional: true,
    description: 'until when the driver who is asked has to accept: then the assignment ends, and another one is asked',
  })
  readonly acceptBy?: string;

  @Instant({ optional: true })
  readonly plannedStartAt?: string;

  @Instant({ optional: true })
  readonly plannedReturnAt?: string;

  @Code({ optional: true, description: 'the truck’s pass as the driver was named' })
  readonly passId?: string;

  @Code({ optional: true, description: 'of that pass' })
  readonly route?: string;

  @OneOf(passBlocks, { optional: true, description: 'why he cannot start' })
  readonly passBlock?: PassBlock;

  @Code({ optional: true })
  readonly bayCode?: string;

  @Instant({ optional: true })
  readonly startedAt?: string;

  @Instant({ optional: true, description: 'when responsibility moved' })
  readonly custodyAt?: string;

  @Code({ optional: true })
  readonly abortReason?: string;

  @Nested(() => AuthorisedField, { optional: true, description: 'the carrier’s, as far as it is recorded' })
  readonly authorisation?: AuthorisedField;

  @Nested(() => ConsentField, {
    optional: true,
    description: 'with which it would start now; only where the carrier has said nothing of this handoff itself',
  })
  readonly consent?: ConsentField;

  @Nested(() => SignedField, { list: true, description: 'who has signed' })
  readonly signatures: readonly SignedField[];

  @ListOf(signatureRoles, { description: 'whose signatures are still to come' })
  readonly missingSignatures: readonly Signature['role'][];

  @Nested(() => SuggestionField, {
    list: true,
    description: 'whom the scheduler proposes where operators confirm, newest first; `decisionId` says why',
  })
  readonly suggestions: readonly SuggestionField[];

  @Nested(() => EvidenceField, { description: 'what is handed over and seen, as far as it is recorded' })
  readonly evidence: EvidenceField;

  @WholeNumber()
  readonly version: number;
}
