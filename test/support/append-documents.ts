import type { YizhanEvent } from '@yizhan/contracts';
import type { Database } from '@yizhan/persistence';

/** Writes documents as a service writes its own, whatever they hold; sequence, place and hash are given to them anew. */
export async function appendDocuments(database: Database, documents: readonly YizhanEvent[]): Promise<void> {
  const lines = documents.map(({ sequence: _, position: __, previous: ___, prevhash: ____, ...stated }) => ({
    subject: stated.subject,
    event: JSON.stringify(stated),
  }));
  await database.transaction(async (tx) => tx.last('SELECT event_log.append($1)', [JSON.stringify(lines)]));
}

/** Name of the fields that `withUnknownFields` adds. */
export const unknownField = 'addedLater';

/** A document as a later version of the product may write it: with fields that nobody knows yet, on every level. */
export function withUnknownFields<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withUnknownFields) as T;
  if (typeof value !== 'object' || value === null) return value;
  // The rules of a policy are a document of their own, with a version of their own.
  const parts = Object.entries(value).map(([name, part]) => [name, name === 'rules' ? part : withUnknownFields(part)]);
  return { ...Object.fromEntries(parts), [unknownField]: { of: 'a later version' } } as T;
}
