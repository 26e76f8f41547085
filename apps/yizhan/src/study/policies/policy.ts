import type { Match } from '../../../../scheduler/src/matching/match-area.js';
import type { AreaPicture } from '../../../../scheduler/src/picture/area-picture.js';

/** Who gets which truck, by the picture of the area and the time. */
export interface Policy {
  readonly name: 'yizhan' | 'nearest-first';
  readonly decide: (picture: AreaPicture, now: number) => Match;
}
