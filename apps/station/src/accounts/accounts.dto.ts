import { Code, Codes, Flag, Instant, ListOf, OneOf, Password, PinField, WholeNumber } from '@yizhan/http';
import { type Role, roles } from '@yizhan/identity';
import type { AccountState, AccountStep } from './account.js';

const states = ['active', 'suspended'] as const satisfies readonly AccountState[];
const steps = ['suspend', 'resume'] as const satisfies readonly AccountStep[];

/** For whom an account may act. */
class AccountScopeFields {
  @Codes({ optional: true, description: 'of an operator or shift lead' })
  readonly stations?: string[];

  @Codes({ optional: true, description: 'of a command centre' })
  readonly areas?: string[];

  @Codes({ optional: true, description: 'of a command centre that is not for whole areas' })
  readonly counties?: string[];

  @Code({ optional: true, description: 'whom a driver’s account stands for' })
  readonly driverId?: string;

  @Code({ optional: true })
  readonly carrierId?: string;

  @Code({ optional: true })
  readonly enterpriseId?: string;
}

export class CreateAccountRequest extends AccountScopeFields {
  @Code({
    description: 'role, colon, code; of a driver `driver:` and his id. Never a name or phone',
    example: 'operator:lin',
  })
  readonly accountId: string;

  @OneOf(roles)
  readonly role: Role;
}

export class SuspendAccountRequest {
  @Code({ description: 'a code, never free text', example: 'left_the_station' })
  readonly reason: string;
}

export class SetPinRequest {
  @PinField()
  readonly pin: string;

  @PinField({ optional: true, description: 'the PIN until now, where somebody changes his own' })
  readonly currentPin?: string;
}

export class SetPasswordRequest {
  @Password()
  readonly password: string;

  @Password({ optional: true, description: 'the password until now, where somebody changes his own' })
  readonly currentPassword?: string;
}

export class AccountAnswerResponse {
  @Code()
  readonly accountId: string;

  @OneOf(states)
  readonly state: AccountState;

  @WholeNumber()
  readonly version: number;
}

export class AccountResponse extends AccountScopeFields {
  @Code()
  readonly accountId: string;

  @OneOf(roles)
  readonly role: Role;

  @OneOf(states)
  readonly state: AccountState;

  @Flag()
  readonly hasPassword: boolean;

  @Flag()
  readonly hasPin: boolean;

  @Instant()
  readonly createdAt: string;

  @Code({ description: 'who made it' })
  readonly createdBy: string;

  @Instant({ optional: true })
  readonly suspendedAt?: string;

  @Code({ optional: true })
  readonly suspendReason?: string;

  @WholeNumber()
  readonly version: number;

  @ListOf(steps, { description: 'steps that are open now' })
  readonly allowedSteps: AccountStep[];
}
