import type { YizhanEvent } from '@yizhan/contracts';
import type { AreaPicture } from '../../apps/scheduler/src/picture/area-picture.js';
import { WatchedAreas } from '../../apps/scheduler/src/picture/watched-areas.js';
import { foldEvent } from '../../apps/scheduler/src/scheduler.consumes.js';
import type { AreaStory } from './area-story.js';

/** The picture that the scheduler has of an area after these events. */
export function pictureOf(events: readonly YizhanEvent[]): AreaPicture {
  const areas = new WatchedAreas();
  for (const event of events) {
    foldEvent(areas, event);
  }
  const [area] = areas.all();
  if (!area) throw new Error('nothing was told');
  return area.picture;
}

/** The picture after a story. */
export function pictureAfter(story: AreaStory): AreaPicture {
  return pictureOf(story.log());
}
