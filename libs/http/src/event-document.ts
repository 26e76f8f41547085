import { ApiProperty } from '@nestjs/swagger';

const text = { type: String } as const;
const ordinal = { type: String, pattern: '^[1-9][0-9]*$' } as const;
const instant = { type: String, format: 'date-time' } as const;
const code = { type: String, maxLength: 64 } as const;

/** A document of the log, for the API description; the schema of its `data` is at `dataschema`. */
export class EventDocument {
  @ApiProperty({ ...text, enum: ['1.0'] })
  readonly specversion: '1.0';

  @ApiProperty({ ...text, format: 'uuid', description: 'every receiver’s idempotency key' })
  readonly id: string;

  @ApiProperty({ ...text, description: 'the service that wrote it' })
  readonly source: string;

  @ApiProperty({ ...text, example: 'yizhan.handoff.completed.v1' })
  readonly type: string;

  @ApiProperty({ ...text, description: 'what it is about: `<aggregate>/<id>`' })
  readonly subject: string;

  @ApiProperty({ ...instant, description: 'when it happened' })
  readonly time: string;

  @ApiProperty({ ...instant, description: 'when it was recorded' })
  readonly recordedtime: string;

  @ApiProperty({ ...code, description: 'the area code' })
  readonly partitionkey: string;

  @ApiProperty({ ...ordinal, description: 'per subject 1, 2, 3 … without a gap' })
  readonly sequence: string;

  @ApiProperty({ ...ordinal, description: 'place in the log: 1, 2, 3 … without a gap' })
  readonly position: string;

  @ApiProperty({ ...text, pattern: '^(0|[1-9][0-9]*)$', description: 'position of the event before it in its area' })
  readonly previous: string;

  @ApiProperty({ ...text, pattern: '^[0-9a-f]{64}$', description: 'of that event' })
  readonly prevhash: string;

  @ApiProperty({ ...text, description: 'id of the visit that it belongs to; of its subject where there is none' })
  readonly correlationid: string;

  @ApiProperty({ ...text, description: 'id of the event that caused it, or the `Idempotency-Key` of the request' })
  readonly causationid: string;

  @ApiProperty({ ...code, required: false, description: 'the carrier whose truck it is about' })
  readonly carrierid?: string;

  @ApiProperty({ ...text, required: false, description: 'W3C trace context of the request' })
  readonly traceparent?: string;

  @ApiProperty({ ...text, enum: ['application/json'] })
  readonly datacontenttype: 'application/json';

  @ApiProperty({ ...text, format: 'uri' })
  readonly dataschema: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly data: object;
}
