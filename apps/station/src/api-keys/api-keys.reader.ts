import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '@yizhan/http';
import type { Access, Role } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import type { ApiKeyResponse, ApiKeysQuery } from './api-keys.dto.js';

interface ApiKeyRow {
  readonly key_id: string;
  readonly owner: string;
  readonly role: Role;
  readonly stations: string[];
  readonly areas: string[];
  readonly counties: string[];
  readonly carrier_id: string | null;
  readonly enterprise_id: string | null;
  readonly access: Access;
  readonly created_at: number;
  readonly created_by: string;
  readonly expires_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
  readonly revoke_reason: string | null;
}

/** Keys as they are shown: never themselves, never their digest. */
@Injectable()
export class ApiKeys {
  constructor(private readonly database: Database) {}

  async list(query: ApiKeysQuery): Promise<Page<ApiKeyResponse>> {
    const [owner = null, keyId = null] = query.afterKeys(2) ?? [];
    const rows = await this.database.rows<ApiKeyRow>(listKeys, [query.owner ?? null, owner, keyId, query.limit + 1]);
    return pageOf(rows, query.limit, (row) => [row.owner, row.key_id], responseOf);
  }
}

const iso = (instant: number | null): string | null => (instant === null ? null : toIso(instant));
const filled = (list: string[]): string[] | null => (list.length === 0 ? null : list);

function responseOf(row: ApiKeyRow): ApiKeyResponse {
  return {
    keyId: row.key_id,
    owner: row.owner,
    role: row.role,
    access: row.access,
    createdAt: toIso(row.created_at),
    createdBy: row.created_by,
    expiresAt: toIso(row.expires_at),
    ...given({ stations: filled(row.stations), areas: filled(row.areas), counties: filled(row.counties) }),
    ...given({ carrierId: row.carrier_id, enterpriseId: row.enterprise_id }),
    ...given({ lastUsedAt: iso(row.last_used_at), revokedAt: iso(row.revoked_at), revokeReason: row.revoke_reason }),
  };
}

const listKeys = `
  SELECT key_id, owner, role, stations, areas, counties, carrier_id, enterprise_id, access, created_at, created_by,
         expires_at, last_used_at, revoked_at, revoke_reason
  FROM station.api_keys
  WHERE ($1::text IS NULL OR owner = $1) AND ($2::text IS NULL OR (owner, key_id) > ($2, $3::text))
  ORDER BY owner, key_id LIMIT $4`;
