import { Injectable } from '@nestjs/common';
import { LogReader } from '@yizhan/event-log';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { LoggedEvent } from '../events/logged-event.js';
import { subscriptionColumns, type SubscriptionRow } from '../subscriptions/subscription.js';
import { SubscribedLogs } from './log-part.js';

interface ReplayRow {
  readonly replay_id: string;
  readonly what: 'all' | 'undelivered';
  readonly since_at: number;
  /** Null: all that the log had when it was asked for. */
  readonly until_at: number | null;
  readonly position: number;
  readonly last_position: number;
}

const step = 500;

/** Makes due again what replays ask for: a part of the log at a time, so that one of a year holds nobody up. */
@Injectable()
export class RunReplays {
  constructor(
    private readonly database: Database,
    private readonly reader: LogReader,
    private readonly clock: Clock,
    private readonly logs: SubscribedLogs,
  ) {}

  /** One step of one replay of a subscription. @returns whether there was one that no other process was at. */
  async step(subscriptionId: string): Promise<boolean> {
    const [replay] = await this.database.rows<ReplayRow>(running, [subscriptionId]);
    const [subscription] = await this.database.rows<SubscriptionRow>(
      `SELECT ${subscriptionColumns} FROM dispatch.subscriptions s WHERE s.subscription_id = $1`,
      [subscriptionId],
    );
    if (!replay || !subscription) return false;
    const rows = await this.reader.documentsAfter(replay.position, step);
    const part = rows.filter(({ position }) => position <= replay.last_position);
    const to = part.at(-1)?.position ?? replay.last_position;
    const entries = part.map(({ position, document }) => new LoggedEvent(position, document));
    const mine = await this.logs.of(subscription).wanted(entries);
    const wanted = mine.filter(({ document }) => isWithin(document, replay));
    const values = [
      wanted.map(({ position }) => position),
      wanted.map(({ eventId }) => eventId),
      wanted.map(({ type }) => type),
      wanted.map(({ orderKey }) => orderKey),
    ];
    return this.database.transaction(async (tx) => {
      const [row] = await tx.rows(hold, [replay.replay_id, replay.position, subscriptionId]);
      if (!row) return false;
      const now = this.clock.now();
      const [{ again }] = await tx.rows<{ again: number }>(dueAgain, [
        subscriptionId,
        values[0],
        now,
        replay.what,
        values[3],
      ]);
      const [{ made }] = await tx.rows<{ made: number }>(makeMissing, [subscriptionId, ...values, now]);
      await tx.rows(moveOn, [replay.replay_id, to, again + made, to >= replay.last_position ? 'done' : 'running']);
      return true;
    });
  }
}

/** By when it was recorded; positions follow that only nearly. */
function isWithin(document: string, { since_at, until_at }: ReplayRow): boolean {
  const { recordedtime } = JSON.parse(document) as { recordedtime: string };
  const at = Date.parse(recordedtime);
  return at >= since_at && (until_at === null || at < until_at);
}

const running = `
  SELECT replay_id, what, since_at, until_at, position, last_position FROM dispatch.replays
  WHERE subscription_id = $1 AND state = 'running' ORDER BY replay_id LIMIT 1`;

/** The subscription's row too: its numbers are given under its lock. */
const hold = `
  SELECT 1 FROM dispatch.replays r JOIN dispatch.subscriptions s ON s.subscription_id = r.subscription_id
  WHERE r.replay_id = $1 AND r.position = $2 AND r.state = 'running' AND r.subscription_id = $3
  FOR UPDATE OF r, s SKIP LOCKED`;

/** What somebody has in hand is on its way already. */
const dueAgain = `
  WITH again AS (
    UPDATE dispatch.deliveries d SET state = 'pending', tries = 0, due_at = to_timestamp($3::double precision / 1000),
      due_again_at = to_timestamp($3::double precision / 1000), ended_at = NULL, leased_by = NULL, leased_until = NULL, order_key = coalesce(w.order_key, d.order_key)
    FROM unnest($2::bigint[], $5::text[]) AS w (position, order_key)
    WHERE d.subscription_id = $1 AND d.position = w.position
      AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp()) AND (d.state <> 'delivered' OR $4::text = 'all')
    RETURNING 1)
  SELECT count(*) AS again FROM again`;

/** What a batch stands for has its number, and is on its way. */
const makeMissing = `
  WITH missing AS (
    SELECT e.position, e.event_id, e.type, e.order_key, row_number() OVER (ORDER BY e.position) AS place
    FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[]) AS e (position, event_id, type, order_key)
    WHERE NOT EXISTS (SELECT FROM dispatch.deliveries d WHERE d.subscription_id = $1 AND d.position = e.position)
      AND NOT EXISTS (SELECT FROM dispatch.batches b WHERE b.subscription_id = $1 AND e.position = ANY (b.positions))
  ), made AS (
    INSERT INTO dispatch.deliveries (subscription_id, position, number, event_id, type, order_key, state, made_at, due_at)
    SELECT s.subscription_id, m.position, s.last_number + m.place, m.event_id, m.type, m.order_key, 'pending',
      to_timestamp($6::double precision / 1000), to_timestamp($6::double precision / 1000)
    FROM missing m JOIN dispatch.subscriptions s ON s.subscription_id = $1
    RETURNING 1
  ), counted AS (
    UPDATE dispatch.subscriptions SET last_number = last_number + (SELECT count(*) FROM missing)
    WHERE subscription_id = $1 AND EXISTS (SELECT FROM missing)
  )
  SELECT count(*) AS made FROM made`;

const moveOn = 'UPDATE dispatch.replays SET position = $2, queued = queued + $3, state = $4 WHERE replay_id = $1';
