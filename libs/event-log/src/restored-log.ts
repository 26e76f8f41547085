/** What is needed of a client of the database. */
interface Asks {
  query(statement: string): Promise<unknown>;
}

/**
 * After a log was put back into another cluster: what the sequencer waits for are transactions by their numbers, which count
 * from another beginning there. An outbox id that it had passed over is looked up once more where its row is there; the
 * others were of transactions that the backup has not seen.
 */
export async function settleRestoredLog(client: Asks): Promise<void> {
  await client.query(`
    UPDATE event_log.sequencer SET gaps = coalesce(
      (SELECT jsonb_agg(jsonb_build_object('id', g->'id')) FROM jsonb_array_elements(gaps) g
       WHERE EXISTS (SELECT FROM event_log.outbox o WHERE o.id = (g->>'id')::bigint)), '[]')`);
}
