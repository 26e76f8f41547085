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
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => problemOf(errors.flatMap((error) => faultsOf(error, ''))),
  });
}

function problemOf(errors: readonly FieldFault[]): Problem {
  const named = errors.map(({ field, faults }) => `${field} ${faults.join(' and ')}`);
  return new Problem('invalid', 'REQUEST.INVALID', named.join('; ') || 'the body is no object', { errors });
}

function faultsOf({ property, constraints = {}, children = [] }: ValidationError, above: string): FieldFault[] {
  const field = above === '' ? property : `${above}.${property}`;
  const faults = Object.entries(constraints).map(([rule, message]) =>
    rule === 'whitelistValidation' ? 'is not a field of this request' : withoutName(message, property),
  );
  const inside = children.flatMap((child) => faultsOf(child, field));
  return faults.length === 0 ? inside : [{ field, faults }, ...inside];
}

const withoutName = (message: string, name: string): string =>
  message.startsWith(`${name} `) ? message.slice(name.length + 1) : message;
