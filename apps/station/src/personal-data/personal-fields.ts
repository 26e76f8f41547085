import { Problem } from '@yizhan/kernel';
import { identityNumberIn } from './identity-number.js';
import { phoneNumberIn } from './phone-number.js';

/** What is kept of a person and shown to few. */
export const personalFields = ['name', 'phone', 'identityNumber'] as const;
export type PersonalField = (typeof personalFields)[number];
export type PersonalFields = Readonly<Partial<Record<PersonalField, string>>>;
/** Null takes a field away; what is left out stays. */
export type PersonalChanges = Readonly<Partial<Record<PersonalField, string | null>>>;

const readers: Readonly<Record<PersonalField, (text: string) => string | undefined>> = {
  name: (text) => text.trim() || undefined,
  phone: phoneNumberIn,
  identityNumber: identityNumberIn,
};
const faults: Readonly<Record<PersonalField, string>> = {
  name: 'is empty',
  phone: 'is no phone number: eleven digits, or + and the country',
  identityNumber: 'is no identity number: 18 characters whose last one checks the others (GB 11643)',
};

/** The fields as they are kept. @throws Problem `invalid` that names the fields which are wrong, never what they hold. */
export function readPersonalChanges(given: PersonalChanges): PersonalChanges {
  const entries = personalFields.flatMap((field) => {
    const text = given[field];
    return text === undefined ? [] : [[field, text === null ? null : readers[field](text)] as const];
  });
  const errors = entries.flatMap(([field, value]) => (value === undefined ? [{ field, faults: [faults[field]] }] : []));
  if (errors.length === 0) return Object.fromEntries(entries);
  const message = errors.map(({ field }) => `${field} ${faults[field]}`).join('; ');
  throw new Problem('invalid', 'REQUEST.INVALID', message, { errors });
}

/** A field as it is kept, or what is wrong with it, which never says what it holds. */
export function readPersonalField(
  field: PersonalField,
  text: string,
): { readonly value: string } | { readonly fault: string } {
  const value = readers[field](text);
  return value === undefined ? { fault: faults[field] } : { value };
}

/** Which fields are still to be asked for. */
export const missingIn = (known: readonly string[]): PersonalField[] =>
  personalFields.filter((field) => !known.includes(field));
