import type { Database } from '@yizhan/persistence';
import { longestList } from './parked-records.js';

/** What could not be read as an event, and was passed over. */
export interface QuarantinedMessage {
  readonly group: string;
  /** Where it lay: `position 12`, `yizhan.events/3@120`. */
  readonly place: string;
  /** The first 10,000 characters of it. */
  readonly raw: string;
  /** Of all of it, in characters. */
  readonly rawLength: number;
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly quarantinedAt: number;
}

/** Where a page of quarantined messages begins: behind this one. */
export type QuarantinePlace = Pick<QuarantinedMessage, 'quarantinedAt' | 'place'>;

/** What one service has put aside unread. */
export class QuarantinedMessages {
  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {}

  /** The oldest first. */
  list(
    group: string,
    { after, limit = longestList }: { readonly after?: QuarantinePlace | undefined; readonly limit?: number } = {},
  ): Promise<QuarantinedMessage[]> {
    return this.database.rows<QuarantinedMessage>(
      `SELECT consumer_group AS "group", place, left(raw, 10000) AS raw, length(raw) AS "rawLength", reason,
              quarantined_at AS "quarantinedAt"
       FROM ${this.schema}.quarantined
       WHERE consumer_group = $1 AND ($2::bigint IS NULL OR (quarantined_at, place) > ($2, $3::text))
       ORDER BY quarantined_at, place LIMIT $4`,
      [group, after?.quarantinedAt ?? null, after?.place ?? null, limit],
    );
  }
}
