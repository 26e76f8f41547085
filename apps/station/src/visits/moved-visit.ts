import type { EventData, OfVisit } from '@yizhan/contracts';
import type { NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { eventOfVisit } from '../cases/truck-case.js';
import type { Visit } from './visit.js';

/** The visit, announced for another station; the one that it was announced for is the newest of its former ones. */
export function movedTo(visit: Visit, stationCode: string): Visit {
  const former = (visit.movedFrom ?? []).filter((code) => code !== visit.stationCode && code !== stationCode);
  return { ...visit, stationCode, movedFrom: [...former, visit.stationCode] };
}

/** Says of a visit that was moved where it is to come to now. @param at epoch milliseconds */
export function movedEvent(
  moved: Visit,
  at: number,
  why: Omit<EventData['visit.moved'], keyof OfVisit | 'expectedAt'>,
): NewEvent {
  const { expectedAt } = moved;
  return eventOfVisit(moved, 'visit.moved', at, {
    ...why,
    ...(expectedAt !== null && { expectedAt: toIso(expectedAt) }),
  });
}
