import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases and their logs. They are no read model: a rebuild leaves them, as what was written down is in no event. */
export class KeepCases1764950000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE command_centre.cases (
      case_id uuid PRIMARY KEY,
      area_code text COLLATE "C" NOT NULL,
      owner_area_code text COLLATE "C" NOT NULL,
      owner_id text COLLATE "C",
      accepted_at timestamptz,
      cause text COLLATE "C" NOT NULL CHECK (cause IN ('alert', 'exception')),
      cause_key text COLLATE "C" NOT NULL,
      cause_id uuid NOT NULL,
      code text COLLATE "C" NOT NULL,
      label text COLLATE "C" NOT NULL,
      station_code text COLLATE "C" NOT NULL,
      opened_at timestamptz NOT NULL,
      opened_by text COLLATE "C" NOT NULL,
      due_at timestamptz NOT NULL,
      overdue_at timestamptz,
      closed_at timestamptz,
      closed_by text COLLATE "C",
      outcome text COLLATE "C",
      notes_until timestamptz,
      version int NOT NULL,
      CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (outcome IS NULL)),
      CHECK (accepted_at IS NULL OR owner_id IS NOT NULL)
    ) WITH (fillfactor = 70)`);
    await runner.query(
      `CREATE UNIQUE INDEX cases_one_per_cause ON command_centre.cases (area_code, cause_key) WHERE closed_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX cases_open ON command_centre.cases (opened_at DESC, case_id DESC) WHERE closed_at IS NULL`,
    );
    await runner.query(`CREATE INDEX cases_by_age ON command_centre.cases (opened_at DESC, case_id DESC)`);
    await runner.query(
      `CREATE INDEX cases_due ON command_centre.cases (due_at) WHERE closed_at IS NULL AND overdue_at IS NULL`,
    );
    await runner.query(
      `CREATE INDEX cases_forgettable ON command_centre.cases (notes_until) WHERE notes_until IS NOT NULL`,
    );
    // The log of a case is also what tells a request that comes again.
    await runner.query(`CREATE TABLE command_centre.case_entries (
      case_id uuid NOT NULL REFERENCES command_centre.cases,
      entry_no int NOT NULL,
      at timestamptz NOT NULL,
      what text COLLATE "C" NOT NULL,
      by_id text COLLATE "C",
      owner_area_code text COLLATE "C" NOT NULL,
      owner_id text COLLATE "C",
      due_at timestamptz NOT NULL,
      outcome text COLLATE "C",
      note_sealed bytea,
      request_key text COLLATE "C",
      request_hash text COLLATE "C",
      PRIMARY KEY (case_id, entry_no)
    )`);
    await runner.query(
      `CREATE UNIQUE INDEX case_entries_once ON command_centre.case_entries (by_id, request_key) WHERE request_key IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE command_centre.case_entries, command_centre.cases');
  }
}
