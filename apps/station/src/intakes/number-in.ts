import { Problem } from '@yizhan/kernel';
import { readPersonalChanges } from '../personal-data/personal-fields.js';

/** A phone number as it is kept. @throws Problem `invalid` that names the field, never what it holds. */
export function numberIn(field: string, text: string): string {
  try {
    const { phone } = readPersonalChanges({ phone: text });
    if (typeof phone === 'string') return phone;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  const faults = ['is no phone number: eleven digits, or + and the country'];
  throw new Problem('invalid', 'REQUEST.INVALID', `${field} ${faults.join()}`, { errors: [{ field, faults }] });
}
