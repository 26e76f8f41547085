import type { Signature } from '@yizhan/contracts';
import { Code, Flag, Instant, ListOf, Nested, OneOf, PinField, Quantity, Sha256, Text } from '@yizhan/http';
import { CaseResponse } from '../cases/truck.dto.js';
import { handedItemCodes } from './collected.js';
import { signatureRoles } from './signatures.js';
import { statedMethods } from './signer.js';

/** What a policy may let somebody override. */
export const overridableRules = ['hours', 'credentials', 'shift', 'travel', 'seal'] as const;

/** How a signature came about; see `Signature` in the event contract. */
export const signatureMethods = ['link', 'pin', 'token', 'paper', 'operator_for_absent'] as const;

export class SealField {
  @Code({ description: 'as it was seen; at a completion the last recorded one' })
  readonly number: string;

  @Flag()
  readonly intact: boolean;
}

export class PhotoField {
  @Code({ example: 'before' })
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

export class GivenItemField {
  @OneOf(handedItemCodes)
  readonly code: string;

  @Flag({ description: 'false where it was asked for and is not there' })
  readonly given: boolean;
}

/** What a driver may add with his own token. */
export class SeenByDriverRequest {
  @Nested(() => PhotoField, { list: true, optional: true })
  readonly photos?: PhotoField[];

  @Nested(() => ReservationField, { list: true, optional: true })
  readonly reservations?: ReservationField[];
}

export class SealOverrideField {
  @OneOf(['seal'])
  readonly rule: 'seal';

  @Code({ description: 'a code, never free text' })
  readonly reason: string;
}

export class RecordEvidenceRequest extends SeenByDriverRequest {
  @Nested(() => GivenItemField, { list: true, optional: true })
  readonly items?: GivenItemField[];

  @Quantity({ optional: true })
  readonly odometerKm?: number;

  @Quantity({ optional: true, max: 100 })
  readonly fuelPercent?: number;

  @Nested(() => SealField, { optional: true, description: 'compared with the last recorded one at once' })
  readonly seal?: SealField;

  @Nested(() => SealOverrideField, { list: true, optional: true, description: 'once a second person has approved it' })
  readonly overrides?: SealOverrideField[];
}

export class AuthoriseHandoffRequest {
  @Code({ optional: true, description: 'who of the carrier agrees; a carrier’s own token says it itself' })
  readonly by?: string;

  @Code({ optional: true })
  readonly carrierId?: string;

  @Instant({ optional: true, description: 'when he agreed; not in the future; the present where it is not given' })
  readonly at?: string;
}

export class SignHandoffRequest {
  @OneOf(signatureRoles)
  readonly role: Signature['role'];

  @Code({ optional: true, description: 'who signs; whoever asks, where it is not given' })
  readonly personId?: string;

  @OneOf(statedMethods, { optional: true, description: 'only where somebody signs on the operator’s tablet' })
  readonly method?: (typeof statedMethods)[number];

  @PinField({ optional: true, description: 'of the driver who signs, typed by himself; it is checked and not kept' })
  readonly pin?: string;

  @Text({ optional: true, maxLength: 500 })
  readonly proof?: string;
}

export class SignedField {
  @OneOf(signatureRoles)
  readonly role: Signature['role'];

  @Code()
  readonly personId: string;

  @Instant()
  readonly signedAt: string;

  @OneOf(signatureMethods)
  readonly method: string;
}

export class SignedResponse extends CaseResponse {
  @Nested(() => SignedField, { list: true, description: 'who has signed so far' })
  readonly signatures: readonly SignedField[];

  @ListOf(signatureRoles, { description: 'whose signatures are still to come' })
  readonly missingSignatures: readonly Signature['role'][];
}

export class ApproveOverrideRequest {
  @OneOf(overridableRules)
  readonly rule: string;

  @Code({ description: 'a code, never free text' })
  readonly reason: string;

  @Code({ optional: true, description: 'for whom, where the rule is one about drivers' })
  readonly driverId?: string;
}

export class ApprovedResponse extends CaseResponse {
  @OneOf(overridableRules)
  readonly rule: string;

  @Code({ description: 'the second person' })
  readonly approvedById: string;

  @Instant({ description: 'the override has to follow before' })
  readonly expiresAt: string;
}
