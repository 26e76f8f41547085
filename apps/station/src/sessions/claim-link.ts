import { Injectable } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { newOpaqueToken } from './opaque-tokens.js';

export const claimableFor = 24 * 3_600_000;

/** What whoever has started the product can do to become its first administrator. */
export type Claimable =
  { readonly token: string; readonly expiresAt: number } | { readonly token: undefined; readonly expiresAt: number };

/** The one link by which the first administrator comes to be. Only its digest is kept: it can be shown once. */
@Injectable()
export class ClaimLink {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a link where there is no administrator yet and no link in force. @returns undefined where there is an
   * administrator; without a token where a link that was shown before still holds.
   */
  ensure(): Promise<Claimable | undefined> {
    return this.database.transaction(async (tx) => {
      await tx.rows(lockClaims, []);
      const now = this.clock.now();
      const [{ claimed, expires_at }] = await tx.rows<{ claimed: boolean; expires_at: number | null }>(readClaimed, [
        now,
      ]);
      if (claimed) return undefined;
      if (expires_at !== null) return { token: undefined, expiresAt: expires_at };
      const { token, digest } = newOpaqueToken('yzc');
      const expiresAt = now + claimableFor;
      tx.last(insertClaim, [digest, now, expiresAt]);
      return { token, expiresAt };
    });
  }
}

/** Of two that claim or make a link at once, the second sees what the first has done. */
export const lockClaims = `SELECT pg_advisory_xact_lock(hashtextextended('station|claim', 0))`;

/** Whether somebody is administrator; until when a link holds. */
export const readClaimed = `
  SELECT EXISTS (SELECT FROM station.accounts WHERE role = 'administrator') AS claimed,
         (SELECT max(expires_at) FROM station.claims
          WHERE used_at IS NULL AND expires_at > to_timestamp($1::double precision / 1000)) AS expires_at`;

const insertClaim = `
  INSERT INTO station.claims (digest, made_at, expires_at)
  VALUES ($1, to_timestamp($2::double precision / 1000), to_timestamp($3::double precision / 1000))`;
