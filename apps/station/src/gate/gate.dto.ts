import { Instant, Opaque, Text, Uuid, WholeNumber } from '@yizhan/http';

export class CreateGateLinkRequest {
  @WholeNumber({ optional: true, min: 60, max: 3_600, description: 'default 900' })
  readonly validForSeconds?: number;
}

export class GateLinkResponse {
  @Uuid()
  readonly visitId: string;

  @Opaque('jwt', { description: 'for `Authorization: Bearer` on the driver’s phone; also what a QR code is made of' })
  readonly token: string;

  @Instant()
  readonly expiresAt: string;
}

export class GateStatementRequest {
  @Text({ maxLength: 24, description: "the driver's", example: '13800138000' })
  readonly phone: string;

  @Text({ optional: true, maxLength: 100 })
  readonly name?: string;

  @Text({ optional: true, maxLength: 100, description: "the company's, not a person's" })
  readonly carrierName?: string;

  @Text({ optional: true, maxLength: 200, description: 'in his words' })
  readonly cargo?: string;
}

export class StatedAtGateResponse {
  @Uuid()
  readonly visitId: string;
}

export class GateStatementResponse extends GateStatementRequest {
  @Instant()
  readonly saidAt: string;
}
