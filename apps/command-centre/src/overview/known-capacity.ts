import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { CapacityReader, type CapacityRows } from '../capacity/capacity.reader.js';
import { commandCentreGroup } from '../command-centre.consumes.js';

/** What an area kept up when it was looked at last. */
interface Known extends CapacityRows {
  /** The last event of the area that it is from. */
  readonly position: number;
  /** Until when nothing but an event changes it much, epoch milliseconds. */
  readonly until: number;
}

/** Reports get too old, and hours pass, without an event: each area is looked at again so often. */
const lookAgainAfter = 60_000;

/** Capacity kept of many areas, read anew only of those of which something has happened: a province is looked at several times a second. */
@Injectable()
export class KnownCapacity {
  readonly #areas = new Map<string, Known>();

  constructor(
    private readonly database: Database,
    private readonly capacity: CapacityReader,
  ) {}

  /** @param areas undefined stands for all */
  async read(areas: readonly string[] | undefined, now: number): Promise<CapacityRows> {
    // Before the figures: what happens between the two is seen the next time.
    const reached = await this.database.rows<Reached>(readReached, [commandCentreGroup, areas ?? null]);
    const stale = reached.filter(({ areaCode, position }) => {
      const known = this.#areas.get(areaCode);
      return !known || known.position !== position || known.until <= now || known.until > now + 2 * lookAgainAfter;
    });
    if (stale.length > 0) await this.#look(stale, now);
    const known = reached.flatMap(({ areaCode }) => this.#areas.get(areaCode) ?? []);
    return { totals: known.flatMap(({ totals }) => totals), parts: known.flatMap(({ parts }) => parts) };
  }

  async #look(stale: readonly Reached[], now: number): Promise<void> {
    const areas = stale.map(({ areaCode }) => areaCode);
    const { totals, parts } = await this.capacity.read({ areas }, [now]);
    for (const [index, { areaCode, position }] of stale.entries()) {
      this.#areas.set(areaCode, {
        position,
        // Not all of them at once the next time.
        until: now + lookAgainAfter * (1 + (index % 10) / 10),
        totals: totals.filter((total) => total.areaCode === areaCode),
        parts: parts.filter((part) => part.areaCode === areaCode),
      });
    }
  }
}

interface Reached {
  readonly areaCode: string;
  readonly position: number;
}

const readReached = `
  SELECT partition_key AS "areaCode", position FROM command_centre.consumed
  WHERE consumer_group = $1 AND partition_key <> '*' AND ($2::text[] IS NULL OR partition_key = ANY ($2))
  ORDER BY partition_key`;
