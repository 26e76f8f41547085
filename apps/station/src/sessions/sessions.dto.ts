import { Code, Codes, Instant, OneOf, Opaque, Password, PinField, Uuid, WholeNumber } from '@yizhan/http';
import { type Access, accesses, type Role, roles } from '@yizhan/identity';

export class SignInRequest {
  @Code({ example: 'operator:lin' })
  readonly accountId: string;

  @Password({ optional: true, description: 'the password, or the PIN' })
  readonly password?: string;

  @PinField({ optional: true })
  readonly pin?: string;
}

export class RefreshRequest {
  @Opaque('yzr')
  readonly refreshToken: string;
}

export class ClaimRequest {
  @Opaque('yzc', { description: 'what the claim link has behind #token=' })
  readonly token: string;

  @Code({ description: 'of the first administrator', example: 'administrator:first' })
  readonly accountId: string;

  @Password()
  readonly password: string;
}

export class SessionResponse {
  @Code()
  readonly accountId: string;

  @Opaque('jwt', { description: 'for `Authorization: Bearer`' })
  readonly token: string;

  @WholeNumber({ description: 'of the token' })
  readonly expiresInSeconds: number;

  @Opaque('yzr', { description: 'gives the next token, once; used twice it ends the session' })
  readonly refreshToken: string;

  @Uuid({ description: 'where the session is: what a device keeps of one installation is not for another one' })
  readonly installationId: string;
}

export class CallerResponse {
  @Code()
  readonly accountId: string;

  @OneOf(roles)
  readonly role: Role;

  @Codes()
  readonly stations: readonly string[];

  @Codes()
  readonly areas: readonly string[];

  @Codes()
  readonly counties: readonly string[];

  @Code({ optional: true })
  readonly driverId?: string;

  @Code({ optional: true })
  readonly carrierId?: string;

  @Code({ optional: true })
  readonly enterpriseId?: string;

  @OneOf(accesses)
  readonly access: Access;

  @Uuid({ optional: true, description: 'the one handoff that a link is for' })
  readonly handoffId?: string;

  @Instant({ description: 'when the credential ends' })
  readonly expiresAt: string;
}

export class CreateDriverLinkRequest {
  @Code()
  readonly driverId: string;

  @Uuid({ optional: true, description: 'the one handoff that it is for' })
  readonly handoffId?: string;

  @WholeNumber({ optional: true, min: 60, max: 3_600, description: 'default 900' })
  readonly validForSeconds?: number;
}

export class DriverLinkResponse {
  @Code()
  readonly accountId: string;

  @Code()
  readonly driverId: string;

  @Uuid({ optional: true })
  readonly handoffId?: string;

  @Opaque('jwt', { description: 'for `Authorization: Bearer` on the driver’s phone; also what a QR code is made of' })
  readonly token: string;

  @Instant()
  readonly expiresAt: string;
}
