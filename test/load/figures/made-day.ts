import type { YizhanEvent } from '@yizhan/contracts';
import { recordedEvents } from '../../support/recorded-log.js';

const recorded = recordedEvents();
const day = 24 * 3_600_000;

/** Events of one recorded day. */
export const eventsOfDay = recorded.length;

/**
 * The recorded day once more, some days later, with ids of its own: other trucks, runs and exceptions, the same stations.
 * @param nth which of the days. @param daysLater by how many days everything happens later.
 */
export function recordedAgain(nth: number, daysLater: number): YizhanEvent[] {
  const suffix = nth.toString(16).padStart(7, '0');
  return recorded.map((event) => {
    const text = JSON.stringify(event)
      .replaceAll(uuid, (_all, head: string) => `${head}${suffix}`)
      .replaceAll(instant, (all) => new Date(Date.parse(all) + daysLater * day).toISOString());
    return JSON.parse(text) as YizhanEvent;
  });
}

const uuid = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{5})[0-9a-f]{7}/g;
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
