import { type ApiKeyStore, readClaims, type StoredApiKey } from '@yizhan/identity';
import type { Database } from '@yizhan/persistence';

interface KeyRow {
  readonly owner: string;
  readonly role: string;
  readonly stations: readonly string[];
  readonly areas: readonly string[];
  readonly counties: readonly string[];
  readonly carrier_id: string | null;
  readonly enterprise_id: string | null;
  readonly access: string;
  readonly digest: string;
  readonly expires_at: number;
  readonly revoked_at: number | null;
}

interface Known {
  readonly key: StoredApiKey | undefined;
  readonly readAt: number;
}

const mostKnown = 1_000;
const noteUseEvery = 60_000;

/**
 * What the station has issued and taken back, as every service reads it with its own role: keys of systems, and which
 * accounts are suspended. What was read is believed for `maxAge` milliseconds, so a key that is revoked or an account that
 * is suspended is refused everywhere after that.
 */
export class IssuedCredentials implements ApiKeyStore {
  readonly #known = new Map<string, Known>();
  readonly #notedAt = new Map<string, number>();
  #suspended: ReadonlySet<string> = new Set();
  #suspendedReadAt = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(
    private readonly database: Pick<Database, 'rows'>,
    /** Told of what was in the way of noting a use. */
    private readonly onFault: (where: string, error: unknown) => void,
    private readonly maxAge = 5_000,
  ) {}

  async find(keyId: string): Promise<StoredApiKey | undefined> {
    const known = this.#known.get(keyId);
    if (known && performance.now() - known.readAt < this.maxAge) return known.key;
    const [row] = await this.database.rows<KeyRow>(readKey, [keyId]);
    const key = row && storedOf(row);
    remember(this.#known, keyId, { key, readAt: performance.now() });
    return key;
  }

  noteUse(keyId: string): void {
    const notedAt = this.#notedAt.get(keyId);
    if (notedAt !== undefined && performance.now() - notedAt < noteUseEvery) return;
    remember(this.#notedAt, keyId, performance.now());
    this.database.rows(noteUse, [keyId]).catch((error: unknown) => this.onFault('the use of an API key', error));
  }

  /** While the database is away, what was known last holds. */
  async isSuspended(accountId: string): Promise<boolean> {
    if (performance.now() - this.#suspendedReadAt >= this.maxAge) await (this.#reading ??= this.#readSuspended());
    return this.#suspended.has(accountId);
  }

  /** Asked of the few who sit in a county, so nothing of it is kept. */
  async stationsIn(counties: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.rows<{ station_code: string }>(readStations, [counties]);
    return rows.map(({ station_code }) => station_code);
  }

  async #readSuspended(): Promise<void> {
    try {
      const rows = await this.database.rows<{ account_id: string }>(readSuspended, []);
      this.#suspended = new Set(rows.map(({ account_id }) => account_id));
    } catch (error) {
      this.onFault('the suspended accounts', error);
    } finally {
      this.#suspendedReadAt = performance.now();
      this.#reading = undefined;
    }
  }
}

/** At most so many, the newest. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostKnown && oldest !== undefined) map.delete(oldest);
}

function storedOf(row: KeyRow): StoredApiKey {
  const { owner, role, stations, areas, counties, carrier_id, enterprise_id, access, digest } = row;
  const claims = readClaims({
    sub: `system:${owner}`,
    role,
    stations,
    areas,
    counties,
    carrierId: carrier_id ?? undefined,
    enterpriseId: enterprise_id ?? undefined,
    access,
  });
  return { digest, claims, expiresAt: row.expires_at, revokedAt: row.revoked_at };
}

const readKey = `
  SELECT owner, role, stations, areas, counties, carrier_id, enterprise_id, access, digest, expires_at, revoked_at
  FROM station.api_keys WHERE key_id = $1`;

const noteUse = 'UPDATE station.api_keys SET last_used_at = now() WHERE key_id = $1';

const readStations = 'SELECT station_code FROM station.stations WHERE county_code = ANY($1)';

const readSuspended = `SELECT account_id FROM station.accounts WHERE state = 'suspended'`;
