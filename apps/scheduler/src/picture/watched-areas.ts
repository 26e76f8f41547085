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
  /** Decisions, by `decisionKey`, that are noted in the picture, or are about to be, before they come back from the log. */
  readonly awaited: Set<string>;
  /** An event was parked: the picture lacks it, or has it out of its order. */
  hasLeftOut: boolean;
  /** Events that were folded since the picture began or was kept last. */
  folded: number;
}

/** What the event of a decision is known by when it comes back: its subject, what it was decided on, and when. */
export function decisionKey({
  subject,
  causationid,
  time,
}: Pick<YizhanEvent, 'subject' | 'causationid' | 'time'>): string {
  return `${subject} ${causationid} ${time}`;
}

/** Whether the picture is what the events up to its position make, and nothing else. */
export function isFoldOfLog({ picture, awaited, hasLeftOut }: WatchedArea): boolean {
  return picture.position > 0 && awaited.size === 0 && !hasLeftOut;
}

/** The pictures of all areas whose events reach this process. */
@Injectable()
export class WatchedAreas {
  readonly #areas = new Map<string, WatchedArea>();
  #folded = 0;

  /** Events that this process has folded, of whatever area. */
  get folded(): number {
    return this.#folded;
  }

  /** Folds one event into the picture of its area. */
  take<N extends EventName>(event: YizhanEvent<N>, fold: Fold<N>): void {
    const area = this.#area(event.partitionkey);
    const { picture } = area;
    if (!tookCorrection(picture, event)) fold(picture, event);
    area.changed = true;
    area.folded += 1;
    this.#folded += 1;
    if (area.awaited.size > 0) area.awaited.delete(decisionKey(event));
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

  /** Goes on with a picture that is what the log makes up to its position. */
  restore(picture: AreaPicture): void {
    this.#areas.set(picture.areaCode, watched(picture));
  }

  /** An event of the area is left out for now. */
  leaveOut(areaCode: string): void {
    this.#area(areaCode).hasLeftOut = true;
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
      area = watched(emptyPicture(areaCode));
      this.#areas.set(areaCode, area);
    }
    return area;
  }
}

const watched = (picture: AreaPicture): WatchedArea => ({
  picture,
  changed: true,
  lookAgainAt: undefined,
  awaited: new Set(),
  hasLeftOut: false,
  folded: 0,
});
