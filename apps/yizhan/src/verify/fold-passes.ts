import { maybeText, subjectId, text, texts, type PlainEvent } from './plain-event.js';
import type { Fold, Pass, World } from './world.js';

/** How passes change the state. */
export const passFolds: Readonly<Record<string, Fold>> = {
  'pass.issued': (event, world) => {
    const { partitionkey: areaCode, data } = event;
    const id = subjectId(event);
    const plate = text(data, 'plate');
    const pass: Pass = { id, plate, areaCode, driverIds: [], live: true };
    world.journal.put(world.passes, id, pass);
    world.journal.put(world.passOf, passKey(areaCode, plate), pass);
    say(event, world, pass);
  },
  'pass.amended': (event, world) => {
    const pass = world.passes.get(subjectId(event));
    if (pass) say(event, world, pass);
  },
  'pass.revoked': (event, world) => {
    const pass = world.passes.get(subjectId(event));
    if (pass) world.journal.set(pass, 'live', false);
  },
};

export function passKey(areaCode: string, plate: string): string {
  return `${areaCode} ${plate}`;
}

function say({ data }: PlainEvent, world: World, pass: Pass): void {
  world.journal.set(pass, 'driverIds', texts(data, 'driverIds'));
  world.journal.set(pass, 'pool', maybeText(data, 'poolAreaCode'));
  world.journal.set(pass, 'from', maybeText(data, 'validFrom'));
  world.journal.set(pass, 'until', maybeText(data, 'validUntil'));
}
