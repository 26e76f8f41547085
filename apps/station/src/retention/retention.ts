import { Injectable } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { PersonalData } from '../personal-data/personal-data.js';
import { EraseUnseen } from './erase-unseen.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const mostAtOnce = 500;
/** Who has looked at personal data is kept as long as its owner may ask. */
const readsKeptFor = 3 * 365 * day;

/** Ends what has been kept for as long as its rule says: each hour, whatever else happens. */
@Injectable()
export class Retention {
  #nextLookAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly data: PersonalData,
    private readonly eraseUnseen: EraseUnseen,
    private readonly clock: Clock,
  ) {}

  /** @returns how many photos, notes and persons it has ended. */
  async fireDue(): Promise<number> {
    const now = this.clock.now();
    if (now < this.#nextLookAt) return 0;
    // Sooner where something is in the way.
    this.#nextLookAt = now + minute;
    let ended = 0;
    for (let last = mostAtOnce; last === mostAtOnce; ended += last) last = await this.#endSome(now);
    await this.database.rows(forgetReads, [now - readsKeptFor]);
    ended += await this.eraseUnseen.execute(now);
    this.#nextLookAt = now + hour;
    return ended;
  }

  /** With the last photo or note of a visit its key goes, and so every backup of them. */
  #endSome(now: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const gone = await tx.rows<{ owner: string; is_last: boolean }>(endExpired, [now, mostAtOnce]);
      const owners = new Set(gone.filter(({ is_last }) => is_last).map(({ owner }) => owner));
      for (const owner of owners) await this.data.destroy(tx, owner, now, 'retention', 'time_is_over');
      return gone.length;
    });
  }
}

const endExpired = `
  DELETE FROM station.attachments AS ended
  USING (SELECT owner, digest FROM station.attachments WHERE expires_at <= to_timestamp($1::double precision / 1000)
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS due
  WHERE ended.owner = due.owner AND ended.digest = due.digest
  RETURNING ended.owner, NOT EXISTS (
    SELECT FROM station.attachments other
    WHERE other.owner = ended.owner AND other.expires_at > to_timestamp($1::double precision / 1000)) AS is_last`;

const forgetReads = `
  DELETE FROM station.personal_data_reads WHERE read_at < to_timestamp($1::double precision / 1000)`;
