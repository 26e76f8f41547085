import { Injectable } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { newOpaqueToken } from './opaque-tokens.js';

export const claimableFor = 24 * 3_600_000;

/** What whoever has started the product can do to become its first administrator. */
export interface Claimable {
  readonly token: string;
  readonly expiresAt: number;
}

/**
 * The link by which the first administrator comes to be, once. Only its digest is kept: it can be shown once, and whoever has
 * closed the window that showed it gets another one with the next start.
 */
@Injectable()
export class ClaimLink {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes a link where there is no administrator yet; those that were made before hold on. @returns undefined where there is one. */
  make(): Promise<Claimable | undefined> {
    return this.database.transaction(async (tx) => {
      await tx.rows(lockClaims, []);
      const now = this.clock.now();
      const [{ claimed }] = await tx.rows<{ claimed: boolean }>(readClaimed, []);
      if (claimed) return undefined;
      const { token, digest } = newOpaqueToken('yzc');
      const expiresAt = now + claimableFor;
      tx.last(insertClaim, [digest, now, expiresAt]);
      return { token, expiresAt };
    });
  }
}

/** Of two that claim or make a link at once, the second sees what the first has done. */
export const lockClaims = `SELECT pg_advisory_xact_lock(hashtextextended('station|claim', 0))`;

/** Whether somebody is administrator. */
export const readClaimed = `SELECT EXISTS (SELECT FROM station.accounts WHERE role = 'administrator') AS claimed`;

const insertClaim = `
  INSERT INTO station.claims (digest, made_at, expires_at)
  VALUES ($1, to_timestamp($2::double precision / 1000), to_timestamp($3::double precision / 1000))`;
