import { subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Check } from '../rule.js';
import type { Driver, World } from '../world.js';
import type { AssignmentCheck } from './assigning.js';

/** An inside driver is assigned only by the area whose pool he is in: lent, he stays in the old one until the new one has him. */
export const belongsToThePool: AssignmentCheck = ({ visit, driver }) =>
  visit.flow === 'into_zone' && driver.pool !== visit.areaCode
    ? `the visit is in area ${visit.areaCode} and he is in the pool of ${driver.pool}`
    : undefined;

/** Each move from pool to pool begins where the last one ended, so that he is in exactly one at every position. */
export const poolMoves: Readonly<Record<string, Check>> = {
  'driver.enrolled': (event, world) => {
    const driver = world.drivers.get(subjectId(event));
    return driver && driver.pool !== event.partitionkey
      ? `driver ${driver.id} is enrolled in ${event.partitionkey} while he is in the pool of ${driver.pool}`
      : undefined;
  },
  'driver.lent': onDriver((event, driver) => {
    const from = text(event.data, 'fromAreaCode');
    const to = text(event.data, 'toAreaCode');
    if (driver.pool !== from) return `driver ${driver.id} is lent by ${from}, but he is in the pool of ${driver.pool}`;
    const isCopy = driver.lentTo === to && event.partitionkey === to;
    return driver.lentTo && !isCopy
      ? `driver ${driver.id} is lent to ${to} while he is on his way to ${driver.lentTo}`
      : undefined;
  }),
  'driver.pool_joined': onDriver((event, driver) => {
    const area = text(event.data, 'areaCode');
    return driver.lentTo === area
      ? undefined
      : `driver ${driver.id} joins the pool of ${area}, but he is in the pool of ${driver.pool} and not lent to ${area}`;
  }),
  'driver.returned': onDriver((event, driver) => {
    const area = text(event.data, 'areaCode');
    const isAway = driver.pool !== driver.homeArea || driver.lentTo !== undefined;
    if (isAway && (area === driver.homeArea || area === driver.pool)) return undefined;
    return `driver ${driver.id} is returned in ${area}, but he is in the pool of ${driver.pool} and at home in ${driver.homeArea}`;
  }),
};

function onDriver(check: (event: PlainEvent, driver: Driver) => string | undefined): Check {
  return (event: PlainEvent, world: World) => {
    const driver = world.drivers.get(subjectId(event));
    return driver && check(event, driver);
  };
}
