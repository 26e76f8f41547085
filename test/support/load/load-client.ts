import { randomUUID } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request as requestTo } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { type Claims, type SigningKey, TokenSigner } from '@yizhan/identity';

/** What a request came to: an answer, at last. */
export interface Outcome {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Statuses after which the same request is sent again under the same key. */
const tryAgain = new Set([429, 502, 503, 504]);
const patience = 180_000;
/**
 * As many as a browser or a company's system would hold open. Node takes one new connection in each turn of its event loop:
 * clients that open another for every try fill the queue of a server that is busy faster than it is emptied, for good.
 */
const mostConnections = 64;
const answerWithin = 20_000;

interface Request {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A client as the contract wants it: every change has an `Idempotency-Key`, and is sent again under the same one until it
 * is answered, whatever breaks meanwhile. Notes which changes were acknowledged.
 */
export class LoadClient {
  /** Keys of changes that were answered with a success. */
  readonly acknowledged = new Set<string>();
  /** How often a request had to be sent again. */
  retries = 0;
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: mostConnections });

  private constructor(
    private readonly address: string,
    private readonly signer: TokenSigner,
  ) {}

  static async open(address: string, key: SigningKey): Promise<LoadClient> {
    return new LoadClient(address, await TokenSigner.of(key));
  }

  /** @throws Error where it is not answered within three minutes. */
  async post(claims: Claims, path: string, body: object = {}): Promise<Outcome> {
    const key = randomUUID();
    const outcome = await this.#ask(claims, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    if (outcome.status < 300) this.acknowledged.add(key);
    return outcome;
  }

  get(claims: Claims, path: string): Promise<Outcome> {
    return this.#ask(claims, path, { method: 'GET' });
  }

  token(claims: Claims): Promise<string> {
    const name = JSON.stringify(claims);
    const known = this.#tokens.get(name) ?? this.signer.sign(claims, 6 * 3_600);
    this.#tokens.set(name, known);
    return known;
  }

  #send(path: string, { body, ...request }: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(answerWithin);
      const sent = requestTo(`${this.address}/api/v1/${path}`, { ...request, agent: this.#agent, signal }, (answer) => {
        const { statusCode = 0, headers } = answer;
        text(answer).then((content) => resolve({ status: statusCode, headers, body: content }), reject);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  async #ask(claims: Claims, path: string, { headers, ...request }: Request): Promise<Outcome> {
    const end = performance.now() + patience;
    const authorization = `Bearer ${await this.token(claims)}`;
    const said: string[] = [];
    for (let attempt = 0; performance.now() < end; attempt += 1) {
      if (attempt > 0) {
        this.retries += 1;
        await pause(Math.min(100 * 2 ** attempt, 1_000));
      }
      try {
        const {
          status,
          headers: told,
          body: content,
        } = await this.#send(path, {
          ...request,
          headers: { ...headers, authorization },
        });
        const body = JSON.parse(content) as Outcome['body'];
        said.push(`${status} ${content}`);
        // 409 with Retry-After: the same request is still under way.
        if (!tryAgain.has(status) && !(status === 409 && told['retry-after'] !== undefined)) return { status, body };
      } catch (error) {
        said.push(reasonOf(error));
      }
    }
    throw new Error(
      `${request.method} ${path} was not answered in ${said.length} tries: ${said.slice(-10).join('; ')}`,
    );
  }
}

/** What an error says, and what lies behind it: `fetch` says no more than that it failed. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? String(error) : `${String(error)} (${reasonOf(error.cause)})`;
}
