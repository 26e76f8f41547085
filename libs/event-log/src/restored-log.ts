/** What is needed of a client of the database. */
interface Asks {
  query<T extends object>(statement: string): Promise<{ readonly rows: readonly T[] }>;
}

/**
 * After a log was put back into another cluster: what the sequencer waits for are transactions by their numbers, which count
 * from another beginning there. An outbox id that it had passed over is looked up once more where its row is there; the
 * others were of transactions that the backup has not seen.
 */
export async function settleRestoredLog(client: Asks): Promise<void> {
  // A backup from before ADR 75 has the place in a row of its own.
  const found = await client.query<{ has: boolean }>(`SELECT to_regclass('event_log.passes') IS NOT NULL AS has`);
  await client.query(`
    UPDATE event_log.${found.rows[0]?.has ? 'passes' : 'sequencer'} SET gaps = coalesce(
      (SELECT jsonb_agg(jsonb_build_object('id', g->'id')) FROM jsonb_array_elements(gaps) g
       WHERE EXISTS (SELECT FROM event_log.outbox o WHERE o.id = (g->>'id')::bigint)), '[]')`);
}
