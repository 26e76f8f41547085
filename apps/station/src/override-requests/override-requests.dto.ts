import type { Seal } from '@yizhan/contracts';
import { Code, Instant, ListOf, Nested, OneOf, Uuid } from '@yizhan/http';
import { overridableRules, SealField } from '../evidence/evidence.dto.js';
import {
  type OverrideRequestState,
  overrideRequestStates,
  type OverrideRequestStep,
  overrideRequestSteps,
} from './override-request.js';

export class RequestOverrideRequest {
  @OneOf(overridableRules)
  readonly rule: string;

  @Code({ description: 'a code, never free text', example: 'no_other_driver' })
  readonly reason: string;

  @Code({ optional: true, description: 'for whom, where the rule is one about drivers' })
  readonly driverId?: string;

  @Nested(() => SealField, { optional: true, description: 'as it was seen, where the rule is `seal`' })
  readonly seal?: SealField;
}

export class OverrideRequestResponse {
  @Uuid()
  readonly overrideRequestId: string;

  @Uuid()
  readonly handoffId: string;

  @OneOf(overridableRules)
  readonly rule: string;

  @Code()
  readonly reason: string;

  @Code({ optional: true })
  readonly driverId?: string;

  @Nested(() => SealField, { optional: true, description: 'as it was seen' })
  readonly seal?: Seal;

  @Code({ description: 'who asks' })
  readonly byId: string;

  @OneOf(overrideRequestStates)
  readonly state: OverrideRequestState;

  @Instant()
  readonly askedAt: string;

  @Instant({ description: 'nobody can decide it any more from then on' })
  readonly expiresAt: string;

  @Instant({ optional: true, description: 'from then on the rule lets the driver; absent where waiting does not help' })
  readonly blockedUntil?: string;

  @Code({ optional: true, description: 'who has approved or refused it' })
  readonly decidedById?: string;

  @Instant({ optional: true })
  readonly decidedAt?: string;

  @Instant({ optional: true, description: 'approved: until then the override can be made, once' })
  readonly standsUntil?: string;
}

export class BoardOverrideRequestResponse extends OverrideRequestResponse {
  @ListOf(overrideRequestSteps, { description: 'what whoever asks for the board may do with it' })
  readonly allowedSteps: readonly OverrideRequestStep[];

  @Uuid()
  readonly visitId: string;

  @Code()
  readonly plate: string;

  @Code({ optional: true, description: 'the recorded number of the seal, where it is about one' })
  readonly recordedSeal?: string;

  @Instant({ description: 'since when the truck waits' })
  readonly readyAt: string;
}
