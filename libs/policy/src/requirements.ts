import type { CredentialCondition, PolicyFlow, PolicyRules } from './policy-rules.js';

/** The credentials that a driver of `truck` must hold, valid from planned start to planned return. */
export function credentialsNeeded(
  rules: Pick<PolicyRules, 'credentials'>,
  truck: { readonly licenceRequired: string },
): string[] {
  return rules.credentials
    .filter(({ when }) => applies(when, truck.licenceRequired))
    .map(({ credential }) => credential);
}

/** The checks that a visit of this flow must pass before its handoff may start. */
export function checksNeeded(rules: Pick<PolicyRules, 'checks'>, flow: PolicyFlow): string[] {
  return [...rules.checks[flow]];
}

function applies(when: CredentialCondition, licenceRequired: string): boolean {
  switch (when) {
    case 'always':
      return true;
    case 'licence_above_C1':
      return licenceRequired !== 'C1';
    default:
      return when satisfies never;
  }
}
