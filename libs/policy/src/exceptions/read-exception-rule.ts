import {
  invalid,
  listOf,
  objectOf,
  oneOf,
  optional,
  type Reader,
  wholeAboveZero,
  wholeFromZero,
} from '../field-readers.js';
import { type ExceptionRole, exceptionRoles, type ExceptionRule, type ExceptionStep } from './exception-rules.js';

const steps = listOf(
  objectOf<ExceptionStep>({ role: oneOf<ExceptionRole>(...exceptionRoles), withinSeconds: wholeAboveZero }),
);

/** From role to role it only rises. */
const rising: Reader<readonly ExceptionStep[]> = (value, field) => {
  const read = steps(value, field);
  const levels = read.map(({ role }) => exceptionRoles.indexOf(role));
  if (levels.some((level, index) => index > 0 && level <= levels[index - 1])) {
    throw invalid(field, `steps in the order ${exceptionRoles.join(', ')}`, value);
  }
  return read;
};

/** What a pack says of the exceptions of one code. */
export const readExceptionRule: Reader<ExceptionRule> = objectOf<ExceptionRule>({
  opensAfterSeconds: optional(wholeFromZero),
  opensAtCount: optional(wholeAboveZero),
  steps: rising,
});
