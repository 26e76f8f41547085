import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import { minute } from '../../replay/passages/local-time.js';

/** The shortest trip into the zone that any assignment was planned with: no plan gives a driver a truck later before his shift ends. */
export function plannedTripMinutes(events: readonly YizhanEvent[]): number {
  let shortest = Infinity;
  for (const event of events) {
    if (!isEvent(event, 'handoff.assigned') || event.data.plannedReturnAt === undefined) continue;
    const { plannedStartAt, plannedReturnAt } = event.data;
    const planned = (parseInstant(plannedReturnAt) ?? 0) - (parseInstant(plannedStartAt) ?? 0);
    shortest = Math.min(shortest, planned / minute);
  }
  return shortest === Infinity ? 0 : Math.floor(shortest);
}
