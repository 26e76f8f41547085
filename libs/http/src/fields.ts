import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { instantPattern } from '@yizhan/kernel';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  Validate,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { dayPattern, IsCalendarDay, IsInstant, LengthWithin } from './field-rules.js';

/** What every field of a DTO may say. A field is required unless it is `optional`. */
export interface FieldOptions {
  readonly optional?: boolean;
  /** `null` is a value of the field. */
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

/** Letters, digits and `. _ : / @ + -`, not at the beginning; no blanks, no control characters. */
export const codePattern = /^[\p{L}\p{N}][\p{L}\p{N}._:/@+-]{0,63}$/u;
/** As long as the kind of a person before it, such as `driver:`, leaves of a code. */
const mostOfPerson = 56;
export const personCodePattern = /^[\p{L}\p{N}][\p{L}\p{N}._:/@+-]{0,55}$/u;
const centreAccountPattern = /^(?:command_centre|administrator):[\p{L}\p{N}._:/@+-]{1,49}$/u;
const pinPattern = /^[0-9]{6,12}$/;
const timeOfDayPattern = /^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;
export const sha256Pattern = /^[0-9a-f]{64}$/;
const requestKeyPattern = /^[\x21-\x7e]{1,150}$/;
const isCodeFault = { message: 'must be a code of at most 64 letters, digits and . _ : / @ + -' };
export const uuidPattern = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;
// Something that is not blank, without control characters and halves of a character. Each finds its end in one pass.
const lineOfText = /^[\p{Z}\ufeff]*[^\p{Cc}\ud800-\udfff\p{Z}\ufeff][^\p{Cc}\ud800-\udfff]*$/u;
const linesOfText = /^[\p{Z}\ufeff\n\t]*[^\p{Cc}\ud800-\udfff\p{Z}\ufeff](?:[^\p{Cc}\ud800-\udfff]|[\n\t])*$/u;
const wholeCharacters = /^[^\ud800-\udfff\0]*$/u;
const mostInList = 500;

/** An id or code: of a station, a driver, a reason. */
export function Code(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, maxLength: 64, pattern: codePattern.source }, options, [
    IsString(),
    Matches(codePattern, isCodeFault),
  ]);
}

/** Subject of the token of somebody of a command centre: never a name or a number of a telephone. */
export function CentreAccount(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, maxLength: 64, pattern: centreAccountPattern.source }, options, [
    IsString(),
    Matches(centreAccountPattern, { message: 'must be an account of a command centre, such as command_centre:zhang' }),
  ]);
}

/** A new id of somebody who may have an account or personal data: `driver:` or `carrier:` before it makes a code of it too. */
export function PersonCode(options: FieldOptions = {}): PropertyDecorator {
  const message = isCodeFault.message.replace('64', String(mostOfPerson));
  return field({ type: String, maxLength: mostOfPerson, pattern: personCodePattern.source }, options, [
    IsString(),
    Matches(personCodePattern, { message }),
  ]);
}

/** A list of codes, of `least` items at least. */
export function Codes(options: FieldOptions & { readonly least?: number } = {}): PropertyDecorator {
  const { least = 0, ...others } = options;
  const each = { each: true };
  const items = { type: 'string', maxLength: 64, pattern: codePattern.source };
  return field({ type: 'array', items, ...sizeOf(least) }, others, [
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(mostInList),
    IsString(each),
    Matches(codePattern, { ...isCodeFault, ...each }),
  ]);
}

/** One of the values named. */
export function OneOf(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, enum: [...values] }, options, [IsIn([...values])]);
}

/** A list of some of the values named, of `least` items at least. */
export function ListOf(
  values: readonly string[],
  options: FieldOptions & { readonly least?: number } = {},
): PropertyDecorator {
  const { least = 0, ...others } = options;
  const items = { type: 'string', enum: [...values] };
  return field({ type: 'array', items, ...sizeOf(least) }, others, [
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(mostInList),
    IsIn([...values], { each: true }),
  ]);
}

const sizeOf = (least: number) => ({ maxItems: mostInList, ...(least > 0 && { minItems: least }) });

/** A line for people, such as a station's name. In an answer it may be `free`: any text, or none. */
export function Text(
  options: FieldOptions & { readonly maxLength?: number; readonly free?: boolean } = {},
): PropertyDecorator {
  const { maxLength = 200, free = false, ...others } = options;
  if (free) return field({ type: String, maxLength }, others, [IsString(), LengthWithin(maxLength)]);
  return field({ type: String, maxLength, pattern: lineOfText.source }, others, [
    IsString(),
    LengthWithin(maxLength),
    Matches(lineOfText, { message: 'must be a line of text that is not empty' }),
  ]);
}

/** Six to twelve digits that a person types to sign. Call the field `pin`: such members stay out of stored digests. */
export function PinField(options: FieldOptions = {}): PropertyDecorator {
  const message = 'must be 6 to 12 digits';
  return field({ type: String, pattern: pinPattern.source, format: 'password' }, options, [
    IsString(),
    Matches(pinPattern, { message }),
  ]);
}

/** A password to set or to check. Call the field `password`: such members stay out of stored digests. */
export function Password(options: FieldOptions = {}): PropertyDecorator {
  const pattern = wholeCharacters.source;
  return field({ type: String, minLength: 12, maxLength: 128, pattern, format: 'password' }, options, [
    IsString(),
    LengthWithin(128, 12),
    Matches(wholeCharacters, { message: 'holds U+0000 or half of a character' }),
  ]);
}

const opaquePatterns = {
  jwt: /^[\w-]+\.[\w-]+\.[\w-]+$/,
  yz: /^yz_[0-9a-f]{16}_[0-9a-f]{72}$/,
  yzc: /^yzc_[0-9a-f]{64}$/,
  yzr: /^yzr_[0-9a-f]{64}$/,
};

/** A secret that we have made: a token, an API key, a claim or a refresh token. */
export function Opaque(kind: keyof typeof opaquePatterns, options: FieldOptions = {}): PropertyDecorator {
  const pattern = opaquePatterns[kind];
  return field({ type: String, maxLength: 4_096, pattern: pattern.source, format: 'password' }, options, [
    IsString(),
    LengthWithin(4_096),
    Matches(pattern, { message: 'is not written as such a token' }),
  ]);
}

/** Text of several lines for people, such as a note. */
export function Lines(options: FieldOptions & { readonly maxLength?: number } = {}): PropertyDecorator {
  const { maxLength = 2000, ...others } = options;
  const message = 'must be text that is not empty';
  return field({ type: String, minLength: 1, maxLength, pattern: linesOfText.source }, others, [
    IsString(),
    LengthWithin(maxLength),
    Matches(linesOfText, { message }),
  ]);
}

/** A UUID, made by the client where it can be offline; in small letters, as the database writes it. */
export function Uuid(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, format: 'uuid', pattern: uuidPattern.source }, options, [
    Transform(({ value }) => inLowerCase(value)),
    IsString(),
    Matches(uuidPattern, { message: 'must be a UUID' }),
  ]);
}

function inLowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** A SHA-256 digest as the event contract has it: 64 hex digits in lower case. */
export function Sha256(options: FieldOptions = {}): PropertyDecorator {
  const message = 'must be a SHA-256 digest: 64 hex digits in lower case';
  return field({ type: String, pattern: sha256Pattern.source }, options, [
    IsString(),
    Matches(sha256Pattern, { message }),
  ]);
}

/** An RFC 3339 instant with a zone; `instantOf` gives its epoch milliseconds. */
export function Instant(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, format: 'date-time', pattern: instantPattern.source }, options, [Validate(IsInstant)]);
}

/** A time of day as clocks show it, `HH:MM`; `24:00` is the end of the day. */
export function TimeOfDay(options: FieldOptions = {}): PropertyDecorator {
  const message = 'must be a time of day such as 08:30; 24:00 is the end of the day';
  return field({ type: String, pattern: timeOfDayPattern.source }, options, [
    IsString(),
    Matches(timeOfDayPattern, { message }),
  ]);
}

/** A day of the calendar, `YYYY-MM-DD`. */
export function CalendarDay(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, format: 'date', pattern: dayPattern.source }, options, [Validate(IsCalendarDay)]);
}

export function Flag(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: Boolean }, options, [IsBoolean()]);
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** A whole number. */
export function WholeNumber(options: FieldOptions & Range = {}): PropertyDecorator {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, ...others } = options;
  return field({ type: 'integer', minimum: min, maximum: max }, others, [IsInt(), Min(min), Max(max)]);
}

/** A list of whole numbers. */
export function WholeNumbers(options: FieldOptions & Range = {}): PropertyDecorator {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, ...others } = options;
  const each = { each: true };
  return field(
    { type: 'array', items: { type: 'integer', minimum: min, maximum: max }, maxItems: mostInList },
    others,
    [IsArray(), ArrayMaxSize(mostInList), IsInt(each), Min(min, each), Max(max, each)],
  );
}

/** A number that need not be whole, such as tonnes or degrees. */
export function Quantity(options: FieldOptions & Range = {}): PropertyDecorator {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, ...others } = options;
  const number = IsNumber({ allowNaN: false, allowInfinity: false });
  return field({ type: Number, minimum: min, maximum: max }, others, [number, Min(min), Max(max)]);
}

/** An object whose fields something else looks at. */
export function AnyObject(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'object', additionalProperties: true }, options, [IsObject()]);
}

/** The `Idempotency-Key` of a request that comes as one of several: visible ASCII characters. */
export function RequestKey(options: FieldOptions = {}): PropertyDecorator {
  const message = 'must be 1 to 150 visible ASCII characters';
  return field({ type: String, minLength: 1, maxLength: 150, pattern: requestKeyPattern.source }, options, [
    IsString(),
    Matches(requestKeyPattern, { message }),
  ]);
}

/** An object of another DTO class, or a list of them. */
export function Nested(
  type: () => new () => object,
  options: FieldOptions & { readonly list?: boolean; readonly mostItems?: number } = {},
): PropertyDecorator {
  const { list = false, mostItems = mostInList, ...others } = options;
  const each = { each: list };
  // Swagger knows a lazy type by its name: it must be a function that is called `type`.
  return field({ type: () => type(), isArray: list, ...(list ? { maxItems: mostItems } : {}) }, others, [
    ...(list ? [IsArray(), ArrayMaxSize(mostItems)] : []),
    IsObject(each),
    ValidateNested(each),
    Type(type),
  ]);
}

function field(
  schema: ApiPropertyOptions,
  { optional = false, nullable = false, description, example }: FieldOptions,
  checks: readonly PropertyDecorator[],
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      ...schema,
      required: !optional,
      ...(nullable ? { nullable } : {}),
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
    } as ApiPropertyOptions),
    ...(optional && nullable ? [IsOptional()] : []),
    ...(optional && !nullable ? [ValidateIf((_object, value: unknown) => value !== undefined)] : []),
    ...(nullable && !optional ? [ValidateIf((_object, value: unknown) => value !== null)] : []),
    ...checks,
  );
}
