import { parts, text } from '../plain-event.js';
import type { Grant } from '../world.js';
import type { AssignmentCheck, Assigning } from './assigning.js';

/** Each certificate that the handoff asks for and each credential of the pack is valid from planned start to planned return. */
export const holdsValidCredentials: AssignmentCheck = (assigning) => {
  const needed = [...assigning.handoff.certificates, ...credentialsOfThePack(assigning)];
  const missing = needed.find(
    (credential) =>
      !assigning.driver.grants.some((grant) => grant.credential === credential && isValid(grant, assigning)),
  );
  return missing && `his ${missing} is not valid from ${assigning.startAt} to ${assigning.returnAt}`;
};

function credentialsOfThePack({ rules, handoff }: Assigning): string[] {
  return parts(rules, 'credentials')
    .filter(
      (rule) =>
        rule['when'] === undefined ||
        rule['when'] === 'always' ||
        (rule['when'] === 'licence_above_C1' && handoff.licence !== 'C1'),
    )
    .map((rule) => text(rule, 'credential'));
}

/** A recall counts once it is recorded; against a swap that was over before, only if it was recalled before the start. */
function isValid(grant: Grant, { startAt, returnAt, late }: Assigning): boolean {
  if (grant.recalledAt !== undefined && (!late || grant.recalledAt <= startAt)) return false;
  return grant.from <= startAt && returnAt <= grant.until;
}
