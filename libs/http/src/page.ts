import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Problem } from '@yizhan/kernel';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { LengthWithin } from './field-rules.js';

/** One page of a list; `next` asks for the page after it, null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Reads a whole number of the query as JSON would have it, and leaves anything else, such as `0x10`, for the check that follows. */
export const NumberInAddress = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^(0|-?[1-9]\d{0,15})$/.test(value) ? Number(value) : value,
  );

/** What is given once, separated by commas, or several times; nothing where it is not given. */
export const Separated = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    value === undefined
      ? undefined
      : [value].flat().flatMap((each) => (typeof each === 'string' ? each.split(',') : [each])),
  );

/** The query of every list; lists with filters extend it. */
export class PageQuery {
  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @NumberInAddress()
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;

  @ApiProperty({ required: false, type: String, maxLength: 500, description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  @LengthWithin(500)
  readonly after?: string;

  /** Keys of the last item of the page before; undefined for the first page. @throws Problem `REQUEST.BAD_CURSOR`. */
  afterKeys(count: number): readonly string[] | undefined {
    return this.after === undefined ? undefined : keysOfCursor(this.after, count);
  }
}

/** A page from `limit + 1` rows in the order of their keys, which tell them apart: the row too many only says that there is more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keysOf: (row: Row) => readonly string[],
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    next: rows.length > limit && last !== undefined ? cursorOf(keysOf(last)) : null,
  };
}

/** Describes a page of `item` in the API description. */
export function ApiPage(item: Type): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['items', 'next'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(item) } },
          next: { type: 'string', nullable: true, description: 'pass it as `after`; null at the end' },
        },
      },
    }),
  );
}

const cursorOf = (keys: readonly string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

function keysOfCursor(cursor: string, count: number): readonly string[] {
  const keys = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Array.isArray(keys) && keys.length === count && keys.every(isKey)) return keys;
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}

const isKey = (key: unknown): key is string => typeof key === 'string' && !/\p{Cc}/u.test(key);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
