import { part, parts, subjectId, text, texts, type PlainEvent } from '../plain-event.js';
import type { Check, Rule } from '../rule.js';
import { isUnfinished, lastVerdict, type Handoff, type Hold, type Visit, type World } from '../world.js';
import { loneOverride } from './override-has-a-second-person.js';

/** Rule 5: requested, assigned, accepted, started, completed; once started only completed or aborted. */
export const startsAndCompletesInOrder: Rule = {
  number: 5,
  on: {
    'handoff.requested': isNew,
    'handoff.accepted': onHandoff((event, handoff) => {
      const driverId = text(event.data, 'driverId');
      if (handoff.state === 'requested' && handoff.assignment?.driverId === driverId) return undefined;
      return `driver ${driverId} accepts handoff ${handoff.id}, to which he is not assigned`;
    }),
    'handoff.assignment_ended': onHandoff((event, handoff) =>
      handoff.state === 'started'
        ? `the assignment of driver ${text(event.data, 'driverId')} to handoff ${handoff.id} ends after it started; it can only complete or abort`
        : undefined,
    ),
    'handoff.started': onHandoff(
      (event, handoff, visit) => isReady(event, handoff) ?? isChecked(event, handoff, visit),
    ),
    'handoff.completed': (event, world) =>
      onHandoff(completes)(event, world) ??
      onHandoff((_event, handoff) => takesTheSeal(event, handoff, world))(event, world),
    'handoff.aborted': onHandoff((_event, handoff) =>
      isUnfinished(handoff) ? undefined : `handoff ${handoff.id} is aborted, but it is ${handoff.state}`,
    ),
    'visit.departed': (event, world) => {
      const ids = world.visits.get(subjectId(event))?.handoffIds ?? [];
      const started = ids.find((id) => world.handoffs.get(id)?.state === 'started');
      return (
        started && `${event.subject} departs while handoff ${started} is started and neither completed nor aborted`
      );
    },
  },
};

function onHandoff(
  check: (event: PlainEvent, handoff: Handoff, visit: Visit | undefined) => string | undefined,
): Check {
  return (event, world) => {
    const handoff = world.handoffs.get(text(event.data, 'handoffId'));
    return handoff && check(event, handoff, world.visits.get(handoff.visitId));
  };
}

function isNew(event: PlainEvent, world: World): string | undefined {
  const id = text(event.data, 'handoffId');
  const before = world.handoffs.get(id);
  if (before) return `handoff ${id} is requested again, but it is ${before.state}; a new try has a new id`;
  const open = world.visits
    .get(subjectId(event))
    ?.handoffIds.find((other) => world.handoffs.get(other)?.state !== 'aborted');
  return open && `handoff ${id} is requested in ${event.subject}, whose handoff ${open} has not been aborted`;
}

function isReady(event: PlainEvent, handoff: Handoff): string | undefined {
  const driverId = text(event.data, 'driverId');
  if (handoff.state !== 'requested') return `handoff ${handoff.id} is started, but it is ${handoff.state}`;
  if (handoff.assignment?.driverId !== driverId)
    return `driver ${driverId} starts handoff ${handoff.id}, to which he is not assigned`;
  if (!handoff.assignment.accepted && !handoff.assignment.late)
    return `driver ${driverId} starts handoff ${handoff.id}, which he has not accepted`;
  const authorisation = part(event.data, 'authorisation');
  return text(authorisation, 'by') && text(authorisation, 'at')
    ? undefined
    : `handoff ${handoff.id} is started without an authorisation`;
}

/** What was done while a tablet was dark is judged by its own instant, all else by the order of the log. */
function isChecked(event: PlainEvent, handoff: Handoff, visit: Visit | undefined): string | undefined {
  if (!visit) return undefined;
  const isLate = handoff.assignment?.late === true || event.time < event.recordedtime;
  const verdict = lastVerdict(visit, isLate ? text(event.data, 'startedAt') : undefined);
  const standing = isLate ? heldAt(visit, text(event.data, 'startedAt')) : visit.holds[0];
  if (verdict?.outcome === 'passed' && standing)
    return `handoff ${handoff.id} of truck ${visit.plate} is started, but hold ${standing.id} on its cargo stands`;
  if (verdict?.outcome === 'passed') return undefined;
  const why = verdict
    ? `its last check ${verdict.outcome === 'held' ? 'is followed by a hold' : 'failed'}`
    : 'it was not checked';
  return `handoff ${handoff.id} of truck ${visit.plate} is started, but ${why}`;
}

/** A hold that a passed check did not end, and that somebody lifted later or nobody yet. */
function heldAt(visit: Visit, at: string): Hold | undefined {
  return (
    visit.liftedHolds.find((hold) => hold.heldAt <= at && at < hold.liftedAt) ??
    visit.holds.find((hold) => hold.isLiftedByHand && hold.heldAt <= at)
  );
}

function completes(event: PlainEvent, handoff: Handoff): string | undefined {
  const { data } = event;
  const { start } = handoff;
  if (handoff.state !== 'started' || !start)
    return `handoff ${handoff.id} is completed, but it is ${handoff.state}, not started`;
  const driverId = text(data, 'toDriverId');
  if (driverId !== start.driverId)
    return `handoff ${handoff.id} was started by driver ${start.driverId} and is completed by driver ${driverId}`;
  const bayCode = text(data, 'bayCode');
  if (bayCode !== start.bayCode)
    return `handoff ${handoff.id} was started in bay ${start.bayCode} and is completed in bay ${bayCode}`;
  const signed = parts(data, 'signatures').map((signature) => text(signature, 'role'));
  const missing = ['offgoing', 'oncoming', 'witness'].filter((role) => !signed.includes(role));
  if (missing.length > 0) return `handoff ${handoff.id} is completed without the signature of: ${missing.join(', ')}`;
  const custodyAt = text(data, 'custodyAt');
  if (start.startedAt <= custodyAt && custodyAt <= event.time) return undefined;
  return `handoff ${handoff.id} started at ${start.startedAt}, moved custody at ${custodyAt} and was completed at ${event.time}: not in this order`;
}

/** The seal is the recorded one and whole, or somebody overrides it, as far as the policy lets him. */
function takesTheSeal({ data }: PlainEvent, handoff: Handoff, world: World): string | undefined {
  const rules = world.policies.get(handoff.policy ?? '') ?? {};
  const overridden = parts(data, 'overrides').map((override) => text(override, 'rule'));
  const forbidden = overridden.find((rule) => rule !== 'seal' || !texts(rules, 'overridable').includes(rule));
  if (forbidden) return `the completion of handoff ${handoff.id} overrides ${forbidden}, which can not be overridden`;
  const lone = loneOverride(data, rules);
  if (lone) return `the completion of handoff ${handoff.id} ${lone}`;
  const recorded = world.trucks.get(world.visits.get(handoff.visitId)?.plate ?? '')?.seal;
  const seen = text(part(data, 'seal'), 'number');
  if (!seen || !recorded || seen === recorded || overridden.length > 0) return undefined;
  return `handoff ${handoff.id} is completed with seal ${seen}, but the recorded one is ${recorded}`;
}
