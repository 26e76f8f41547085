import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import { type LostAndDoubled, lostAndDoubled } from './lost-and-doubled.js';

/** A database that is looked into from outside. */
interface Database {
  rows<T extends object>(sql: string): Promise<T[]>;
}

/** Longer than a consumer waits after anything that went wrong. */
const comesToRestWithin = 60_000;

/** Keys of requests that were answered with a success, and of which the database knows nothing: there may never be one. */
export async function forgotten(database: Database, acknowledged: Iterable<string>): Promise<string[]> {
  const rows = await database.rows<{ key: string }>('SELECT key FROM station.requests');
  const known = new Set(rows.map(({ key }) => key));
  return [...acknowledged].filter((key) => !known.has(key));
}

/**
 * What is lost once nothing moves any more. What a request leaves is committed with its answer, and has its place in the log a
 * moment later: whoever looks at once looks too early. @param acknowledged keys of requests that are told of in events.
 */
export async function lostAtRest(database: Database, acknowledged: ReadonlySet<string>): Promise<LostAndDoubled> {
  const end = performance.now() + comesToRestWithin;
  for (;;) {
    const found = lostAndDoubled(await logged(database), acknowledged);
    if (found.lost.length === 0 || performance.now() > end) return found;
    await pause(500);
  }
}

async function logged(database: Database): Promise<YizhanEvent[]> {
  const rows = await database.rows<{ document: string }>('SELECT document FROM event_log.entries ORDER BY position');
  return rows.map(({ document }) => JSON.parse(document) as YizhanEvent);
}
