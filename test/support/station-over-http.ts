import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildOpenApi, httpAdapter, prepareHttp } from '@yizhan/http';
import { ApiKeyVerifier, type Claims, Credentials, publicKeyOf, TokenSigner, TokenVerifier } from '@yizhan/identity';
import { IssuedCredentials } from '@yizhan/service-process';
import type { RunningStation } from './start-station.js';
import { Together } from './together.js';
import { type FileAnswer, fileOf } from './upload.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  // Tests say what they expect of a body.
  readonly body: Record<string, never>;
}

/** Somebody with a token. */
export interface HttpCaller {
  get(url: string): Promise<Answer>;
  /** As it comes: of what is no JSON. */
  fetch(url: string): Promise<Omit<Answer, 'body'> & { readonly raw: Buffer }>;
  /** Posts what is no JSON, such as a photo. */
  send(
    url: string,
    content: Buffer | NodeJS.ReadableStream,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** Posts with a key of its own unless one is given. */
  post(url: string, body?: object, key?: string): Promise<Answer>;
  /** Reads what is no JSON. */
  file(url: string): Promise<FileAnswer>;
  /** Sends a file, with a key of its own unless one is given. */
  upload(url: string, type: string, content: Buffer | string, key?: string): Promise<FileAnswer>;
}

type HttpClaims = Omit<Claims, 'sub'> & { readonly sub?: string };

export interface StationOverHttp {
  /** `operator:test` and so on, unless somebody else is named. */
  as(claims: HttpClaims): HttpCaller;
  /** Whoever has this credential; nobody without one. */
  bearing(credential?: string): HttpCaller;
  /** Faults that were reported: what became a 500 or a 503. */
  readonly faults: unknown[];
  openApi(): ReturnType<typeof buildOpenApi>;
  close(): Promise<void>;
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: object;
  /** Its `Idempotency-Key`. */
  readonly once?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The routes of what was started with `startStation` or `startRelay`, behind the real guard, pipe and filter; no socket. */
export async function stationOverHttp(station: RunningStation): Promise<StationOverHttp> {
  const signer = await TokenSigner.of(station.signingKey);
  const faults: unknown[] = [];
  const issued = new IssuedCredentials(station.database, (_where, error) => faults.push(error), 0);
  const app = await NestFactory.create<NestFastifyApplication>(Together.of(station.modules), httpAdapter(), {
    logger: ['error'],
    abortOnError: false,
  });
  prepareHttp(app, {
    tokens: new Credentials({
      tokens: TokenVerifier.of([publicKeyOf(station.signingKey)]),
      apiKeys: new ApiKeyVerifier(issued, station.clock),
      isSuspended: (subject) => issued.isSuspended(subject),
    }),
    report: (error) => faults.push(error),
  });
  await app.init();
  let keys = 0;
  const inject = (credential: string | undefined, { method, url, body, once, headers }: Asked) =>
    app.inject({
      method,
      url,
      headers: {
        ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
        ...(method === 'GET' ? {} : { 'idempotency-key': once ?? `http ${(keys += 1)}`.replace(' ', '-') }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    });
  const callerWith = (credential: () => Promise<string> | undefined): HttpCaller => {
    const ask = async (asked: Asked): Promise<Answer> => {
      const answer = await inject(await credential(), asked);
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: answer.body === '' ? {} : answer.json(),
      };
    };
    return {
      get: (url) => ask({ method: 'GET', url }),
      fetch: async (url) => {
        const answer = await inject(await credential(), { method: 'GET', url });
        return { status: answer.statusCode, headers: answer.headers, raw: answer.rawPayload };
      },
      post: (url, body, once) => ask({ method: 'POST', url, body, once }),
      file: async (url) => fileOf(await inject(await credential(), { method: 'GET', url })),
      upload: async (url, type, content, once) => {
        const headers = { 'content-type': type };
        return fileOf(
          await inject(await credential(), { method: 'POST', url, body: Buffer.from(content), once, headers }),
        );
      },
      send: (url, body, headers) => ask({ method: 'POST', url, body, headers }),
    };
  };
  return {
    as: (claims) => callerWith(() => signer.sign({ sub: `${claims.role}:test`, ...claims }, 600)),
    bearing: (credential) => callerWith(() => (credential === undefined ? undefined : Promise.resolve(credential))),
    faults,
    openApi: () => buildOpenApi(app, { title: 'Yizhan', version: '0' }),
    close: () => app.close(),
  };
}
