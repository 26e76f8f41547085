import { Problem } from '@yizhan/kernel';
import { identityNumberIn } from './identity-number.js';
import { mobileInChina } from './phone-number.js';

/** What is said of an id that is somebody's number. */
export const personalIdFault = 'must be an id, and is a phone or identity number';

/** Whether an id, or what follows the kind before it as in `driver:R1`, is a mobile or an identity number: in an event it would stay for good. */
export function isPersonalId(id: string): boolean {
  const bare = id.slice(id.indexOf(':') + 1);
  return [id, bare].some((text) => mobileInChina.test(text) || identityNumberIn(text) !== undefined);
}

/** @throws Problem `invalid` where the id in this field is somebody's phone or identity number. */
export function refusePersonalId(field: string, id: string): void {
  if (!isPersonalId(id)) return;
  const errors = [{ field, faults: [personalIdFault] }];
  throw new Problem('invalid', 'REQUEST.INVALID', `${field} ${personalIdFault}`, { errors });
}
