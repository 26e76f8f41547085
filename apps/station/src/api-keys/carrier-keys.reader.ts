import { Injectable } from '@nestjs/common';
import { type Page, pageOf, type PageQuery } from '@yizhan/http';
import type { Access } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { nameOf } from './carrier-key.js';
import type { CarrierKeyResponse } from './carrier-keys.dto.js';

interface CarrierKeyRow {
  readonly key_id: string;
  readonly owner: string;
  readonly access: Access;
  readonly created_at: number;
  readonly created_by: string;
  readonly expires_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
}

/** Keys that act for one carrier as it is shown them: never themselves, never their digest. */
@Injectable()
export class CarrierKeys {
  constructor(private readonly database: Database) {}

  async list(carrierId: string, query: PageQuery): Promise<Page<CarrierKeyResponse>> {
    const [owner = null, keyId = null] = query.afterKeys(2) ?? [];
    const rows = await this.database.rows<CarrierKeyRow>(listKeys, [carrierId, owner, keyId, query.limit + 1]);
    return pageOf(
      rows,
      query.limit,
      (row) => [row.owner, row.key_id],
      (row) => responseOf(carrierId, row),
    );
  }
}

function responseOf(carrierId: string, row: CarrierKeyRow): CarrierKeyResponse {
  return {
    keyId: row.key_id,
    name: nameOf(carrierId, row.owner),
    access: row.access,
    createdAt: toIso(row.created_at),
    createdBy: row.created_by,
    expiresAt: toIso(row.expires_at),
    ...(row.last_used_at === null ? {} : { lastUsedAt: toIso(row.last_used_at) }),
    ...(row.revoked_at === null ? {} : { revokedAt: toIso(row.revoked_at) }),
  };
}

const listKeys = `
  SELECT key_id, owner, access, created_at, created_by, expires_at, last_used_at, revoked_at FROM station.api_keys
  WHERE role = 'carrier' AND carrier_id = $1 AND ($2::text IS NULL OR (owner, key_id) > ($2, $3::text))
  ORDER BY owner, key_id LIMIT $4`;
