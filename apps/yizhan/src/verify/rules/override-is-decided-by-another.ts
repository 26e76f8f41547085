import { maybeText, shortName, subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';

interface Asked {
  readonly visitId: string;
  readonly handoffId: string;
  readonly rule: string;
  readonly driverId: string | undefined;
  readonly byId: string;
  readonly expiresAt: string;
}

/** Rule 7, of second persons: what is approved or refused was asked for, by somebody else, and is decided once and in time. */
export function overrideIsDecidedByAnother(): Rule {
  const open = new Map<string, Asked>();
  const decision = (event: PlainEvent): string | undefined => decisionFault(event, open);
  return {
    number: 7,
    on: {
      'handoff.override_requested': ({ data }) => {
        const id = text(data, 'overrideRequestId');
        return open.has(id) ? `override request ${id} is asked twice` : undefined;
      },
      'handoff.override_approved': decision,
      'handoff.override_refused': decision,
    },
    observe: (event) => {
      const name = shortName(event.type);
      const id = text(event.data, 'overrideRequestId');
      if (name === 'handoff.override_requested') open.set(id, askedIn(event));
      else if (name.startsWith('handoff.override_')) open.delete(id);
    },
  };
}

const askedIn = (event: PlainEvent): Asked => ({
  visitId: subjectId(event),
  handoffId: text(event.data, 'handoffId'),
  rule: text(event.data, 'rule'),
  driverId: maybeText(event.data, 'driverId'),
  byId: text(event.data, 'byId'),
  expiresAt: text(event.data, 'expiresAt'),
});

function decisionFault(event: PlainEvent, open: ReadonlyMap<string, Asked>): string | undefined {
  const { data, time } = event;
  const id = text(data, 'overrideRequestId');
  const asked = open.get(id);
  const byId = text(data, 'byId');
  if (!asked) return `override request ${id} is decided by ${byId}, but it is not open`;
  if (asked.byId === byId) return `override request ${id} is decided by ${byId}, who has asked for it`;
  if (asked.expiresAt <= time)
    return `override request ${id} is decided at ${time}, but it ended at ${asked.expiresAt}`;
  const isSame =
    asked.visitId === subjectId(event) &&
    asked.handoffId === text(data, 'handoffId') &&
    asked.rule === text(data, 'rule') &&
    asked.driverId === maybeText(data, 'driverId');
  return isSame ? undefined : `override request ${id} is decided as another one than was asked for`;
}
