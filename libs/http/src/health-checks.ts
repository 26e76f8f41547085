import { type Connection, type Database, type MigrationSet, pendingMigrations } from '@yizhan/persistence';

export interface HealthVerdict {
  readonly ok: boolean;
  /** What is wrong, or a figure. */
  readonly detail?: string;
}

/** One thing that must be well. A check that throws, or takes over 2 s, has failed. */
export interface HealthCheck {
  readonly name: string;
  check(): Promise<HealthVerdict> | HealthVerdict;
}

/** The database answers a statement. */
export function databaseAnswers(database: Database): HealthCheck {
  return {
    name: 'database',
    async check() {
      await database.rows('SELECT 1');
      return { ok: true };
    },
  };
}

/** Every migration of this program has run. Asked until it is so, then no more: it stays so. */
export function migrationsFit(owner: Connection, sets: readonly MigrationSet[]): HealthCheck {
  let fit = false;
  return {
    name: 'migrations',
    async check() {
      const pending = fit ? [] : await pendingMigrations(owner, sets);
      fit = pending.length === 0;
      return fit ? { ok: true } : { ok: false, detail: `not run yet: ${pending.join(', ')}` };
    },
  };
}

/** What a consumer group has handled, and how far the log is. */
export interface ConsumerProgress {
  readonly group: string;
  readonly cursor: number;
  readonly head: number;
}

/** Fails where a group lies behind the log and has not moved for `stalledAfterSeconds`: the process is up, but does nothing. */
export function consumersProgress(
  read: () => Promise<readonly ConsumerProgress[]>,
  stalledAfterSeconds = 30,
): HealthCheck {
  const moved = new Map<string, { cursor: number; at: number }>();
  return {
    name: 'consumers',
    async check() {
      const stalled: string[] = [];
      for (const { group, cursor, head } of await read()) {
        const before = moved.get(group);
        if (!before || before.cursor !== cursor || cursor >= head) moved.set(group, { cursor, at: performance.now() });
        else if (performance.now() - before.at > stalledAfterSeconds * 1000)
          stalled.push(`${group} at ${cursor} of ${head}`);
      }
      return stalled.length === 0 ? { ok: true } : { ok: false, detail: `no progress: ${stalled.join(', ')}` };
    },
  };
}
