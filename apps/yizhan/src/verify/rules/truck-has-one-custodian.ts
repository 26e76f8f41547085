import { isSameParty, nameOf, part, party, subjectId, text, type Party, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';
import type { Driver, Truck, World } from '../world.js';

/** Rule 3: each fact that moves custody takes it from the party that the last fact left it with. */
export const truckHasOneCustodian: Rule = {
  number: 3,
  on: {
    'visit.arrived': (event, world) => {
      const plate = text(part(event.data, 'truck'), 'plate');
      const driver = party(event.data, 'custodian');
      const custodian = world.trucks.get(plate)?.custodian;
      if (custodian && !isSameParty(custodian, driver)) {
        return `truck ${plate} arrives with ${nameOf(driver)}, but its custodian is ${nameOf(custodian)}`;
      }
      if (!custodian && text(event.data, 'flow') === 'out_of_zone') {
        return `truck ${plate} comes out of the zone with ${nameOf(driver)}, but nobody handed it over inside`;
      }
      return holdsAnother(world, driver, plate);
    },
    'handoff.completed': (event, world) => {
      const plate = world.visits.get(subjectId(event))?.plate;
      if (plate === undefined) return undefined;
      const to = { kind: 'driver', id: text(event.data, 'toDriverId') };
      return takenFromAnother(world, plate, party(event.data, 'from')) ?? holdsAnother(world, to, plate);
    },
    'custody.moved': movesFromCustodian,
    'run.closed': (event, world) => {
      if (text(event.data, 'how') !== 'zone_lifted') return undefined;
      const run = world.runs.get(subjectId(event));
      const zone = world.zones.get(run?.zoneId ?? '');
      return run && zone && !zone.lifted
        ? `custody of truck ${run.plate} ends with run ${run.id} as if zone ${run.zoneId} had been lifted, but it stands`
        : undefined;
    },
  },
};

function movesFromCustodian(event: PlainEvent, world: World): string | undefined {
  const plate = text(event.data, 'plate');
  const from = party(event.data, 'from');
  const truck = world.trucks.get(plate);
  if (!truck?.custodian) {
    if (from?.kind === 'enterprise' || isSameParty(truck?.leftWith, from))
      return holdsAnother(world, party(event.data, 'to'), plate);
    return `custody of truck ${plate} moves from ${nameOf(from)}, but nobody is its custodian`;
  }
  const to = party(event.data, 'to');
  return takenFromAnother(world, plate, from) ?? holdsAnother(world, to, plate) ?? changesSide(world, truck, to);
}

/** At a station a truck changes sides in a handoff; after a completed one it may also be handed back. */
function changesSide(world: World, truck: Truck, to: Party | undefined): string | undefined {
  const visit = world.visits.get(truck.openVisitId ?? '');
  const taker = driverOf(world, to);
  if (!visit || !taker || world.zones.get(visit.zoneId)?.lifted) return undefined;
  const giver = driverOf(world, truck.custodian);
  const broughtFrom = visit.flow === 'into_zone' ? null : visit.zoneId;
  const isSwapped = visit.handoffIds.some((id) => world.handoffs.get(id)?.state === 'completed');
  const sides = isSwapped ? [null, visit.zoneId] : [giver ? giver.insideZoneId : broughtFrom];
  if (sides.includes(taker.insideZoneId)) return undefined;
  return `truck ${truck.plate} is moved to driver ${taker.id} on the other side of the line without a handoff in ${visit.id}`;
}

function driverOf(world: World, who: Party | undefined): Driver | undefined {
  return who?.kind === 'driver' ? world.drivers.get(who.id) : undefined;
}

function takenFromAnother(world: World, plate: string, from: Party | undefined): string | undefined {
  const custodian = world.trucks.get(plate)?.custodian;
  if (isSameParty(custodian, from)) return undefined;
  return `truck ${plate} is handed over by ${nameOf(from)}, but its custodian is ${nameOf(custodian)}`;
}

function holdsAnother(world: World, who: Party | undefined, plate: string): string | undefined {
  if (who?.kind !== 'driver') return undefined;
  const other = world.drivers.get(who.id)?.holds.find((held) => held !== plate);
  return other && `driver ${who.id} becomes custodian of truck ${plate} while he still answers for truck ${other}`;
}
