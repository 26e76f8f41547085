import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, ValidateIf } from 'class-validator';

const countyCodePattern = /^[0-9]{6}$/;

/** A county by its code of six digits (GB/T 2260), as a field of a request. */
export function CountyCode(options: { readonly optional?: boolean; readonly description?: string }): PropertyDecorator {
  const { optional = false, description } = options;
  return applyDecorators(
    ApiProperty({
      type: String,
      pattern: countyCodePattern.source,
      required: !optional,
      example: '330782',
      ...(description === undefined ? {} : { description }),
    }),
    ...(optional ? [ValidateIf((_object, value: unknown) => value !== undefined)] : []),
    IsString(),
    Matches(countyCodePattern, { message: 'must be a county code of six digits' }),
  );
}
