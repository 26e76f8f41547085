import { Injectable } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { SecretKind } from './account.js';

/** Failures in a row after which nothing is tried for a while. */
export const mostFailures = 5;
/** How long that is; failures are also forgotten after it. */
export const lockedFor = 15 * 60_000;

/**
 * Counts tries before they are made and forgives the one that was right: so a count outlives the rollback of whoever asked,
 * and many tries at once are not more than five.
 */
@Injectable()
export class SecretTries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Takes one try. @returns after how many seconds there is one again, where there is none. */
  async take(accountId: string, kind: SecretKind): Promise<number | undefined> {
    const now = this.clock.now();
    const taken = await this.database.aside(takeTry, [accountId, kind, now, mostFailures, lockedFor]);
    if (taken.length > 0) return undefined;
    const [row] = await this.database.aside<{ locked_until: number }>(readLock, [accountId, kind]);
    return Math.max(1, Math.ceil(((row?.locked_until ?? now) - now) / 1_000));
  }

  /** It was right. */
  async forgive(accountId: string, kind: SecretKind): Promise<void> {
    await this.database.aside(forgetTries, [accountId, kind]);
  }
}

/** Whoever sets a secret anew begins with all tries. */
export const forgetTries = 'DELETE FROM station.secret_tries WHERE account_id = $1 AND secret = $2';

const readLock = 'SELECT locked_until FROM station.secret_tries WHERE account_id = $1 AND secret = $2';

const instant = (name: string): string => `to_timestamp((${name})::double precision / 1000)`;

const takeTry = `
  INSERT INTO station.secret_tries AS t (account_id, secret, failed, last_at) VALUES ($1, $2, 1, ${instant('$3')})
  ON CONFLICT (account_id, secret) DO UPDATE SET
    failed = CASE WHEN t.last_at <= ${instant('$3::bigint - $5::bigint')} THEN 1 ELSE t.failed + 1 END,
    locked_until = CASE WHEN t.last_at > ${instant('$3::bigint - $5::bigint')} AND t.failed + 1 >= $4::integer
                        THEN ${instant('$3::bigint + $5::bigint')} END,
    last_at = EXCLUDED.last_at
  WHERE t.locked_until IS NULL OR t.locked_until <= EXCLUDED.last_at
  RETURNING failed`;
