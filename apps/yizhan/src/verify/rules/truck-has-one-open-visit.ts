import { part, subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';
import type { World } from '../world.js';

/** Rule 2: a truck is at one station at a time, and a visit that has begun is not cancelled. */
export const truckHasOneOpenVisit: Rule = {
  number: 2,
  on: {
    'visit.arrived': arrivesOnce,
    'visit.cancelled': (event, world) => {
      const visit = world.visits.get(subjectId(event));
      return visit?.state === 'arrived'
        ? `visit ${visit.id} of truck ${visit.plate} is cancelled after its gate-in`
        : undefined;
    },
  },
};

function arrivesOnce(event: PlainEvent, world: World): string | undefined {
  const id = subjectId(event);
  const plate = text(part(event.data, 'truck'), 'plate');
  const visit = world.visits.get(id);
  if (visit && visit.state !== 'announced')
    return `truck ${plate} arrives again in visit ${id}, which is ${visit.state}`;
  const openVisitId = world.trucks.get(plate)?.openVisitId;
  return openVisitId ? `truck ${plate} arrives in visit ${id} while its visit ${openVisitId} is still open` : undefined;
}
