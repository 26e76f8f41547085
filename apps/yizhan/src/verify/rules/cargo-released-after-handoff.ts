import { isSameParty, nameOf, party, shortName, subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Check, Rule } from '../rule.js';
import { lastVerdict, type World } from '../world.js';

/** Rule 6: release follows a completed handoff and a passed check; the gate-out comes once, last, with the custodian. */
export const cargoReleasedAfterHandoff: Rule = {
  number: 6,
  on: {
    'visit.checked': isAtTheStation,
    'handoff.requested': isAtTheStation,
    'handoff.suggested': isAtTheStation,
    'handoff.assigned': isAtTheStation,
    'handoff.started': isAtTheStation,
    'handoff.completed': isAtTheStation,
    'cargo.held': isAtTheStation,
    'cargo.hold_lifted': either(isAtTheStation, isHeld),
    'cargo.released': either(isAtTheStation, isReleasable),
    'visit.departed': either(isAtTheStation, departs),
  },
};

function either(first: Check, second: Check): Check {
  return (event, world) => first(event, world) ?? second(event, world);
}

/** A visit that was never introduced is for rule 10 to report. */
function isAtTheStation(event: PlainEvent, world: World): string | undefined {
  const visit = world.visits.get(subjectId(event));
  if (visit?.state === 'arrived' || (!visit && event.sequence === '1')) return undefined;
  if (!visit)
    return `${shortName(event.type)} of visit ${subjectId(event)}, whose gate-in was retracted or which ended long ago`;
  return `${shortName(event.type)} of visit ${visit.id}, but truck ${visit.plate} is not at the station: the visit is ${visit.state}`;
}

function isHeld(event: PlainEvent, world: World): string | undefined {
  const visit = world.visits.get(subjectId(event));
  const holdId = text(event.data, 'holdId');
  if (!visit || visit.holds.some(({ id }) => id === holdId)) return undefined;
  return `hold ${holdId} on the cargo of truck ${visit.plate} is lifted, but it does not stand`;
}

function isReleasable(event: PlainEvent, world: World): string | undefined {
  const visit = world.visits.get(subjectId(event));
  if (!visit) return undefined;
  const handoffId = text(event.data, 'handoffId');
  const handoff = world.handoffs.get(handoffId);
  if (handoff && handoff.state !== 'completed')
    return `the cargo of truck ${visit.plate} is released, but handoff ${handoffId} is ${handoff.state}, not completed`;
  const verdict = lastVerdict(visit);
  const [standing] = visit.holds;
  if (verdict?.outcome === 'passed' && standing)
    return `the cargo of truck ${visit.plate} is released, but hold ${standing.id} stands`;
  if (verdict?.outcome === 'passed') return undefined;
  if (!verdict) return `the cargo of truck ${visit.plate} is released, but it was never checked`;
  const since =
    verdict.outcome === 'held' ? `held at ${verdict.at} and not checked again` : `its check of ${verdict.at} failed`;
  return `the cargo of truck ${visit.plate} is released, but ${since}`;
}

function departs(event: PlainEvent, world: World): string | undefined {
  const visit = world.visits.get(subjectId(event));
  if (!visit) return undefined;
  if (text(event.data, 'outcome') === 'swapped' && !visit.released) {
    return `truck ${visit.plate} departs swapped in visit ${visit.id} without a release of its cargo that still stands`;
  }
  if (text(event.data, 'outcome') === 'no_swap_needed' && !world.zones.get(visit.zoneId)?.lifted) {
    const verdict = lastVerdict(visit);
    if (verdict?.outcome !== 'passed')
      return `truck ${visit.plate} goes on across the line in visit ${visit.id}, but ${verdict ? 'its last check has not passed' : 'it was not checked'}`;
  }
  const custodian = world.trucks.get(visit.plate)?.custodian;
  const driver = party(event.data, 'custodian');
  if (isSameParty(custodian, driver)) return undefined;
  return `truck ${visit.plate} departs with ${nameOf(driver)}, but its custodian is ${nameOf(custodian)}`;
}
