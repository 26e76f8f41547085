import { parseInstant } from '@yizhan/kernel';
import {
  Validate,
  type ValidationArguments,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';

export const dayPattern = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-\d{2}$/;

@ValidatorConstraint({ name: 'isInstant' })
export class IsInstant implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && parseInstant(value) !== undefined;
  }

  defaultMessage(): string {
    return 'must be an RFC 3339 instant with a zone, such as 2026-03-02T08:00:00+08:00';
  }
}

/** Counts characters as JSON Schema does: `MaxLength` of class-validator leaves some of them out. */
@ValidatorConstraint({ name: 'hasLength' })
class HasLength implements ValidatorConstraintInterface {
  validate(value: unknown, { constraints: [min, max] }: ValidationArguments): boolean {
    if (typeof value !== 'string') return false;
    // A character has one or two units.
    if (value.length > 2 * (max as number)) return false;
    const { length } = Array.from(value);
    return length >= (min as number) && length <= (max as number);
  }

  defaultMessage({ constraints: [min, max] }: ValidationArguments): string {
    const least = (min as number) > 0 ? `at least ${String(min)} and ` : '';
    return `must have ${least}at most ${String(max)} characters`;
  }
}

/** At most so many characters, and at least `min`. */
export const LengthWithin = (max: number, min = 0): PropertyDecorator => Validate(HasLength, [min, max]);

@ValidatorConstraint({ name: 'isCalendarDay' })
export class IsCalendarDay implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && dayPattern.test(value) && parseInstant(`${value}T00:00:00Z`) !== undefined;
  }

  defaultMessage(): string {
    return 'must be a day of the calendar, such as 2026-03-02';
  }
}
