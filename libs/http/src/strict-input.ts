import { type ValidationError, ValidationPipe } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';

interface FieldFault {
  /** Path of the field, such as `consignments.0.tonnes`. */
  readonly field: string;
  readonly faults: readonly string[];
}

/** Unknown fields are refused and named; each wrong field says what is wrong with it. Values are never repeated. */
export function strictInput(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false },
    exceptionFactory: (errors) => problemOf(errors.flatMap((error) => faultsOf(error, ''))),
  });
}

function problemOf(errors: readonly FieldFault[]): Problem {
  const named = errors.map(({ field, faults }) => `${field} ${faults.join(' and ')}`);
  return new Problem('invalid', 'REQUEST.INVALID', named.join('; ') || 'the body is no object', { errors });
}

function faultsOf({ property, value, constraints = {}, children = [] }: ValidationError, above: string): FieldFault[] {
  const field = above === '' ? property : `${above}.${property}`;
  const inside = children.flatMap((child) => faultsOf(child, field));
  if (Object.keys(constraints).length === 0) return inside;
  return [{ field, faults: faultsOfField(property, value, constraints) }, ...inside];
}

/** What is not there breaks every rule, and only that is said of it. */
function faultsOfField(name: string, value: unknown, constraints: Readonly<Record<string, string>>): string[] {
  if ('whitelistValidation' in constraints) return ['is not a field of this request'];
  if (value === undefined) return ['is missing'];
  if (value === null) return ['must not be null'];
  return Object.values(constraints).map((message) => withoutName(message, name));
}

const withoutName = (message: string, name: string): string =>
  message.startsWith(`${name} `) ? message.slice(name.length + 1) : message;
