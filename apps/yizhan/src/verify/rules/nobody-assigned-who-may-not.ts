import { maybeText, part, parts, policyRef, subjectId, text, texts, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';
import type { World } from '../world.js';
import type { AssignmentCheck } from './assigning.js';
import { belongsToThePool, poolMoves } from './belongs-to-one-pool.js';
import { consentSteps, hasConsentInForce } from './consent-covers-the-handoff.js';
import { holdsTheLicence } from './holds-the-licence.js';
import { holdsValidCredentials } from './holds-valid-credentials.js';
import { hasAnOpenShift } from './has-an-open-shift.js';
import { isOnTheRightSide } from './is-on-the-right-side.js';
import { isCovered, passSteps } from './pass-covers-the-driver.js';
import { loneOverride } from './override-has-a-second-person.js';
import { staysWithinHours } from './stays-within-hours.js';

/** In order; `override` names what an override must name to lift the check, absent where nothing lifts it. */
const checks: readonly { check: AssignmentCheck; override?: string }[] = [
  { check: isOnTheRightSide },
  { check: belongsToThePool },
  { check: holdsTheLicence },
  { check: holdsValidCredentials, override: 'credentials' },
  { check: hasAnOpenShift, override: 'shift' },
  { check: staysWithinHours, override: 'hours' },
];
const NEVER = ['side', 'licence', 'custody'];
const OVERRIDABLE = ['hours', 'credentials', 'shift', 'travel'];

/** Rule 7: side, pool, licence, credentials, shift and hours, unless overridden where that is possible. */
export const nobodyAssignedWhoMayNot: Rule = {
  number: 7,
  on: {
    ...poolMoves,
    ...passSteps,
    ...consentSteps,
    'handoff.assigned': isAllowed,
    'handoff.started': (event, world) =>
      hasConsent(event, world) ?? hasConsentInForce(event, world) ?? isCovered(event, world),
  },
};

function isAllowed(event: PlainEvent, world: World): string | undefined {
  const { data } = event;
  const visit = world.visits.get(subjectId(event));
  const handoff = world.handoffs.get(text(data, 'handoffId'));
  const driver = world.drivers.get(text(data, 'driverId'));
  const rules = world.policies.get(policyRef(data) ?? '') ?? {};
  const overridden = parts(data, 'overrides').map((override) => text(override, 'rule'));
  const mayBe = rules['overridable'] === undefined ? OVERRIDABLE : texts(rules, 'overridable');
  const forbidden = overridden.find((rule) => NEVER.includes(rule) || !mayBe.includes(rule));
  if (forbidden)
    return `the assignment to ${text(data, 'handoffId')} overrides ${forbidden}, which can not be overridden`;
  const lone = loneOverride(data, rules);
  if (lone) return `the assignment to ${text(data, 'handoffId')} ${lone}`;
  if (!visit || !handoff || !driver) return undefined;
  const startAt = text(data, 'plannedStartAt');
  const returnAt = maybeText(data, 'plannedReturnAt') ?? startAt;
  const assigning = { event, visit, handoff, driver, rules, startAt, returnAt, late: data['late'] === true };
  const lifted = (override?: string): boolean => override !== undefined && overridden.includes(override);
  for (const { check, override } of checks) {
    const fault = lifted(override) ? undefined : check(assigning);
    if (fault) return `driver ${driver.id} is assigned to handoff ${handoff.id} of truck ${visit.plate}, but ${fault}`;
  }
  return undefined;
}

/** A driver of the emergency team takes another carrier's truck only where that carrier's consent is on record. */
function hasConsent(event: PlainEvent, world: World): string | undefined {
  const handoff = world.handoffs.get(text(event.data, 'handoffId'));
  const visit = world.visits.get(handoff?.visitId ?? '');
  if (!handoff?.assignment?.needsConsent || !visit?.carrierId) return undefined;
  const authorisedBy = text(part(event.data, 'authorisation'), 'carrierId');
  return authorisedBy === visit.carrierId
    ? undefined
    : `emergency driver ${handoff.assignment.driverId} starts handoff ${handoff.id} of truck ${visit.plate} without the consent of carrier ${visit.carrierId}`;
}
