import { isLeaving, poolAt } from '../fold-drivers.js';
import { maybeText, subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Check } from '../rule.js';
import type { Driver, World } from '../world.js';
import type { AssignmentCheck } from './assigning.js';

/** An inside driver is assigned only by the area whose pool he is in: lent, he stays in the old one until the new one has him. */
export const belongsToThePool: AssignmentCheck = ({ visit, driver, late, startAt }) => {
  const pool = late ? poolAt(driver, startAt) : driver.pool;
  return visit.flow === 'into_zone' && pool !== visit.areaCode
    ? `the visit is in area ${visit.areaCode} and he is in the pool of ${pool}`
    : undefined;
};

/** Each move from pool to pool begins where the last one ended, so that he is in exactly one at every position. */
export const poolMoves: Readonly<Record<string, Check>> = {
  'driver.enrolled': (event, world) => {
    const driver = world.drivers.get(subjectId(event));
    return driver && driver.pool !== event.partitionkey
      ? `driver ${driver.id} is enrolled in ${event.partitionkey} while he is in the pool of ${driver.pool}`
      : undefined;
  },
  'driver.loan_offered': onDriver((event, driver) => {
    const from = text(event.data, 'fromAreaCode');
    if (driver.pool !== from)
      return `driver ${driver.id} is offered by ${from}, but he is in the pool of ${driver.pool}`;
    return driver.lentTo && `driver ${driver.id} is offered while he is on his way to ${driver.lentTo}`;
  }),
  'driver.loan_ended': onDriver((event, driver) => {
    const from = text(event.data, 'fromAreaCode');
    return driver.pool === from
      ? undefined
      : `the loan of driver ${driver.id} by ${from} comes to nothing, but he is in the pool of ${driver.pool}`;
  }),
  'driver.lent': onDriver((event, driver) => {
    const from = text(event.data, 'fromAreaCode');
    const to = text(event.data, 'toAreaCode');
    if (driver.pool !== from) return `driver ${driver.id} is lent by ${from}, but he is in the pool of ${driver.pool}`;
    const isCopy = driver.lentTo === to && event.partitionkey === to;
    return driver.lentTo && !isCopy
      ? `driver ${driver.id} is lent to ${to} while he is on his way to ${driver.lentTo}`
      : undefined;
  }),
  'driver.return_begun': onDriver((event, driver) => {
    const to = text(event.data, 'toAreaCode');
    if (driver.pool !== to) return `driver ${driver.id} goes back from ${to}, but he is in the pool of ${driver.pool}`;
    const isCopy = driver.lentTo === driver.homeArea && event.partitionkey === to;
    return driver.lentTo && !isCopy
      ? `driver ${driver.id} goes back while he is on his way to ${driver.lentTo}`
      : undefined;
  }),
  'driver.pool_joined': onDriver((event, driver) => {
    const area = text(event.data, 'areaCode');
    const told = toldInBoth(event, driver);
    if (told !== undefined) return told.fault;
    return driver.lentTo === area
      ? undefined
      : `driver ${driver.id} joins the pool of ${area}, but he is in the pool of ${driver.pool} and not lent to ${area}`;
  }),
  'driver.returned': onDriver((event, driver) => {
    const area = text(event.data, 'areaCode');
    const told = toldInBoth(event, driver);
    if (told !== undefined) return told.fault;
    const isAway = driver.pool !== driver.homeArea || driver.lentTo !== undefined;
    if (isAway && (area === driver.homeArea || area === driver.pool)) return undefined;
    return `driver ${driver.id} is returned in ${area}, but he is in the pool of ${driver.pool} and at home in ${driver.homeArea}`;
  }),
};

/**
 * Of a move that names the pool that he leaves: its area is told first, and then the one that has him, each once. Whoever
 * reads one area alone never has him while another does. @returns undefined where the state of the pools decides.
 */
function toldInBoth(event: PlainEvent, driver: Driver): { readonly fault: string | undefined } | undefined {
  const from = maybeText(event.data, 'fromAreaCode');
  if (from === undefined) return undefined;
  const to = text(event.data, 'areaCode');
  if (event.partitionkey === to) {
    const message = `driver ${driver.id} is told to be in the pool of ${to} before ${from} was told that he has left: he is in two`;
    return { fault: isLeaving(driver, from, to) ? undefined : message };
  }
  if (event.partitionkey !== from) {
    return { fault: `driver ${driver.id} goes from ${from} to ${to}, and ${event.partitionkey} is told` };
  }
  if (driver.pool === from) return undefined;
  return { fault: `driver ${driver.id} leaves the pool of ${from}, but he is in the pool of ${driver.pool}` };
}

function onDriver(check: (event: PlainEvent, driver: Driver) => string | undefined): Check {
  return (event: PlainEvent, world: World) => {
    const driver = world.drivers.get(subjectId(event));
    return driver && check(event, driver);
  };
}
