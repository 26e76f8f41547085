import { eventType, type YizhanEvent } from '@yizhan/contracts';
import { recordedEvents } from '../../support/recorded-log.js';

const recorded = recordedEvents();
const day = 24 * 3_600_000;

const isDeparture = ({ type }: YizhanEvent): boolean => type === eventType('visit.departed');
const visits = new Set(
  recorded.filter(({ subject }) => subject.startsWith('visit/')).map((event) => event.correlationid),
);
const leaving = new Set(recorded.filter(isDeparture).map((event) => event.correlationid));
/** Without the truck that has not left when the recorded day is over. */
const thatLeaves = recorded.filter(({ correlationid: story }) => !visits.has(story) || leaving.has(story));
if (thatLeaves.length === recorded.length) throw new Error('the recorded day has no truck that stays');

/** Events of one recorded day of a history. */
export const eventsOfDay = thatLeaves.length;

/**
 * The recorded day once more, some days later, with ids of its own: other trucks, runs and exceptions, the same stations.
 * @param nth which of the days. @param daysLater by how many days everything happens later. @param isNewest whether the truck that has
 * not left by its end is there: on days before it has gone, or a history of 15,000 of them would leave as many at their stations
 */
export function recordedAgain(nth: number, daysLater: number, isNewest: boolean): YizhanEvent[] {
  const suffix = nth.toString(16).padStart(7, '0');
  return (isNewest ? recorded : thatLeaves).map((event) => {
    const text = JSON.stringify(event)
      .replaceAll(uuid, (_all, head: string) => `${head}${suffix}`)
      .replaceAll(instant, (all) => new Date(Date.parse(all) + daysLater * day).toISOString());
    return JSON.parse(text) as YizhanEvent;
  });
}

const uuid = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{5})[0-9a-f]{7}/g;
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
