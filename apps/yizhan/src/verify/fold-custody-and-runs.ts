import { isSameParty, maybeText, party, subjectId, text, type Party, type PlainEvent } from './plain-event.js';
import type { Driver, Fold, Instant, Truck, World } from './world.js';

/** How custody outside a swap, and runs, change the state. */
export const custodyAndRunFolds: Readonly<Record<string, Fold>> = {
  'custody.moved': (event, world) => {
    const truck = world.truck(text(event.data, 'plate'));
    const isAfterTheEnd = isSameParty(truck.leftWith, party(event.data, 'from'));
    world.journal.set(truck, 'leftWith', undefined);
    if (!isAfterTheEnd) moveCustody(world, truck, party(event.data, 'to'), text(event.data, 'custodyAt'));
  },
  'run.opened': (event, world) => {
    const truck = world.truck(text(event.data, 'plate'));
    const id = subjectId(event);
    const returnDriverId = maybeText(event.data, 'returnDriverId');
    world.journal.put(world.runs, id, {
      id,
      plate: truck.plate,
      zoneId: truck.zoneId,
      broughtBy: truck.broughtBy,
      open: true,
      returnDriverId,
    });
    world.journal.set(truck, 'runId', id);
  },
  'run.unloaded': breakSeal,
  'run.loaded': breakSeal,
  'run.return_planned': (event, world) => {
    const run = world.runs.get(subjectId(event));
    if (run) world.journal.set(run, 'returnDriverId', maybeText(event.data, 'returnDriverId'));
  },
  'run.closed': (event, world) => {
    const run = world.runs.get(subjectId(event));
    if (!run) return;
    const truck = world.truck(run.plate);
    world.journal.set(run, 'open', false);
    if (truck.runId === run.id) world.journal.set(truck, 'runId', undefined);
    if (text(event.data, 'how') !== 'returned') {
      if (truck.custodian?.kind === 'driver') world.journal.set(truck, 'leftWith', truck.custodian);
      endTracking(world, truck, event.time);
    }
    world.retire(run);
  },
};

/** Whoever unloads or loads a truck opens it. */
function breakSeal(event: PlainEvent, world: World): void {
  const run = world.runs.get(subjectId(event));
  if (run) world.journal.set(world.truck(run.plate), 'seal', undefined);
}

const KEPT_CUSTODIES = 16;

/** Makes the party the truck's custodian. */
export function moveCustody(world: World, truck: Truck, to: Party | undefined, at: Instant): void {
  if (isSameParty(truck.custodian, to)) return;
  const before = holder(world, truck.custodian);
  if (before) {
    const ended = before.custodies.map((one) =>
      one.plate === truck.plate && one.to === undefined ? { ...one, to: at } : one,
    );
    world.journal.set(before, 'custodies', ended);
    world.journal.set(
      before,
      'holds',
      before.holds.filter((plate) => plate !== truck.plate),
    );
  }
  const after = holder(world, to);
  if (after) {
    const custodies = [...after.custodies.slice(1 - KEPT_CUSTODIES), { plate: truck.plate, from: at }];
    world.journal.set(after, 'custodies', custodies);
    world.journal.set(after, 'holds', [...after.holds, truck.plate]);
  }
  world.journal.set(truck, 'custodian', to);
}

/** Nobody answers for the truck any more. */
export function endTracking(world: World, truck: Truck, at: Instant): void {
  world.journal.set(truck, 'seal', undefined);
  if (truck.custodian) moveCustody(world, truck, undefined, at);
}

function holder(world: World, who: Party | undefined): Driver | undefined {
  return who?.kind === 'driver' ? world.drivers.get(who.id) : undefined;
}
