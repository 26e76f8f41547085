import { isObject, part, subjectId, text, texts, type Data, type PlainEvent } from './plain-event.js';
import type { Fold, Station, World } from './world.js';

/** How stations, zones and policy packs change the state. */
export const networkFolds: Readonly<Record<string, Fold>> = {
  'station.opened': (event, world) => {
    const code = subjectId(event);
    let station = world.stations.get(code);
    if (!station) {
      station = { code, bays: new Map(), pauses: [], tally: { completed: 0 } };
      world.journal.put(world.stations, code, station);
    } else {
      resume(event, world, station);
    }
    openBays(station, bayCodes(event.data), world);
  },
  'station.bays_changed': (event, world) => {
    const station = world.stations.get(subjectId(event));
    if (!station) return;
    openBays(station, texts(event.data, 'added'), world);
    for (const code of texts(event.data, 'closed')) {
      const bay = station.bays.get(code);
      if (bay) world.journal.set(bay, 'closedAt', event.time);
    }
  },
  'station.suspended': (event, world) => pause(event, world, 'suspended'),
  'station.closed': (event, world) => pause(event, world, 'closed'),
  'station.resumed': (event, world) => {
    const station = world.stations.get(subjectId(event));
    if (station) resume(event, world, station);
  },
  'zone.activated': (event, world) => world.journal.put(world.zones, subjectId(event), { lifted: false }),
  'zone.lifted': (event, world) => {
    const zone = world.zones.get(subjectId(event));
    if (zone) world.journal.set(zone, 'lifted', true);
  },
  'policy.published': (event, world) => {
    const key = `${text(event.data, 'id')}@${text(event.data, 'version')}`;
    world.journal.put(world.policies, key, part(event.data, 'rules'));
  },
};

function openBays(station: Station, codes: readonly string[], world: World): void {
  for (const code of codes) {
    const bay = station.bays.get(code);
    if (!bay) world.journal.put(station.bays, code, { occupations: [] });
    else if (bay.closedAt !== undefined) world.journal.set(bay, 'closedAt', undefined);
  }
}

/** Bays are listed by code, or as objects with a code. */
function bayCodes(data: Data): string[] {
  const bays = data['bays'];
  if (!Array.isArray(bays)) return [];
  return bays.map((bay: unknown) => (isObject(bay) ? text(bay, 'code') : String(bay)));
}

function pause(event: PlainEvent, world: World, why: string): void {
  const station = world.stations.get(subjectId(event));
  if (station) world.journal.set(station, 'pauses', [...station.pauses, { from: event.time, why }]);
}

function resume(event: PlainEvent, world: World, station: Station): void {
  const over = station.pauses.map((one) => (one.to ? one : { ...one, to: event.time }));
  world.journal.set(station, 'pauses', over);
}
