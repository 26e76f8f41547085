import type { CarrierKeyResponse } from '@yizhan/client';

export type KeyState = 'live' | 'ended' | 'revoked';

/** @param now epoch milliseconds */
export function keyState(
  { revokedAt, expiresAt }: Pick<CarrierKeyResponse, 'revokedAt' | 'expiresAt'>,
  now: number,
): KeyState {
  if (revokedAt !== undefined) return 'revoked';
  return Date.parse(expiresAt) > now ? 'live' : 'ended';
}
