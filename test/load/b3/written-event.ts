import type { NewEvent } from '@yizhan/event-log';
import { AreaStory } from '../../support/area-story.js';

/** Trucks that take turns, so that a subject is seldom written by two at once. */
export const trucks = 1_000;

/** What the change of one truck tells: a handoff is asked for, about 900 bytes in the log. */
export function writtenEvent(areas: readonly string[], index: number): NewEvent {
  const truck = index % trucks;
  const area = areas[truck % areas.length] ?? '';
  const story = new AreaStory(area, `zone-${area}`).at(Date.now()).waits(`浙G${String(truck).padStart(5, '0')}`);
  const event = story.told.at(-1);
  if (!event) throw new Error('the story has told nothing');
  return event;
}
