import type { YizhanEvent } from '@yizhan/contracts';
import { LogReader } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import type { Database, Transaction } from '@yizhan/persistence';
import { readTypes } from '../command-centre.consumes.js';
import { foldInto } from '../kpis/read-models.js';

export interface Rebuilt {
  /** Entries of the log that were read. */
  readonly entries: number;
  /** Events that figures are made of. */
  readonly events: number;
  /** What lies in the log and is no event: figures pass over it, as they did. */
  readonly unreadable: number;
}

interface RebuildSettings {
  /** As the role of the command centre. */
  readonly database: Database;
  readonly group: string;
  /** Told how many entries were read, of how many. */
  readonly onProgress?: (read: number, head: number) => void;
}

/** Fewer transactions are fewer rows that are written again and again; what one holds in memory is some 100 MB. */
const batch = 20_000;

/**
 * Drops every read model and makes it again from the log, in one transaction: until it commits, the old figures are read.
 * No process of the command centre may run meanwhile.
 * @throws Problem `COMMAND_CENTRE.RUNNING` where one does; nothing is changed then.
 */
export async function rebuild({ database, group, onProgress }: RebuildSettings): Promise<Rebuilt> {
  return database.transaction(async (tx) => {
    await refuseWhileRunning(tx);
    await tx.rows(takeYourTime);
    const reader = new LogReader(tx);
    for (const table of readModels) await tx.rows(`DELETE FROM command_centre.${table}`);
    const discarded = new Set((await tx.rows<{ position: number }>(readDiscarded, [group])).map((row) => row.position));
    const reached = new Map<string, number>();
    const head = await headOf(tx);
    let entries = 0;
    let events = 0;
    let unreadable = 0;
    for (let position = 0; position < head;) {
      const taken: YizhanEvent[] = [];
      const read = await reader.after(position, Math.min(batch, head - position));
      for (const entry of read) {
        entries += 1;
        position = entry.position;
        if ('unreadable' in entry) unreadable += 1;
        else {
          reached.set(entry.event.partitionkey, entry.position);
          if (isRead.has(entry.event.type) && !discarded.has(position)) taken.push(entry.event);
        }
      }
      if (read.length === 0) break;
      await foldInto(tx, taken);
      events += taken.length;
      onProgress?.(position, head);
    }
    for (const [key, position] of [...reached, ['*', head] as const])
      await tx.rows(saveProgress, [group, key, position]);
    return { entries, events, unreadable };
  });
}

const isRead = new Set(readTypes);
const readModels = [
  'cells',
  'stories',
  'throughput',
  'stations_heard',
  'enterprises',
  'capacity_reports',
  'consumed',
  'parked_events',
] as const;

/** The tables of years may take longer to empty than a request may wait. */
const takeYourTime = `SELECT set_config('statement_timeout', '0', true),
  set_config('idle_in_transaction_session_timeout', '0', true)`;
const readDiscarded = 'SELECT position FROM command_centre.discarded_events WHERE consumer_group = $1';
const saveProgress =
  'INSERT INTO command_centre.consumed (consumer_group, partition_key, position) VALUES ($1, $2, $3)';

async function headOf(tx: Transaction): Promise<number> {
  const [row] = await tx.rows<{ head: number | null }>('SELECT max(position) AS head FROM event_log.entries');
  return row?.head ?? 0;
}

/** A process of it has connections of the role that this transaction has. */
async function refuseWhileRunning(tx: Transaction): Promise<void> {
  const [row] = await tx.rows<{ others: number }>(
    `SELECT count(*) AS others FROM pg_stat_activity
     WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()`,
  );
  if ((row?.others ?? 0) === 0) return;
  throw new Problem('conflict', 'COMMAND_CENTRE.RUNNING', 'stop every process of the command centre first');
}
