import type { QueryRunner } from 'typeorm';

/** What a service that tells people keeps in its own schema: a row for each notice and recipient. */
export async function createNoticeTables(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`CREATE TABLE ${schema}.notices (
    notice_id uuid PRIMARY KEY,
    cause text COLLATE "C" NOT NULL,
    about text COLLATE "C" NOT NULL,
    area_code text COLLATE "C" NOT NULL,
    station_code text COLLATE "C" NOT NULL,
    template text COLLATE "C" NOT NULL,
    "values" jsonb NOT NULL,
    text text NOT NULL,
    language text NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    gateway text COLLATE "C" NOT NULL,
    made_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'expired', 'overtaken')),
    tries int NOT NULL DEFAULT 0,
    leased_until timestamptz,
    ended_at timestamptz,
    failed_at timestamptz,
    failure text,
    failure_words text
  ) WITH (fillfactor = 70)`);
  await runner.query(`CREATE UNIQUE INDEX notices_once ON ${schema}.notices (cause, gateway, recipient)`);
  await runner.query(`CREATE INDEX notices_due ON ${schema}.notices (gateway, due_at) WHERE state = 'waiting'`);
  await runner.query(`CREATE INDEX notices_about ON ${schema}.notices (about)`);
  await runner.query(`CREATE INDEX notices_of_area ON ${schema}.notices (area_code, made_at DESC, notice_id DESC)`);
  await runner.query(`CREATE INDEX notices_by_age ON ${schema}.notices (made_at)`);
}

export async function dropNoticeTables(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`DROP TABLE ${schema}.notices`);
}
