import type { Transaction } from '@yizhan/persistence';
import { newOpaqueToken } from './opaque-tokens.js';

/** However often it is refreshed, a session ends after this. */
export const sessionFor = 7 * 24 * 3_600_000;
/** Whoever has not come back by then signs in anew. */
export const refreshFor = 24 * 3_600_000;

/** A refresh token whose answer may have been lost is taken once more for so long, milliseconds. */
export const repeatFor = 60_000;

export interface SessionStart {
  readonly sessionId: string;
  readonly accountId: string;
  readonly at: number;
}

/** Begins a session. @returns its first refresh token. */
export function startSession(tx: Transaction, { sessionId, accountId, at }: SessionStart): string {
  tx.last(dropOldSessions, [accountId, at]);
  tx.last(insertSession, [sessionId, accountId, at, at + sessionFor]);
  return issueRefreshToken(tx, sessionId, at);
}

/** Gives the session its next refresh token. */
export function issueRefreshToken(tx: Transaction, sessionId: string, at: number): string {
  const { token, digest } = newOpaqueToken('yzr');
  tx.last(insertToken, [digest, sessionId, at]);
  return token;
}

/** Ends what an account has open: its secret was changed, or it is suspended. */
export const endSessionsOf = `
  UPDATE station.sessions SET ended_at = now(), end_reason = $2 WHERE account_id = $1 AND ended_at IS NULL`;

export const endSession = `
  UPDATE station.sessions SET ended_at = to_timestamp($2::double precision / 1000), end_reason = $3
  WHERE session_id = $1 AND ended_at IS NULL`;

const insertSession = `
  INSERT INTO station.sessions (session_id, account_id, started_at, expires_at)
  VALUES ($1, $2, to_timestamp($3::double precision / 1000), to_timestamp($4::double precision / 1000))`;

const insertToken = `
  INSERT INTO station.refresh_tokens (digest, session_id, issued_at)
  VALUES ($1, $2, to_timestamp($3::double precision / 1000))`;

const dropOldSessions = `
  DELETE FROM station.sessions WHERE account_id = $1 AND expires_at < to_timestamp($2::double precision / 1000)`;
