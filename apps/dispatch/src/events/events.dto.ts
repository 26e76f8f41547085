import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Codes, EventDocument, NumberInAddress, Separated } from '@yizhan/http';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** A decimal position of the log, small enough to be a number. */
export const positionPattern = /^(0|[1-9]\d{0,14})$/;
const isPositionFault = { message: 'must be a position of the log, such as 4711' };
// A pattern that no type of ours can match is a mistake, and would look like no events.
export const typePattern = /^(yizhan[.*]|\*)[a-z0-9_.*]{0,100}$/;
export const isTypeFault = { message: 'must be types of events, such as yizhan.visit.arrived.v1 or yizhan.handoff.*' };
export const mostTypes = 50;

function NumberWithin(min: number, max: number, usual: number, description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ required: false, type: 'integer', minimum: min, maximum: max, default: usual, description }),
    IsOptional(),
    NumberInAddress(),
    IsInt(),
    Min(min),
    Max(max),
  );
}

/** What a stream of events can be asked for. */
export class StreamQuery {
  @ApiProperty({
    required: false,
    pattern: positionPattern.source,
    description: 'position of the last event that you have',
  })
  @IsOptional()
  @Matches(positionPattern, isPositionFault)
  readonly after?: string;

  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'string', pattern: typePattern.source },
    maxItems: mostTypes,
    description: 'one of these types, `*` for any characters; separated by commas or given several times',
    example: ['yizhan.handoff.*', 'yizhan.visit.departed.v1'],
  })
  @IsOptional()
  @Separated()
  @IsArray()
  @ArrayMaxSize(mostTypes)
  @Matches(typePattern, { ...isTypeFault, each: true })
  readonly types?: readonly string[];

  @Separated()
  @Codes({ optional: true, description: 'at one of these stations; separated by commas or given several times' })
  readonly stations?: readonly string[];

  @Separated()
  @Codes({ optional: true, description: 'in one of these areas; separated by commas or given several times' })
  readonly areas?: readonly string[];

  @Separated()
  @Codes({ optional: true, description: 'about one of these trucks, also where an event names only its visit' })
  readonly plates?: readonly string[];

  @Separated()
  @Codes({ optional: true, description: 'with one of these consignments on board' })
  readonly consignments?: readonly string[];

  @Separated()
  @Codes({ optional: true, description: 'with one of your own references on board: waybill or outbound numbers' })
  readonly references?: readonly string[];
}

/** What a page of events can be asked for. */
export class FeedQuery extends StreamQuery {
  @NumberWithin(1, 500, 100, 'most events to give')
  readonly limit: number = 100;

  @NumberWithin(0, 30, 0, 'seconds to wait for the first event where there is none yet')
  readonly wait: number = 0;
}

const position = { type: String, pattern: positionPattern.source } as const;

export class EventFeedPage {
  @ApiProperty({ type: () => [EventDocument], description: 'CloudEvents 1.0, each the document of the log' })
  readonly events: EventDocument[];

  @ApiProperty({ ...position, description: 'pass it as `after`' })
  readonly next: string;

  @ApiProperty({ ...position, description: 'position of the newest event of the log' })
  readonly head: string;
}
