import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildOpenApi, httpAdapter, prepareHttp } from '@yizhan/http';
import { type Claims, newSigningKey, publicKeyOf, TokenSigner, TokenVerifier } from '@yizhan/identity';
import type { RunningStation } from './start-station.js';
import { Together } from './together.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  // Tests say what they expect of a body.
  readonly body: Record<string, never>;
}

/** Somebody with a token. */
export interface HttpCaller {
  get(url: string): Promise<Answer>;
  /** Posts with a key of its own unless one is given. */
  post(url: string, body?: object, key?: string): Promise<Answer>;
}

export interface StationOverHttp {
  as(claims: Omit<Claims, 'sub'>): HttpCaller;
  /** Faults that were reported: what became a 500 or a 503. */
  readonly faults: unknown[];
  openApi(): ReturnType<typeof buildOpenApi>;
  close(): Promise<void>;
}

/** The routes of what was started with `startStation` or `startRelay`, behind the real guard, pipe and filter; no socket. */
export async function stationOverHttp(station: RunningStation): Promise<StationOverHttp> {
  const key = await newSigningKey();
  const signer = await TokenSigner.of(key);
  const faults: unknown[] = [];
  const app = await NestFactory.create<NestFastifyApplication>(Together.of(station.modules), httpAdapter(), {
    logger: ['error'],
    abortOnError: false,
  });
  prepareHttp(app, {
    tokens: TokenVerifier.of([publicKeyOf(key)]),
    report: (error) => faults.push(error),
  });
  await app.init();
  let keys = 0;
  const ask = async (
    claims: Omit<Claims, 'sub'>,
    method: 'GET' | 'POST',
    url: string,
    body?: object,
    asked?: string,
  ) => {
    const token = await signer.sign({ ...claims, sub: `${claims.role}:test` }, 600);
    const headers = {
      authorization: `Bearer ${token}`,
      ...(method === 'GET' ? {} : { 'idempotency-key': asked ?? `http ${(keys += 1)}`.replace(' ', '-') }),
    };
    const answer = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  };
  return {
    as: (claims) => ({
      get: (url) => ask(claims, 'GET', url),
      post: (url, body, asked) => ask(claims, 'POST', url, body, asked),
    }),
    faults,
    openApi: () => buildOpenApi(app, { title: 'Yizhan', version: '0' }),
    close: () => app.close(),
  };
}
