import { maybeText, subjectId, text, texts, type PlainEvent } from './plain-event.js';
import type { Driver, Fold, World } from './world.js';

const KEPT_SHIFTS = 4;
const KEPT_GRANTS = 16;
const KEPT_MOVES = 16;

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
  'driver.loan_ended': onDriver((_event, world, driver) => {
    world.journal.set(driver, 'lentTo', undefined);
  }),
  'driver.return_begun': onDriver((event, world, driver) => {
    world.journal.set(driver, 'lentTo', text(event.data, 'fromAreaCode'));
  }),
  'driver.pool_joined': onDriver((event, world, driver) => {
    if (toldToBoth(event, world, driver)) return;
    movePool(event, world, driver, text(event.data, 'areaCode'));
    world.journal.set(driver, 'lentTo', undefined);
  }),
  'driver.returned': onDriver((event, world, driver) => {
    if (toldToBoth(event, world, driver)) return;
    const goesHomeAtOnce = text(event.data, 'areaCode') === driver.homeArea;
    world.journal.set(driver, 'lentTo', goesHomeAtOnce ? undefined : driver.homeArea);
    if (goesHomeAtOnce) movePool(event, world, driver, driver.homeArea);
  }),
};

/** Of a move that is told in both areas. @returns whether it was told in the area that he leaves before. */
function toldToBoth(event: PlainEvent, world: World, driver: Driver): boolean {
  const from = maybeText(event.data, 'fromAreaCode');
  if (from === undefined) return false;
  const to = text(event.data, 'areaCode');
  const isSecond = event.partitionkey === to && isLeaving(driver, from, to);
  world.journal.set(driver, 'leaving', isSecond || event.partitionkey !== from ? undefined : { from, to });
  return isSecond;
}

export function isLeaving({ leaving }: Driver, from: string, to: string): boolean {
  return leaving?.from === from && leaving.to === to;
}

function movePool(event: PlainEvent, world: World, driver: Driver, to: string): void {
  world.journal.set(driver, 'pool', to);
  world.journal.set(driver, 'poolMoves', [...driver.poolMoves.slice(1 - KEPT_MOVES), { to, at: event.time }]);
}

/** The pool that he was in at an instant. */
export function poolAt({ poolMoves, homeArea }: Driver, at: string): string {
  return poolMoves.findLast((move) => move.at <= at)?.to ?? homeArea;
}

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
    poolMoves: [],
    shifts: [],
    grants: [],
    holds: [],
    custodies: [],
  });
}
