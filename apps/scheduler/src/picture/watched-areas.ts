import { Injectable } from '@nestjs/common';
import type { EventName, YizhanEvent } from '@yizhan/contracts';
import { type AreaPicture, emptyPicture } from './area-picture.js';
import { type Fold, instantOf } from './fold.js';
import { tookCorrection } from './fold-corrections.js';

/** An area, and whether there is a reason to look at it again. */
export interface WatchedArea {
  readonly picture: AreaPicture;
  changed: boolean;
  /** When time alone may let a waiting handoff have a driver, or a proposal runs out; epoch milliseconds. */
  lookAgainAt: number | undefined;
}

/** The pictures of all areas whose events reach this process. */
@Injectable()
export class WatchedAreas {
  readonly #areas = new Map<string, WatchedArea>();

  /** Folds one event into the picture of its area. */
  take<N extends EventName>(event: YizhanEvent<N>, fold: Fold<N>): void {
    const area = this.#area(event.partitionkey);
    const { picture } = area;
    if (!tookCorrection(picture, event)) fold(picture, event);
    area.changed = true;
    picture.time = Math.max(picture.time, instantOf(event.time));
    const position = Number(event.position);
    // A parked event that is released comes later than its place.
    if (position <= picture.position) return;
    picture.position = position;
    picture.eventId = event.id;
  }

  /** Another process watches these areas from now on. */
  forget(areaCodes: readonly string[]): void {
    for (const areaCode of areaCodes) this.#areas.delete(areaCode);
  }

  /** The picture of an area, where this process watches it. */
  picture(areaCode: string): AreaPicture | undefined {
    return this.#areas.get(areaCode)?.picture;
  }

  all(): Iterable<WatchedArea> {
    return this.#areas.values();
  }

  #area(areaCode: string): WatchedArea {
    let area = this.#areas.get(areaCode);
    if (!area) {
      area = { picture: emptyPicture(areaCode), changed: true, lookAgainAt: undefined };
      this.#areas.set(areaCode, area);
    }
    return area;
  }
}
