import { Injectable } from '@nestjs/common';
import { type Access, newApiKey, digestOfSecret, type Role } from '@yizhan/identity';
import type { Transaction } from '@yizhan/persistence';
import { assertThere } from '../accounts/assert-there.js';
import type { AccountScope } from '../accounts/account.js';
import { conflict, invalid } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { assertKeyFits } from './api-key.js';

export interface CreateApiKeyInput extends AccountScope {
  /** The system that it is for, such as `wms-7`; its keys act as `system:wms-7`. */
  readonly owner: string;
  readonly role: Role;
  readonly access: Access;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface ApiKeyAnswer {
  readonly keyId: string;
  readonly owner: string;
  readonly expiresAt: number;
}

const mostLive = 2;
const mostOfCarrier = 40;
const longest = 366 * 24 * 3_600_000;

/** Makes a key for a system. It is known to the first answer only: what is kept is its digest. */
@Injectable()
export class CreateApiKey {
  constructor(private readonly changes: Changes) {}

  async execute(
    request: StationRequest,
    { owner, role, access, expiresAt, ...scope }: CreateApiKeyInput,
  ): Promise<ApiKeyAnswer & { readonly key: string | null }> {
    assertKeyFits(role, scope);
    const made = newApiKey();
    const answer = await this.changes.once<ApiKeyAnswer>(request, async (change) => {
      const { tx } = change;
      assertEndsInTime(expiresAt, change.at);
      if (role === 'carrier') await assertRoom(tx, scope.carrierId ?? '', change.at);
      await tx.rows(lockOwner, [owner]);
      const [{ live }] = await tx.rows<{ live: number }>(countLive, [owner, change.at]);
      if (live >= mostLive) {
        const message = `${owner} has two live keys: revoke one, so that the other can be replaced`;
        throw conflict('API_KEY.TWO_LIVE', message, { owner });
      }
      await assertThere(tx, scope);
      const values = [scope.stations ?? [], scope.areas ?? [], scope.counties ?? []];
      const parties = [scope.carrierId ?? null, scope.enterpriseId ?? null];
      tx.last(insertKey, [
        made.keyId,
        owner,
        role,
        ...values,
        ...parties,
        access,
        digestOfSecret(made.key),
        change.at,
        request.caller,
        expiresAt,
      ]);
      return { events: [], answer: { keyId: made.keyId, owner, expiresAt } };
    });
    // A repeated request gets the answer of the first, whose key nobody has kept.
    return { ...answer, key: answer.keyId === made.keyId ? made.key : null };
  }
}

function assertEndsInTime(expiresAt: number, now: number): void {
  if (expiresAt > now && expiresAt <= now + longest) return;
  throw invalid('API_KEY.END', 'a key ends in the future, within a year', { field: 'expiresAt' });
}

/** A carrier makes its own: what it makes too many of is its own too. */
async function assertRoom(tx: Transaction, carrierId: string, now: number): Promise<void> {
  await tx.rows(lockCarrier, [carrierId]);
  const [{ live }] = await tx.rows<{ live: number }>(countOfCarrier, [carrierId, now]);
  if (live < mostOfCarrier) return;
  const message = `there are ${mostOfCarrier} live keys of carrier ${carrierId}: revoke one that nothing uses`;
  throw conflict('API_KEY.TOO_MANY', message, { most: mostOfCarrier });
}

const lockCarrier = `SELECT pg_advisory_xact_lock(hashtextextended('station|api keys of carrier|' || $1::text, 0))`;

const countOfCarrier = `
  SELECT count(*) AS live FROM station.api_keys
  WHERE role = 'carrier' AND carrier_id = $1 AND revoked_at IS NULL AND expires_at > to_timestamp($2::double precision / 1000)`;

const lockOwner = `SELECT pg_advisory_xact_lock(hashtextextended('station|api key|' || $1::text, 0))`;

const countLive = `
  SELECT count(*) AS live FROM station.api_keys
  WHERE owner = $1 AND revoked_at IS NULL AND expires_at > to_timestamp($2::double precision / 1000)`;

const insertKey = `
  INSERT INTO station.api_keys (key_id, owner, role, stations, areas, counties, carrier_id, enterprise_id, access, digest,
    created_at, created_by, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::double precision / 1000), $12,
    to_timestamp($13::double precision / 1000))`;
