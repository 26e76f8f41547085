import { Problem } from '@yizhan/kernel';

export const personKinds = ['driver', 'operator', 'carrier'] as const;
export type PersonKind = (typeof personKinds)[number];

/** Whom data belong to: `driver:R1`, `operator:lin`, or who is to be called at a carrier, `carrier:C1`. */
export interface Person {
  readonly kind: PersonKind;
  readonly id: string;
}

/** @throws Problem `invalid` for what is no id of a person. */
export function personOf(personId: string): Person {
  const colon = personId.indexOf(':');
  const kind = personKinds.find((each) => each === personId.slice(0, colon));
  const id = personId.slice(colon + 1);
  if (kind && id !== '') return { kind, id };
  const message = `a person is ${personKinds.map((each) => `${each}:…`).join(', ')}`;
  throw new Problem('invalid', 'PERSONAL_DATA.NO_PERSON', message, { field: 'personId' });
}
