import { maybeText, part, subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Check } from '../rule.js';
import type { Consent, Visit, World } from '../world.js';

/** What is revoked was given, and is revoked once. */
export const consentSteps: Readonly<Record<string, Check>> = {
  'consent.given': (event, world) => {
    const id = subjectId(event);
    return world.consents.has(id) ? `consent ${id} is given twice` : undefined;
  },
  'consent.revoked': (event, world) => {
    const id = subjectId(event);
    const consent = world.consents.get(id);
    if (!consent) return `consent ${id} is revoked, but nobody has given it`;
    return consent.revokedAt === undefined ? undefined : `consent ${id} is revoked twice`;
  },
};

/** A handoff that starts with a consent given beforehand: that consent is in force then, and about this truck. */
export function hasConsentInForce(event: PlainEvent, world: World): string | undefined {
  const id = maybeText(part(event.data, 'authorisation'), 'consentId');
  if (id === undefined) return undefined;
  const consent = world.consents.get(id);
  const handoff = world.handoffs.get(text(event.data, 'handoffId'));
  const visit = world.visits.get(handoff?.visitId ?? '');
  const starts = `handoff ${text(event.data, 'handoffId')} starts with consent ${id}`;
  if (!consent) return `${starts}, which nobody has given`;
  const why = visit && (notAbout(consent, visit) ?? notInForce(consent, text(event.data, 'startedAt')));
  return why === undefined ? undefined : `${starts}, ${why}`;
}

function notAbout(consent: Consent, visit: Visit): string | undefined {
  const { carrierId, areaCode, stationCode, flow, plate } = consent;
  if (visit.carrierId !== undefined && carrierId !== visit.carrierId) return `which is of carrier ${carrierId}`;
  if (areaCode !== visit.areaCode) return `which is of area ${areaCode}`;
  const isAbout =
    (stationCode ?? visit.stationCode) === visit.stationCode &&
    (flow ?? visit.flow) === visit.flow &&
    (plate ?? visit.plate) === visit.plate;
  return isAbout ? undefined : `which is not about truck ${visit.plate} there`;
}

function notInForce({ from, until, revokedAt }: Consent, at: string): string | undefined {
  if (at < from) return `which is given later, at ${from}`;
  if (until !== undefined && at >= until) return `which was over at ${until}`;
  return revokedAt !== undefined && at >= revokedAt ? `which was revoked at ${revokedAt}` : undefined;
}
