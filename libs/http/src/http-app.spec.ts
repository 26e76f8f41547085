import { runInNewContext } from 'node:vm';
import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newSigningKey, publicKeyOf, Roles, TokenSigner, TokenVerifier } from '@yizhan/identity';
import { Clock, ManualClock, Problem } from '@yizhan/kernel';
import { Validator } from '@seriousme/openapi-schema-validator';
import { type ChangeRequest, CurrentRequest } from './change-request.js';
import { Code, Codes, Instant, Nested, OneOf, Quantity, Sha256, Text, Uuid, WholeNumber } from './fields.js';
import { HealthModule } from './health.module.js';
import { httpAdapter, prepareHttp } from './http-app.js';
import { instantOf } from './instants.js';
import { serveOpenApi } from './open-api.js';
import { ApiPage, type Page, pageOf, PageQuery } from './page.js';
import { CodeParam, UuidParam } from './params.js';

class Location {
  @Quantity({ min: -90, max: 90 })
  readonly latitude: number;
}

class OpenBayRequest {
  @Code()
  readonly bayCode: string;

  @Nested(() => Location, { optional: true })
  readonly location?: Location;

  @Nested(() => Location, { optional: true, list: true })
  readonly others?: Location[];

  @Instant({ optional: true })
  readonly opensAt?: string;

  @Codes({ optional: true })
  readonly tags?: string[];

  @OneOf(['big', 'small'], { optional: true })
  readonly size?: string;

  @Text({ optional: true, maxLength: 10 })
  readonly name?: string;

  @Uuid({ optional: true })
  readonly id?: string;

  @WholeNumber({ optional: true, max: 9 })
  readonly priority?: number;

  @Sha256({ optional: true })
  readonly plan?: string;

  @Code({ nullable: true, optional: true })
  readonly zoneId?: string | null;
}

class BayResponse {
  @Code()
  readonly bayCode: string;
}

const bays = ['1', '2', '3', '浙'].map((bayCode) => ({ bayCode }));
const clock = new ManualClock(1_000);
let fault: () => unknown = () => new Error('boom');

@Controller('api/v1/bays')
@Roles('operator')
class BaysController {
  @Post()
  open(@CurrentRequest() request: ChangeRequest, @Body() body: OpenBayRequest): object {
    return { request, opensAt: instantOf(body.opensAt), isClass: body instanceof OpenBayRequest };
  }

  @Get()
  @ApiPage(BayResponse)
  list(@Query() query: PageQuery): Page<BayResponse> {
    const [after = ''] = query.afterKeys(1) ?? [];
    const rows = bays.filter(({ bayCode }) => bayCode > after).slice(0, query.limit + 1);
    return pageOf(
      rows,
      query.limit,
      ({ bayCode }) => [bayCode],
      (row) => row,
    );
  }

  @Get('of/:stationCode/:visitId')
  read(@CodeParam('stationCode') stationCode: string, @UuidParam('visitId') visitId: string): object {
    return { stationCode, visitId };
  }

  @Get('fault')
  fail(): void {
    throw fault();
  }
}

let app: NestFastifyApplication;
let token: string;
let isReady = true;
const reported: unknown[] = [];

beforeAll(async () => {
  const key = await newSigningKey();
  const signer = await TokenSigner.of(key);
  token = await signer.sign({ sub: 'operator:lin', role: 'operator' }, 600);
  const health = HealthModule.register({
    live: [{ name: 'progress', check: () => ({ ok: true }) }],
    ready: [{ name: 'database', check: () => (isReady ? { ok: true } : Promise.reject(new Error('secret'))) }],
  });
  @Module({ imports: [health], controllers: [BaysController], providers: [{ provide: Clock, useValue: clock }] })
  class TestModule {}
  app = await NestFactory.create<NestFastifyApplication>(TestModule, httpAdapter(), { logger: false });
  prepareHttp(app, {
    tokens: TokenVerifier.of([publicKeyOf(key)]),
    report: (error, requestId) => reported.push([error, requestId]),
  });
  serveOpenApi(app, { title: 'Test', version: '1' });
  await app.init();
});
afterAll(() => app.close());

const get = (url: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
  app.inject({ method: 'GET', url, headers });
const post = (payload: object | string, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/bays',
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': 'k1',
      'content-type': 'application/json',
      ...headers,
    },
    payload,
  });

describe('problem documents', () => {
  test('a problem is an RFC 9457 document with its code and details', async () => {
    fault = () =>
      new Problem('illegal_state', 'BAY.CLOSED', 'the bay is closed', { allowedSteps: ['open'], status: 'x' });
    const answer = await get('/api/v1/bays/fault?x=1');
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toEqual({
      type: 'https://yizhan.dev/problems/BAY.CLOSED',
      title: 'This step is not open now',
      status: 409,
      detail: 'the bay is closed',
      code: 'BAY.CLOSED',
      instance: '/api/v1/bays/fault',
      requestId: answer.headers['x-request-id'],
      allowedSteps: ['open'],
    });
  });

  test.each([
    ['invalid', 'X', 400],
    ['invalid', 'REQUEST.KEY_REUSED', 422],
    ['not_found', 'X', 404],
    ['conflict', 'X', 409],
    ['illegal_state', 'X', 409],
    ['forbidden', 'X', 403],
    ['unavailable', 'X', 503],
  ] as const)('%s (%s) is %i', async (kind, code, status) => {
    fault = () => new Problem(kind, code, 'so');
    expect((await get('/api/v1/bays/fault')).statusCode).toBe(status);
  });

  test('whoever shall come back is told when', async () => {
    fault = () => new Problem('conflict', 'REQUEST.UNDER_WAY', 'wait', { retryAfterSeconds: 1 });
    expect((await get('/api/v1/bays/fault')).headers['retry-after']).toBe('1');
    fault = () => new Problem('unavailable', 'X', 'wait');
    expect((await get('/api/v1/bays/fault')).headers['retry-after']).toBe('2');
  });

  test('a database that is away is 503, and reported', async () => {
    fault = () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const answer = await get('/api/v1/bays/fault');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json()).toMatchObject({ code: 'SERVER.DATABASE_AWAY' });
  });

  test('what nobody foresaw is 500 without its text, and is reported with the request id', async () => {
    reported.length = 0;
    const error = new Error('secret');
    fault = () => error;
    const answer = await get('/api/v1/bays/fault');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(answer.json()).toMatchObject({ code: 'SERVER.FAULT' });
    expect(reported).toEqual([[error, answer.json().requestId]]);
  });

  test.each([
    ['an unknown address', () => get('/api/v1/nowhere'), 404, 'REQUEST.NO_SUCH_ROUTE'],
    ['a body that is no JSON', () => post('{"bayCode":'), 400, 'REQUEST.UNREADABLE'],
    ['a body of another kind', () => post('<a/>', { 'content-type': 'text/xml' }), 415, 'REQUEST.MEDIA_TYPE'],
    ['a body that is too large', () => post({ bayCode: 'x'.repeat(300_000) }), 413, 'REQUEST.TOO_LARGE'],
    [
      'a body that is too deep',
      () => post(JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`)),
      400,
      'REQUEST.TOO_DEEP',
    ],
    ['no body', () => post(''), 400, 'REQUEST.UNREADABLE'],
    ['a list for an object', () => post([]), 400, 'REQUEST.INVALID'],
    ['a number beyond all numbers', () => post('{"bayCode":"1","extra":1e400}'), 400, 'REQUEST.INVALID'],
    ['null for an object', () => post('null'), 400, 'REQUEST.INVALID'],
    ['a constructor', () => post('{"bayCode":"1","constructor":1}'), 400, 'REQUEST.INVALID'],
    ['half of a character', () => post('{"bayCode":"\\ud800"}'), 400, 'REQUEST.INVALID'],
    ['a prototype', () => post('{"__proto__":{"bayCode":"1"}}'), 400, 'REQUEST.UNREADABLE'],
  ])('%s is refused as a problem', async (_what, ask, status, code) => {
    const answer = await ask();
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });
});

describe('input', () => {
  test('unknown fields are named, also inside', async () => {
    const answer = await post({ bayCode: '1', colour: 'red', location: { latitude: 1, depth: 2 } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'REQUEST.INVALID',
      errors: [
        { field: 'colour', faults: ['is not a field of this request'] },
        { field: 'location.depth', faults: ['is not a field of this request'] },
      ],
    });
  });

  test.each([
    ['bayCode', {}],
    ['bayCode', { bayCode: 7 }],
    ['bayCode', { bayCode: 'a\u0000b' }],
    ['bayCode', { bayCode: null }],
    ['location', { bayCode: '1', location: [] }],
    ['location.latitude', { bayCode: '1', location: { latitude: '1' } }],
    ['others.1.latitude', { bayCode: '1', others: [{ latitude: 1 }, { latitude: 91 }] }],
    ['opensAt', { bayCode: '1', opensAt: '2026-03-02 08:00' }],
    ['opensAt', { bayCode: '1', opensAt: null }],
    ['tags', { bayCode: '1', tags: 'a' }],
    ['tags', { bayCode: '1', tags: ['a', ' '] }],
    ['size', { bayCode: '1', size: 'huge' }],
    ['name', { bayCode: '1', name: ' ' }],
    ['name', { bayCode: '1', name: 'far too long a name' }],
    ['id', { bayCode: '1', id: 'x' }],
    ['priority', { bayCode: '1', priority: 1.5 }],
    ['plan', { bayCode: '1', plan: 'A'.repeat(64) }],
    ['plan', { bayCode: '1', plan: 'a'.repeat(63) }],
    ['zoneId', { bayCode: '1', zoneId: '' }],
  ])('a wrong %s is named (%j)', async (field, body) => {
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
  });

  test.each<[object, { field: string; faults: string[] }[]]>([
    [{}, [{ field: 'bayCode', faults: ['is missing'] }]],
    [{ bayCode: null }, [{ field: 'bayCode', faults: ['must not be null'] }]],
    [{ bayCode: '1', location: {} }, [{ field: 'location.latitude', faults: ['is missing'] }]],
    [{ bayCode: '1', others: [{}] }, [{ field: 'others.0.latitude', faults: ['is missing'] }]],
  ])('of what is not there it is only said that it is not (%j)', async (body, errors) => {
    const answer = (await post(body)).json();
    expect(answer.errors).toEqual(errors);
    expect(answer.detail).toBe(`${errors[0].field} ${errors[0].faults[0]}`);
  });

  test('a value that is refused is not repeated', async () => {
    expect((await post({ bayCode: '1', size: 'confidential' })).body).not.toContain('confidential');
  });

  test('what is right arrives as an object of its class', async () => {
    const answer = await post({ bayCode: '一号', opensAt: '2026-03-02T08:00:00+08:00', zoneId: null, tags: [] });
    expect(answer.json()).toMatchObject({ isClass: true, opensAt: Date.parse('2026-03-02T00:00:00Z') });
  });

  test('an address that is wrong is named', async () => {
    const visitId = '01900000-0000-7000-8000-000000000001';
    expect((await get(`/api/v1/bays/of/JD/${visitId}`)).json()).toEqual({ stationCode: 'JD', visitId });
    expect((await get(`/api/v1/bays/of/JD/${visitId.toUpperCase()}`)).json()).toMatchObject({ visitId });
    expect((await get('/api/v1/bays/of/JD/17')).json()).toMatchObject({ code: 'REQUEST.INVALID', field: 'visitId' });
    expect((await get(`/api/v1/bays/of/J%00D/${visitId}`)).json()).toMatchObject({ field: 'stationCode' });
  });
});

describe('changes', () => {
  test('an Idempotency-Key is asked for', async () => {
    for (const key of ['', ' ', 'ä', 'x'.repeat(201)]) {
      const answer = await post({ bayCode: '1' }, { 'idempotency-key': key });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST.NO_KEY']);
    }
  });

  test('a request is known by caller, key and digest', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const { request } = (await post({ bayCode: '1', name: 'x' }, { traceparent })).json();
    expect(request).toEqual({ key: 'k1', caller: 'operator:lin', traceparent, hash: expect.any(String) });
    const same = (await post({ name: 'x', bayCode: '1' }, { traceparent: 'no' })).json().request;
    expect(same.hash).toBe(request.hash);
    expect(same).not.toHaveProperty('traceparent');
    expect((await post({ bayCode: '2' })).json().request.hash).not.toBe(request.hash);
  });
});

describe('pages', () => {
  test('pages follow one another to the end', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = (await get(`/api/v1/bays?limit=3${next && `&after=${next}`}`)).json() as Page<BayResponse>;
      seen.push(...page.items.map(({ bayCode }) => bayCode));
      next = page.next;
    }
    expect(seen).toEqual(['1', '2', '3', '浙']);
  });

  test.each(['limit=0', 'limit=201', 'limit=x', 'after=nonsense', 'after=WzFd', 'after=WyIxIiwiMiJd', 'other=1'])(
    'a query with %s is refused',
    async (query) => {
      expect((await get(`/api/v1/bays?${query}`)).statusCode).toBe(400);
    },
  );
});

describe('who asks', () => {
  test('without a token it is 401 and says how', async () => {
    const answer = await get('/api/v1/bays', {});
    expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(answer.json().code).toBe('IDENTITY.NO_TOKEN');
  });

  test('a token that is none is 401', async () => {
    expect((await get('/api/v1/bays', { authorization: 'Bearer x' })).statusCode).toBe(401);
  });

  test('answers are safe to show and are not kept', async () => {
    const { headers } = await get('/api/v1/bays');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('health', () => {
  test('it needs no token, and fails without secrets', async () => {
    expect((await get('/health/live', {})).json()).toEqual({ status: 'ok', checks: { progress: { ok: true } } });
    expect((await get('/health/ready', {})).statusCode).toBe(200);
    isReady = false;
    const answer = await get('/health/ready', {});
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ status: 'failing', checks: { database: { ok: false, detail: 'failed' } } });
    isReady = true;
  });
});

/** What the page tells Swagger UI to show: `spec`, or where that is empty what lies at `url`. */
function optionsOfPage(script: string): { url?: string; spec?: object } {
  let options = '{}';
  const window = { location: { search: '?url=https://elsewhere', origin: '' }, onload: () => undefined };
  const page = (given: object): void => void (options = JSON.stringify(given));
  const SwaggerUIBundle = Object.assign(page, { presets: {}, plugins: {} });
  runInNewContext(script, { window, SwaggerUIBundle, SwaggerUIStandalonePreset: {} });
  window.onload();
  return JSON.parse(options) as { url?: string; spec?: object };
}

describe('the description of the API', () => {
  test('it is valid OpenAPI 3.1 and says what all routes have in common', async () => {
    const document = (await get('/api/openapi.json', {})).json();
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    const { post: open, get: list } = document.paths['/api/v1/bays'];
    expect(open.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: true }]);
    expect(open['x-roles']).toEqual(['operator']);
    const problems = ['400', '401', '403', '404', '409', '413', '415', '422', '429', '503'];
    expect(Object.keys(open.responses)).toEqual(['201', ...problems]);
    expect(open.requestBody.required).toBe(true);
    expect(list.parameters.map(({ name }: { name: string }) => name)).toEqual(['limit', 'after']);
    expect(document.paths['/health/live'].get.security).toEqual([]);
    expect(document.security).toEqual([{ bearer: [] }]);
    const { required, properties, additionalProperties } = document.components.schemas.OpenBayRequest;
    expect(required).toEqual(['bayCode']);
    expect(additionalProperties).toBe(false);
    expect(properties.tags.items).toMatchObject({ type: 'string', maxLength: 64 });
    expect(properties.zoneId.type).toEqual(['string', 'null']);
    expect(JSON.stringify(document)).not.toContain('"nullable"');
  });

  test('its page has no inline script and loads nothing from outside', async () => {
    const page = await get('/api/docs', {});
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page.body).not.toMatch(/(?:src|href)=["']?(?:https?:)?\/\//);
    const { url, spec } = optionsOfPage((await get('/api/docs/swagger-ui-init.js', {})).body);
    expect([url, spec]).toEqual(['/api/openapi.json', {}]);
    expect((await get('/api/docs/swagger-ui-bundle.js', {})).statusCode).toBe(200);
  });
});
