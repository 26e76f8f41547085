import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { isFoldOfLog, type WatchedArea, type WatchedAreas } from '../picture/watched-areas.js';
import type { KeptPictures } from './kept-pictures.js';

/** When the picture of an area is worth keeping. */
export interface KeepingRule {
  /** After so many new events, while the process runs. */
  readonly afterEvents: number;
  /** And not before so many milliseconds have gone by since the last time. */
  readonly afterMillis: number;
  /** After so many new events, when the process ends. */
  readonly afterEventsAtEnd: number;
}

export const usualKeeping: KeepingRule = { afterEvents: 5_000, afterMillis: 60_000, afterEventsAtEnd: 500 };

/** One area at a time, so that all of them together hold nothing up. */
const lookEvery = 1_000;
/** Whoever is told to stop does not wait for longer: what is not kept is folded again. */
const atEndWithin = 5_000;

/**
 * Keeps the pictures of areas now and then, and puts them back at a start. Never in the path of a decision: it looks by itself,
 * and writes only a picture that is what the log makes up to its position. Who owns the area, and who else writes, is of no
 * matter then: the same events make the same picture everywhere.
 */
export class KeepPictures implements OnModuleInit, OnApplicationShutdown {
  readonly #log = new Logger(KeepPictures.name);
  readonly #triedAt = new WeakMap<WatchedArea, number>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  /** What was put back last and is not told of yet. */
  #restored: { readonly areas: number; readonly foldedBefore: number } | undefined;

  constructor(
    private readonly areas: WatchedAreas,
    private readonly kept: KeptPictures,
    private readonly rule = usualKeeping,
  ) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => this.#look(), lookEvery).unref();
  }

  /** The consumers have ended: what is folded now is all that will be. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    const end = performance.now() + atEndWithin;
    for (const area of this.areas.all()) {
      if (performance.now() > end) return;
      if (isFoldOfLog(area) && area.folded >= this.rule.afterEventsAtEnd) await this.#write(area);
    }
  }

  /** Puts back what is kept of these areas, or of all. @returns the position of each. */
  async restore(areaCodes?: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const foldedBefore = this.areas.folded;
    const positions = new Map<string, number>();
    for (const areaCode of await this.kept.areaCodes(areaCodes)) {
      const kept = await this.kept.read(areaCode);
      if ('unusable' in kept) {
        this.#log.warn(`area ${areaCode} is folded from its first event, what was kept is not used: ${kept.unusable}`);
        continue;
      }
      this.areas.restore(kept.picture);
      positions.set(areaCode, kept.picture.position);
    }
    this.#restored = { areas: positions.size, foldedBefore };
    return positions;
  }

  /** At the head of the log: says once after each time that something was put back what that was. */
  tellRestored(): void {
    if (!this.#restored) return;
    const { areas, foldedBefore } = this.#restored;
    this.#restored = undefined;
    const all = [...this.areas.all()].length;
    this.#log.log(
      `${areas} of ${all} areas began with what was kept, ${this.areas.folded - foldedBefore} events came after it`,
    );
  }

  /** Keeps the picture of one area, where one is due. */
  #look(): void {
    if (this.#writing) return;
    const area = this.#mostDue();
    if (!area) return;
    this.#writing = this.#write(area).finally(() => (this.#writing = undefined));
  }

  #mostDue(): WatchedArea | undefined {
    let most: WatchedArea | undefined;
    const now = performance.now();
    for (const area of this.areas.all()) {
      if (area.folded < Math.max(this.rule.afterEvents, most?.folded ?? 0) || !isFoldOfLog(area)) continue;
      if (now - (this.#triedAt.get(area) ?? -Infinity) >= this.rule.afterMillis) most = area;
    }
    return most;
  }

  /** What stands against it is told, and in the way of nothing: the next start folds more. */
  async #write(area: WatchedArea): Promise<void> {
    const { folded, picture } = area;
    this.#triedAt.set(area, performance.now());
    try {
      if (await this.kept.write(picture)) area.folded -= folded;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.warn(`the picture of area ${picture.areaCode} is not kept: ${reason}`);
    }
  }
}
