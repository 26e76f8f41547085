import { parts, party, shortName, subjectId, text, texts, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';
import type { World } from '../world.js';

interface Met {
  readonly handoffId: string;
  readonly at: string;
  readonly withId?: string;
}

interface Recall {
  readonly driverId: string;
  readonly credential: string;
  readonly recalledAt: string;
  /** How many handoffs of his the log had by then. */
  readonly met: number;
  isTraced: boolean;
}

interface Given {
  readonly driverId: string;
  readonly isOverridden: boolean;
  /** Credentials of his that were recalled since. */
  readonly recalled: Recall[];
}

/**
 * Rule 7, of recalls: what was assigned to a driver before his credential was recalled does not start where it asks for it,
 * and who met him since is listed.
 */
export function recallIsTraced(): Rule {
  const met = new Map<string, Met[]>();
  const recalls = new Map<string, Recall>();
  const given = new Map<string, Given>();

  const note = (driverId: string, meeting: Met): void => {
    const meetings = met.get(driverId);
    if (meetings) meetings.push(meeting);
    else met.set(driverId, [meeting]);
  };

  const observe = (event: PlainEvent): void => {
    const { data } = event;
    const handoffId = text(data, 'handoffId');
    const driverId = text(data, 'driverId');
    switch (shortName(event.type)) {
      case 'handoff.completed': {
        const from = party(data, 'from');
        const at = text(data, 'custodyAt');
        const toDriverId = text(data, 'toDriverId');
        given.delete(handoffId);
        note(toDriverId, { handoffId, at, ...(from?.kind === 'driver' ? { withId: from.id } : {}) });
        if (from?.kind === 'driver') note(from.id, { handoffId, at, withId: toDriverId });
        return;
      }
      case 'handoff.assigned': {
        const isOverridden = parts(data, 'overrides').some((override) => text(override, 'rule') === 'credentials');
        given.set(handoffId, { driverId, isOverridden, recalled: [] });
        return;
      }
      case 'handoff.assignment_ended':
      case 'handoff.aborted':
        given.delete(handoffId);
        return;
      case 'driver.credential_recalled': {
        const recall: Recall = {
          driverId: subjectId(event),
          credential: text(data, 'credential'),
          recalledAt: text(data, 'recalledAt'),
          met: met.get(subjectId(event))?.length ?? 0,
          isTraced: false,
        };
        recalls.set(event.id, recall);
        for (const each of given.values()) if (each.driverId === recall.driverId) each.recalled.push(recall);
        return;
      }
      case 'driver.credential_granted':
        for (const each of given.values()) {
          if (each.driverId === subjectId(event))
            each.recalled.splice(0, each.recalled.length, ...without(each.recalled, text(data, 'credential')));
        }
        return;
      case 'driver.recall_traced': {
        const recall = recalls.get(text(data, 'recallEventId'));
        if (recall) recall.isTraced = true;
      }
    }
  };

  const traced = ({ data }: PlainEvent, world: World): string | undefined => {
    const driverId = text(data, 'driverId');
    const recall = recalls.get(text(data, 'recallEventId'));
    if (recall?.driverId !== driverId || recall.credential !== text(data, 'credential'))
      return `the recall of a ${text(data, 'credential')} of ${driverId} is traced, but there was none`;
    if (recall.isTraced) return `the recall of the ${recall.credential} of ${driverId} is traced twice`;
    const since = text(data, 'since');
    const listed = new Set(texts(data, 'handoffIds'));
    const contacts = new Set(parts(data, 'contacts').map((contact) => text(contact, 'id')));
    const missing = (met.get(driverId) ?? [])
      .slice(0, recall.met)
      .find(
        ({ handoffId, at, withId }) => at >= since && !(listed.has(handoffId) && (!withId || contacts.has(withId))),
      );
    if (missing)
      return `${driverId} was recalled, but handoff ${missing.handoffId} with ${missing.withId ?? 'nobody'} is not listed`;
    const kept = [...given].find(
      ([handoffId, { driverId: whose, isOverridden, recalled }]) =>
        whose === driverId &&
        !isOverridden &&
        world.handoffs.get(handoffId)?.state === 'requested' &&
        recalled.includes(recall) &&
        asksFor(world, handoffId, recall.credential),
    );
    return kept && `${driverId} was recalled, but is still assigned to handoff ${kept[0]}`;
  };

  const started = ({ data }: PlainEvent, world: World): string | undefined => {
    const handoffId = text(data, 'handoffId');
    const assignment = given.get(handoffId);
    if (!assignment || assignment.isOverridden) return undefined;
    const startedAt = text(data, 'startedAt');
    const recall = assignment.recalled.find(
      ({ credential, recalledAt }) => recalledAt <= startedAt && asksFor(world, handoffId, credential),
    );
    return (
      recall &&
      `driver ${assignment.driverId} starts handoff ${handoffId}, but his ${recall.credential} was recalled since`
    );
  };

  return { number: 7, observe, on: { 'driver.recall_traced': traced, 'handoff.started': started } };
}

function asksFor(world: World, handoffId: string, credential: string): boolean {
  return world.handoffs.get(handoffId)?.certificates.includes(credential) ?? false;
}

function without(recalls: readonly Recall[], credential: string): Recall[] {
  return recalls.filter((recall) => recall.credential !== credential);
}
