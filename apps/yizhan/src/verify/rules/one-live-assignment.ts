import { subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';
import type { Handoff, World } from '../world.js';

/** Rule 4: one driver, one handoff, one live assignment, by a decision that was in force; he starts only with empty hands. */
export const oneLiveAssignment: Rule = {
  number: 4,
  on: {
    'handoff.assigned': (event, world) => {
      const handoff = world.handoffs.get(text(event.data, 'handoffId'));
      return handoff && (isTaken(event, world, handoff) ?? isDecidedOtherwise(event, handoff));
    },
    'handoff.assignment_ended': (event, world) => {
      const handoff = world.handoffs.get(text(event.data, 'handoffId'));
      const driverId = text(event.data, 'driverId');
      if (!handoff) return undefined;
      if (handoff.assignment?.driverId !== driverId)
        return `the assignment of driver ${driverId} to handoff ${handoff.id} ends, but he has none there`;
      const { since } = handoff.assignment;
      return event.time < since
        ? `the assignment of driver ${driverId} to handoff ${handoff.id} ends at ${event.time}, but he was assigned at ${since}`
        : undefined;
    },
    'handoff.started': (event, world) => {
      const plate = world.visits.get(subjectId(event))?.plate;
      const driver = world.drivers.get(text(event.data, 'driverId'));
      const other = driver?.holds.find((held) => held !== plate);
      return (
        driver && other && `driver ${driver.id} starts to take over truck ${plate} while he still holds truck ${other}`
      );
    },
  },
};

function isTaken(event: PlainEvent, world: World, handoff: Handoff): string | undefined {
  const driverId = text(event.data, 'driverId');
  if (handoff.state !== 'requested')
    return `driver ${driverId} is assigned to handoff ${handoff.id}, which is ${handoff.state}`;
  if (handoff.assignment) {
    return `driver ${driverId} is assigned to handoff ${handoff.id} while the assignment of driver ${handoff.assignment.driverId} is live`;
  }
  const other = world.drivers.get(driverId)?.assignedTo;
  return (
    other && `driver ${driverId} is assigned to handoff ${handoff.id} while his assignment to handoff ${other} is live`
  );
}

/** Two schedulers that own one area would assign twice: what the older epoch proposes is never committed. */
function isDecidedOtherwise(event: PlainEvent, handoff: Handoff): string | undefined {
  const decisionId = text(event.data, 'decisionId');
  const driverId = text(event.data, 'driverId');
  const proposals = handoff.proposals.filter((proposal) => proposal.decisionId === decisionId);
  const last = proposals.at(-1);
  if (!last) return undefined;
  if (last.stale)
    return `driver ${driverId} is assigned to handoff ${handoff.id} by decision ${decisionId} of the superseded epoch ${last.epoch}`;
  if (text(event.data, 'assignedBy') === 'scheduler' && last.driverId !== driverId) {
    return `decision ${decisionId} proposed driver ${last.driverId} for handoff ${handoff.id}, but driver ${driverId} is assigned by it`;
  }
  return undefined;
}
