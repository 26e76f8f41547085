import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';

const usualRefresh = 10 * 60_000;
const patience = 5_000;
const largestAnswer = 512 * 1024;
/** Tokens with made-up keys shall not make us ask the provider again and again. */
const askAgainAfter = 10_000;

export interface KeyFetching {
  readonly issuer: string;
  /** Told of a provider that does not answer; the keys that were known stay in force. */
  readonly onFault: (where: string, error: unknown) => void;
  readonly refreshEvery?: number;
  readonly askAgainAfter?: number;
}

/** A provider's public keys by discovery, kept and refreshed in the background: while it is away, those known last hold. */
export class ProviderKeys {
  #find: JWTVerifyGetKey | undefined;
  #kids: ReadonlySet<string> = new Set();
  #askedAt = -Infinity;
  #asking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly settings: KeyFetching) {}

  /** Asks for the first time, and then every ten minutes. Resolves when it was asked, also in vain. */
  async start(): Promise<void> {
    await this.refresh();
    const { refreshEvery = usualRefresh } = this.settings;
    this.#timer = setInterval(() => void this.refresh(), refreshEvery);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The keys, after another look at the provider where none of them has this id. Undefined while it has never answered. */
  async holding(kid: string | undefined): Promise<JWTVerifyGetKey | undefined> {
    const isKnown = kid === undefined ? this.#find !== undefined : this.#kids.has(kid);
    if (isKnown) return this.#find;
    const { askAgainAfter: pause = askAgainAfter } = this.settings;
    if (performance.now() - this.#askedAt >= pause) await this.refresh();
    else await this.#asking;
    return this.#find;
  }

  /** Looks at the provider; of several at once one does. */
  refresh(): Promise<void> {
    return (this.#asking ??= this.#fetch().finally(() => (this.#asking = undefined)));
  }

  async #fetch(): Promise<void> {
    this.#askedAt = performance.now();
    const { issuer, onFault } = this.settings;
    try {
      const about = await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
      if (about.issuer !== issuer) throw new Error(`the provider calls itself another issuer than ${issuer}`);
      const { keys } = await readJson(addressOfKeys(about.jwks_uri, issuer));
      if (!Array.isArray(keys)) throw new Error('the provider has sent no key set');
      this.#find = createLocalJWKSet({ keys });
      this.#kids = new Set((keys as { kid?: unknown }[]).flatMap(({ kid }) => (typeof kid === 'string' ? [kid] : [])));
    } catch (error) {
      onFault(`the OpenID Connect provider ${issuer}`, error);
    }
  }
}

/** Keys come by TLS, or from this machine. */
function addressOfKeys(uri: unknown, issuer: string): string {
  const url = new URL(String(uri), issuer);
  if (url.protocol === 'https:' || url.hostname === new URL(issuer).hostname) return url.href;
  throw new Error('the provider offers its keys without TLS');
}

async function readJson(url: string): Promise<Record<string, unknown>> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const text = await answer.text();
  if (text.length > largestAnswer) throw new Error(`${url} sends too much`);
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new Error(`${url} sends no object`);
}
