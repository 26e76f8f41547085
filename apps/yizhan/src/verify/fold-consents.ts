import { maybeText, subjectId, text } from './plain-event.js';
import type { Fold } from './world.js';

/** How what carriers have agreed to beforehand changes the state. */
export const consentFolds: Readonly<Record<string, Fold>> = {
  'consent.given': (event, world) => {
    const { partitionkey: areaCode, data } = event;
    const id = subjectId(event);
    world.journal.put(world.consents, id, {
      id,
      areaCode,
      carrierId: text(data, 'carrierId'),
      stationCode: maybeText(data, 'stationCode'),
      flow: maybeText(data, 'flow'),
      plate: maybeText(data, 'plate'),
      from: text(data, 'givenAt'),
      until: maybeText(data, 'validUntil'),
    });
  },
  'consent.revoked': (event, world) => {
    const consent = world.consents.get(subjectId(event));
    if (consent) world.journal.set(consent, 'revokedAt', text(event.data, 'revokedAt'));
  },
};
