import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subscriptions, what is to be delivered to them and what came of it, replays, answers by `Idempotency-Key`. */
export class CreateDispatch1764400002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE dispatch.replays, dispatch.deliveries, dispatch.notices, dispatch.subscriptions,
      dispatch.requests`);
  }
}

const statements = [
  `CREATE TABLE dispatch.requests (
    caller text NOT NULL, key text NOT NULL, hash text NOT NULL, answer jsonb, answered_at timestamptz NOT NULL,
    PRIMARY KEY (caller, key))`,
  `CREATE INDEX requests_by_age ON dispatch.requests (answered_at)`,
  `CREATE TABLE dispatch.subscriptions (
    subscription_id uuid PRIMARY KEY, carrier_id text, url text NOT NULL, description text, filter jsonb NOT NULL,
    header_names text[] NOT NULL DEFAULT '{}', headers_sealed bytea,
    secret_sealed bytea NOT NULL, secret_made_at timestamptz NOT NULL, previous_sealed bytea, previous_until timestamptz,
    per_second integer CHECK (per_second > 0), ordered boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('unproven', 'active', 'paused', 'disabled')),
    disabled_reason text CHECK (disabled_reason IN ('gone', 'failing')),
    version integer NOT NULL DEFAULT 1, position bigint NOT NULL, last_number bigint NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0, failing_since timestamptz, held_until timestamptz,
    rate_at timestamptz NOT NULL DEFAULT 'epoch', probed_at timestamptz, proven_at timestamptz,
    created_at timestamptz NOT NULL, created_by text NOT NULL, changed_at timestamptz NOT NULL,
    CHECK ((state = 'disabled') = (disabled_reason IS NOT NULL)),
    CHECK ((previous_sealed IS NULL) = (previous_until IS NULL))
  ) WITH (fillfactor = 50)`,
  `CREATE INDEX subscriptions_by_carrier ON dispatch.subscriptions (carrier_id)`,
  `CREATE TABLE dispatch.notices (
    notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription_id uuid NOT NULL REFERENCES dispatch.subscriptions ON DELETE CASCADE,
    noticed_at timestamptz NOT NULL, code text NOT NULL, message text NOT NULL)`,
  `CREATE INDEX notices_by_subscription ON dispatch.notices (subscription_id, notice_id)`,
  // One row for each event of a subscription, whatever becomes of it: it cannot be made twice.
  `CREATE TABLE dispatch.deliveries (
    subscription_id uuid NOT NULL REFERENCES dispatch.subscriptions ON DELETE CASCADE,
    position bigint NOT NULL, number bigint NOT NULL, event_id uuid NOT NULL, type text NOT NULL, order_key text,
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')), tries integer NOT NULL DEFAULT 0,
    made_at timestamptz NOT NULL, due_at timestamptz NOT NULL, ended_at timestamptz,
    leased_by text, leased_until timestamptz, attempts jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (subscription_id, position)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX deliveries_due ON dispatch.deliveries (subscription_id, due_at) WHERE state = 'pending'`,
  `CREATE INDEX deliveries_in_order ON dispatch.deliveries (subscription_id, order_key, position)
    WHERE state = 'pending' AND order_key IS NOT NULL`,
  `CREATE INDEX deliveries_failed ON dispatch.deliveries (subscription_id, position) WHERE state = 'failed'`,
  `CREATE TABLE dispatch.replays (
    replay_id uuid PRIMARY KEY, subscription_id uuid NOT NULL REFERENCES dispatch.subscriptions ON DELETE CASCADE,
    what text NOT NULL CHECK (what IN ('all', 'undelivered')), since_at timestamptz NOT NULL, until_at timestamptz NOT NULL,
    position bigint NOT NULL, last_position bigint NOT NULL, queued bigint NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('running', 'done')),
    created_at timestamptz NOT NULL, created_by text NOT NULL)`,
  `CREATE INDEX replays_running ON dispatch.replays (subscription_id) WHERE state = 'running'`,
  `CREATE INDEX replays_by_subscription ON dispatch.replays (subscription_id, replay_id)`,
];
