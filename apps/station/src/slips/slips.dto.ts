import { ApiProperty } from '@nestjs/swagger';
import { Nested, OneOf, Uuid } from '@yizhan/http';
import { type SlipKind, slipKinds } from './slip-facts.js';

export class SlipCodeResponse {
  @Uuid()
  readonly handoffId: string;

  @OneOf(slipKinds)
  readonly kind: SlipKind;

  @ApiProperty({ type: String, description: 'YZ1: and a COSE_Sign1 in base45, for a QR code in alphanumeric mode' })
  readonly code: string;
}

export class SlipKeyResponse {
  @OneOf(['OKP'])
  readonly kty: string;

  @OneOf(['Ed25519'])
  readonly crv: string;

  @ApiProperty({ type: String, description: 'base64url' })
  readonly x: string;

  @ApiProperty({ type: String, description: 'RFC 7638 thumbprint; slips name its first 8 bytes' })
  readonly kid: string;

  @OneOf(['EdDSA'])
  readonly alg: string;

  @OneOf(['sig'])
  readonly use: string;
}

export class SlipKeysResponse {
  @Nested(() => SlipKeyResponse, { list: true })
  readonly keys: SlipKeyResponse[];
}
