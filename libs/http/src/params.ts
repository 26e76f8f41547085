import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { Problem } from '@yizhan/kernel';
import { codePattern, sha256Pattern, uuidPattern } from './fields.js';

/** A code in the path, such as a station's. */
export function CodeParam(name: string): ParameterDecorator {
  return checkedParam(name, codePattern, 'a code', { type: 'string', maxLength: 64, pattern: codePattern.source });
}

/** A UUID in the path, in lower case whatever was asked. */
export function UuidParam(name: string): ParameterDecorator {
  const schema = { type: 'string', format: 'uuid', pattern: uuidPattern.source } as const;
  return checkedParam(name, uuidPattern, 'a UUID', schema, (value) => value.toLowerCase());
}

/** A SHA-256 digest in the path: 64 hex digits in lower case. */
export function Sha256Param(name: string): ParameterDecorator {
  return checkedParam(name, sha256Pattern, 'a SHA-256 digest', { type: 'string', pattern: sha256Pattern.source });
}

function checkedParam(
  name: string,
  pattern: RegExp,
  what: string,
  schema: { type: 'string'; format?: string; maxLength?: number; pattern?: string },
  written: (value: string) => string = (value) => value,
): ParameterDecorator {
  const check: PipeTransform<string, string> = {
    transform(value) {
      if (pattern.test(value)) return written(value);
      throw new Problem('invalid', 'REQUEST.INVALID', `${name} in the address must be ${what}`, { field: name });
    },
  };
  return (target, key, index) => {
    Param(name, check)(target, key, index);
    const route = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && route) ApiParam({ name, required: true, schema })(target, key, route);
  };
}
