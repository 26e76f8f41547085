import type { YizhanEvent } from '@yizhan/contracts';
import type { Database, Transaction } from '@yizhan/persistence';
import { decodeEvent, type LogEntry, type RecentEntries } from './log-entry.js';
import { readHeads } from './log-heads.js';
import { inOrderOfKey } from './of-key.js';

interface EntryRow {
  readonly position: number;
  readonly document: string;
}

/** Reads the log by position, from memory where the sequencer runs in this process, else from the table. */
export class LogReader {
  constructor(
    private readonly database: Pick<Database, 'rows'>,
    private readonly recent?: RecentEntries,
  ) {}

  /** At most `limit` entries after `position`, in order; empty at the head. */
  async after(position: number, limit: number): Promise<readonly LogEntry[]> {
    const remembered = this.recent?.after(position, limit);
    if (remembered) return remembered;
    const rows = await this.database.rows<EntryRow>(
      'SELECT position, document FROM event_log.entries WHERE position > $1 ORDER BY position LIMIT $2',
      [position, limit],
    );
    return rows.map(entryOf);
  }

  /** At most `limit` entries of one partition key after `position`, in order, from the table. */
  async ofKeyAfter(key: string, position: number, limit: number): Promise<readonly LogEntry[]> {
    const rows = await this.database.rows<EntryRow>(`${inOrderOfKey('e.position, e.document', '$1', '$2')} LIMIT $3`, [
      key,
      position,
      limit,
    ]);
    return rows.map(entryOf);
  }

  /** Whether the log has an event of a partition key and one of these types. */
  async hasOfKey(key: string, types: readonly string[]): Promise<boolean> {
    const [row] = await this.database.rows<{ has: boolean }>(
      `SELECT EXISTS (SELECT FROM (${inOrderOfKey('e.type', '$1', '0')}) AS own WHERE own.type = ANY ($2::text[])) AS has`,
      [key, types],
    );
    return row?.has ?? false;
  }

  /** Every partition key that the log has, with the position of its newest entry. */
  async keys(): Promise<readonly { key: string; position: number }[]> {
    return this.database.rows<{ key: string; position: number }>(readHeads, [Number.MAX_SAFE_INTEGER]);
  }

  /** As `after`, but the documents as they were hashed: for exports. */
  async documentsAfter(position: number, limit: number): Promise<readonly { position: number; document: string }[]> {
    const rows = await this.database.rows<EntryRow>(
      'SELECT position, document FROM event_log.entries WHERE position > $1 ORDER BY position LIMIT $2',
      [position, limit],
    );
    return rows.map((row) => ({ position: row.position, document: row.document }));
  }

  /** Events of one correlation (a visit's whole history), in order. */
  async ofCorrelation(correlationId: string): Promise<readonly YizhanEvent[]> {
    const rows = await this.database.rows<EntryRow>(
      'SELECT position, document FROM event_log.entries WHERE correlation_id = $1 ORDER BY position LIMIT 1000',
      [correlationId],
    );
    return rows.map((row) => JSON.parse(row.document) as YizhanEvent);
  }

  /** Events of one subject, the newest 10,000, in order. */
  async ofSubject(subject: string): Promise<readonly YizhanEvent[]> {
    const rows = await this.database.rows<EntryRow>(
      'SELECT position, document FROM event_log.entries WHERE subject = $1 ORDER BY sequence DESC LIMIT 10000',
      [subject],
    );
    return rows.map((row) => JSON.parse(row.document) as YizhanEvent).toReversed();
  }

  /** Position of the newest entry, 0 for an empty log. */
  async head(): Promise<number> {
    const [row] = await this.database.rows<{ head: number | null }>(
      'SELECT max(position) AS head FROM event_log.entries',
    );
    return row?.head ?? 0;
  }
}

/** An event of a subject, read in a transaction that needs it. */
export async function loggedEvent(
  tx: Pick<Transaction, 'rows'>,
  subject: string,
  eventId: string,
): Promise<YizhanEvent | undefined> {
  const [row] = await tx.rows<Pick<EntryRow, 'document'>>(
    'SELECT document FROM event_log.entries WHERE subject = $1 AND event_id = $2',
    [subject, eventId],
  );
  return row && (JSON.parse(row.document) as YizhanEvent);
}

/** What the log has of a subject, the newest 10,000 events, in order. */
export interface SubjectHistory {
  readonly events: readonly YizhanEvent[];
  /** False while something that was written of it is still on its way to the log. */
  readonly isWhole: boolean;
}

/** The history of a subject in a transaction that holds the locks under which events of it are written: it stands still. */
export async function loggedHistory(tx: Pick<Transaction, 'rows'>, subject: string): Promise<SubjectHistory> {
  const rows = await tx.rows<Pick<EntryRow, 'document'> & { readonly isNewest: boolean }>(
    `SELECT e.document, e.sequence = s.sequence AS "isNewest"
     FROM event_log.subjects s JOIN event_log.entries e ON e.subject = s.subject
     WHERE s.subject = $1 ORDER BY e.sequence DESC LIMIT 10000`,
    [subject],
  );
  const events = rows.map(({ document }) => JSON.parse(document) as YizhanEvent).toReversed();
  return { events, isWhole: rows[0]?.isNewest ?? false };
}

function entryOf({ position, document }: EntryRow): LogEntry {
  const decoded = decodeEvent(document);
  return 'event' in decoded
    ? { position, event: decoded.event }
    : { position, unreadable: { raw: document, reason: decoded.reason } };
}
