import { Injectable } from '@nestjs/common';
import { instantOf } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Clock, Ids } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { CallerScope } from '../network/caller-scope.js';
import type { OfflineRecordsRequest } from './offline-records.dto.js';
import { TabletClock, usualOfflineSeconds } from './tablet-clock.js';

/** What an earlier request with the key got, online or in an upload. */
export interface Answered {
  /** As `Changes.keptDigest` gives it. */
  readonly hash: string;
  readonly answer: unknown;
}

/** One upload of what a tablet has logged. */
export interface Upload {
  readonly uploadId: string;
  readonly clock: TabletClock;
  /** By request id. */
  readonly answered: ReadonlyMap<string, Answered>;
}

/** Uploads as they come: the tablet's clock is measured against ours, and written down. */
@Injectable()
export class Uploads {
  constructor(
    private readonly database: Database,
    private readonly time: Clock,
    private readonly ids: Ids,
    private readonly areas: CallerScope,
  ) {}

  async begin(caller: Caller, { tabletId, tabletTime, records }: OfflineRecordsRequest): Promise<Upload> {
    const now = this.time.now();
    const [oldest, before] = await Promise.all([
      this.#oldestSeconds(caller),
      this.#offsetBefore(caller, tabletId, now),
    ]);
    const clock = new TabletClock(instantOf(tabletTime), now, oldest, before);
    const keys = records.map(({ requestId }) => requestId);
    const uploadId = this.ids.uuid(`upload/${caller.subject}/${now}/${keys.join('/')}`, now);
    const entry = [uploadId, caller.subject, tabletId ?? null, now, clock.measured, records.length];
    await this.database.rows(insertUpload, entry);
    const stored = await this.database.rows<Answered & { key: string }>(readAnswers, [caller.subject, keys]);
    return { uploadId, clock, answered: new Map(stored.map(({ key, ...answered }) => [key, answered])) };
  }

  /** The most that uploads of the tablet have shown in the last hour. */
  async #offsetBefore(caller: Caller, tabletId: string | undefined, now: number): Promise<number | undefined> {
    const [row] = await this.database.rows<{ most: number | null }>(readOffset, [
      caller.subject,
      tabletId ?? null,
      now - hour,
    ]);
    return row?.most ?? undefined;
  }

  /** The longest that a policy in force in one of the caller's areas allows. */
  async #oldestSeconds(caller: Caller): Promise<number> {
    const areas = await this.areas.areasOf(caller);
    const [row] = await this.database.rows<{ seconds: number | null }>(readOldest, [
      areas ?? null,
      usualOfflineSeconds,
    ]);
    return row?.seconds ?? usualOfflineSeconds;
  }
}

const hour = 3_600_000;

const insertUpload = `
  INSERT INTO station.offline_uploads (upload_id, caller, tablet_id, received_at, clock_offset_ms, records)
  VALUES ($1, $2, $3, to_timestamp($4::double precision / 1000), $5, $6) ON CONFLICT (upload_id) DO NOTHING`;

const readOffset = `
  SELECT max(u.clock_offset_ms)::double precision AS most FROM station.offline_uploads u
  WHERE u.caller = $1 AND u.tablet_id IS NOT DISTINCT FROM $2 AND u.received_at >= to_timestamp($3::double precision / 1000)`;

const readAnswers = 'SELECT key, hash, answer FROM station.requests WHERE caller = $1 AND key = ANY($2)';

const readOldest = `
  SELECT max(coalesce((p.rules -> 'timers' ->> 'offlineRecordsWithinSeconds')::double precision, $2)) AS seconds
  FROM station.zones z JOIN station.policies p
    ON p.policy_id = z.policy_id AND p.version = z.policy_version AND p.area_code = z.area_code
  WHERE $1::text[] IS NULL OR z.area_code = ANY($1)`;
