import type { Database } from '@yizhan/persistence';

/**
 * Which process decides for an area. Another owner takes the next epoch, and the station refuses older ones; the same owner keeps
 * its epoch over a restart, so that a replay goes on as it began.
 */
export class AreaOwners {
  readonly #epochs = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly owner: string,
  ) {}

  /** The epoch in which this process decides for the area, taken at the first call. `newestSeen` is the highest that the log shows. */
  async epochOf(areaCode: string, newestSeen: number): Promise<number> {
    const known = this.#epochs.get(areaCode);
    if (known !== undefined) return known;
    const [row] = await this.database.rows<{ epoch: number }>(takeArea, [areaCode, this.owner, newestSeen]);
    if (!row) throw new Error(`scheduler.area_owners gave no epoch for ${areaCode}`);
    this.#epochs.set(areaCode, row.epoch);
    return row.epoch;
  }

  /** Somebody else may have decided for these areas meanwhile: the next decision asks for the epoch anew. */
  forget(areaCodes: readonly string[]): void {
    for (const areaCode of areaCodes) this.#epochs.delete(areaCode);
  }

  /** Whether another process has shown a later epoch than the one that this process has taken. */
  isSuperseded(areaCode: string, newestSeen: number): boolean {
    const own = this.#epochs.get(areaCode);
    return own !== undefined && newestSeen > own;
  }
}

// A log that shows a later epoch than the table was decided by somebody whom this table has forgotten.
const takeArea = `
  INSERT INTO scheduler.area_owners AS a (area_code, owner, epoch) VALUES ($1, $2, $3 + 1)
  ON CONFLICT (area_code) DO UPDATE SET
    epoch = CASE WHEN a.owner = EXCLUDED.owner AND a.epoch >= $3 THEN a.epoch ELSE greatest(a.epoch, $3) + 1 END,
    owner = EXCLUDED.owner
  RETURNING epoch`;
