import { part, party, subjectId, text, type Party, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';
import type { Violation } from '../verify-report.js';
import type { Custody, Driver, World } from '../world.js';

/**
 * Rule 3 by the instants of custody, because what a tablet logged offline is recorded late: a driver who gets a truck has no
 * other then, and one who lets go of it had no other meanwhile.
 */
export const driverHasOneTruckAtATime: Rule = {
  number: 3,
  on: {
    'visit.arrived': (event, world) =>
      gets(
        world,
        party(event.data, 'custodian'),
        text(part(event.data, 'truck'), 'plate'),
        text(event.data, 'arrivedAt'),
      ),
    'handoff.completed': (event, world) => {
      const plate = world.visits.get(subjectId(event))?.plate ?? '';
      const at = text(event.data, 'custodyAt');
      const to = { kind: 'driver', id: text(event.data, 'toDriverId') };
      return letsGo(world, plate, at) ?? gets(world, to, plate, at);
    },
    'custody.moved': (event, world) => {
      const plate = text(event.data, 'plate');
      const at = text(event.data, 'custodyAt');
      return letsGo(world, plate, at) ?? gets(world, party(event.data, 'to'), plate, at);
    },
    'visit.departed': (event, world) => letsGo(world, world.visits.get(subjectId(event))?.plate ?? '', event.time),
    'run.closed': (event, world) => closesRun(event, world),
  },
  atEnd: unfinished,
};

function closesRun(event: PlainEvent, world: World): string | undefined {
  if (text(event.data, 'how') === 'returned') return undefined;
  return letsGo(world, world.runs.get(subjectId(event))?.plate ?? '', event.time);
}

function gets(world: World, who: Party | undefined, plate: string, at: string): string | undefined {
  const driver = driverOf(world, who);
  if (!driver || world.trucks.get(plate)?.custodian?.id === driver.id) return undefined;
  const other = driver.custodies.find((one) => one.plate !== plate && one.from <= at && at < (one.to ?? at));
  return other && describe(driver, { plate, from: at }, other);
}

function letsGo(world: World, plate: string, to: string): string | undefined {
  const driver = driverOf(world, world.trucks.get(plate)?.custodian);
  const own = driver?.custodies.findLast((one) => one.plate === plate && one.to === undefined);
  const other = driver && own && otherDuring(driver, { ...own, to });
  return other && describe(driver, { ...own, to }, other);
}

/** Another truck that he has had, and given away again, within the time; half-open. */
function otherDuring({ custodies }: Driver, own: Custody): Custody | undefined {
  return custodies.find(
    (one) =>
      one.plate !== own.plate &&
      one.to !== undefined &&
      one.from < (own.to ?? one.to) &&
      own.from < one.to &&
      one.from < one.to,
  );
}

function describe({ id }: Driver, own: Custody, other: Custody): string {
  const span = ({ plate, from, to }: Custody): string => `truck ${plate} (${from} to ${to ?? 'now'})`;
  return `driver ${id} answers for ${span(own)} and ${span(other)} at the same time`;
}

function driverOf(world: World, who: Party | undefined): Driver | undefined {
  return who?.kind === 'driver' ? world.drivers.get(who.id) : undefined;
}

function unfinished(world: World, last: PlainEvent): Violation[] {
  const found: Violation[] = [];
  for (const driver of world.drivers.values()) {
    for (const own of driver.custodies.filter(({ to }) => to === undefined)) {
      const other = otherDuring(driver, own);
      if (!other) continue;
      const { position, id } = last;
      found.push({ position, id, subject: `driver/${driver.id}`, message: describe(driver, own, other) });
    }
  }
  return found;
}
