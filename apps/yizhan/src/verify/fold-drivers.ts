import { maybeText, subjectId, text, texts, type PlainEvent } from './plain-event.js';
import type { Driver, Fold, World } from './world.js';

const KEPT_SHIFTS = 4;
const KEPT_GRANTS = 16;

/** How the events of drivers change the state. */
export const driverFolds: Readonly<Record<string, Fold>> = {
  'driver.enrolled': enrol,
  'driver.changed': onDriver(({ data }, world, driver) => {
    world.journal.set(driver, 'licences', texts(data, 'licences'));
    world.journal.set(driver, 'carrierId', maybeText(data, 'carrierId'));
  }),
  'driver.side_changed': onDriver((event, world, driver) => {
    world.journal.set(driver, 'insideZoneId', maybeText(event.data, 'insideZoneId') ?? null);
  }),
  // Whoever is erased may drive nothing any more.
  'driver.erased': onDriver((_event, world, driver) => {
    world.journal.set(driver, 'licences', []);
  }),
  'driver.shift_started': onDriver((event, world, driver) => {
    const shift = { from: event.time, endsAt: text(event.data, 'endsAt') };
    world.journal.set(driver, 'shifts', [...driver.shifts.slice(1 - KEPT_SHIFTS), shift]);
  }),
  'driver.shift_ended': onDriver((event, world, driver) => {
    const shift = driver.shifts.at(-1);
    if (shift && !shift.endedAt)
      world.journal.set(driver, 'shifts', [...driver.shifts.slice(0, -1), { ...shift, endedAt: event.time }]);
  }),
  'driver.credential_granted': onDriver((event, world, driver) => {
    const { data } = event;
    const grant = {
      credential: text(data, 'credential'),
      from: text(data, 'validFrom'),
      until: text(data, 'validUntil'),
    };
    world.journal.set(driver, 'grants', [...driver.grants.slice(1 - KEPT_GRANTS), grant]);
  }),
  'driver.credential_recalled': onDriver((event, world, driver) => {
    const credential = text(event.data, 'credential');
    const recalledAt = text(event.data, 'recalledAt');
    const recall = driver.grants.map((grant) =>
      grant.credential === credential && !grant.recalledAt ? { ...grant, recalledAt } : grant,
    );
    world.journal.set(driver, 'grants', recall);
  }),
  'driver.lent': onDriver((event, world, driver) => {
    world.journal.set(driver, 'lentTo', text(event.data, 'toAreaCode'));
  }),
  'driver.pool_joined': onDriver((event, world, driver) => {
    world.journal.set(driver, 'pool', text(event.data, 'areaCode'));
    world.journal.set(driver, 'lentTo', undefined);
  }),
  'driver.returned': onDriver((event, world, driver) => {
    const goesHomeAtOnce = text(event.data, 'areaCode') === driver.homeArea;
    world.journal.set(driver, 'lentTo', goesHomeAtOnce ? undefined : driver.homeArea);
    if (goesHomeAtOnce) world.journal.set(driver, 'pool', driver.homeArea);
  }),
};

function onDriver(fold: (event: PlainEvent, world: World, driver: Driver) => void): Fold {
  return (event, world) => {
    const driver = world.drivers.get(subjectId(event));
    if (driver) fold(event, world, driver);
  };
}

function enrol(event: PlainEvent, world: World): void {
  const id = subjectId(event);
  const insideZoneId = maybeText(event.data, 'insideZoneId') ?? null;
  const licences = texts(event.data, 'licences');
  const carrierId = maybeText(event.data, 'carrierId');
  const driver = world.drivers.get(id);
  if (driver) {
    world.journal.set(driver, 'insideZoneId', insideZoneId);
    world.journal.set(driver, 'licences', licences);
    world.journal.set(driver, 'carrierId', carrierId);
    return;
  }
  const area = event.partitionkey;
  world.journal.put(world.drivers, id, {
    id,
    insideZoneId,
    licences,
    carrierId,
    homeArea: area,
    pool: area,
    shifts: [],
    grants: [],
    holds: [],
    custodies: [],
  });
}
