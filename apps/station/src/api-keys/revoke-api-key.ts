import { Injectable } from '@nestjs/common';
import { notFound } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';

export interface RevokeApiKeyInput {
  readonly keyId: string;
  /** A code, never free text. */
  readonly reason: string;
  /** Whose it has to be, where a carrier asks. */
  readonly carrierId?: string;
}

export interface RevokedKeyAnswer {
  readonly keyId: string;
  /** Epoch milliseconds. */
  readonly revokedAt: number;
}

/** Ends a key before its time. Revoking it again says when it was. */
@Injectable()
export class RevokeApiKey {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { keyId, reason, carrierId }: RevokeApiKeyInput): Promise<RevokedKeyAnswer> {
    return this.changes.once(request, async ({ tx, at }) => {
      const [row] = await tx.rows<{ revoked_at: number }>(revoke, [keyId, at, reason, carrierId ?? null]);
      if (!row) throw notFound('API_KEY.NOT_FOUND', `no API key ${keyId}`, { keyId });
      return { events: [], answer: { keyId, revokedAt: row.revoked_at } };
    });
  }
}

const revoke = `
  UPDATE station.api_keys
  SET revoked_at = coalesce(revoked_at, to_timestamp($2::double precision / 1000)), revoke_reason = coalesce(revoke_reason, $3)
  WHERE key_id = $1 AND ($4::text IS NULL OR (role = 'carrier' AND carrier_id = $4)) RETURNING revoked_at`;
