import { request as httpRequest } from 'node:http';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Caller, Public, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { httpAdapter, prepareHttp } from './http-app.js';

@Controller('api/v1')
class Routes {
  @Get('things')
  @Roles('operator')
  things(): object {
    return {};
  }

  @Post('sessions')
  @Public()
  signIn(@Body() _body: object): object {
    return {};
  }
}

@Module({ controllers: [Routes] })
class RoutesModule {}

let app: NestFastifyApplication;
let address: string;
let verified = 0;

async function start(limits: { perCaller: number; perAddress: number; signInsPerMinute: number }): Promise<void> {
  app = await NestFactory.create<NestFastifyApplication>(RoutesModule, httpAdapter(['127.0.0.1']), { logger: false });
  prepareHttp(app, {
    tokens: {
      verify: (credential) => {
        verified += 1;
        if (credential === 'bad') return Promise.reject(new Problem('forbidden', 'IDENTITY.TOKEN_REFUSED', 'no'));
        return Promise.resolve(new Caller({ sub: `operator:${credential}`, role: 'operator' }));
      },
    },
    report: () => undefined,
    limits,
  });
  await app.listen(0, '127.0.0.1');
  address = await app.getUrl();
}

afterEach(() => app.close());

const ask = (headers: Record<string, string>, path = '/api/v1/things') => fetch(`${address}${path}`, { headers });
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
const statuses = async (times: number, headers: Record<string, string>) => {
  const all = [];
  for (let each = 0; each < times; each += 1) all.push((await ask(headers)).status);
  return all;
};

test('each caller has a limit of his own, and is told how much is left and when to come back', async () => {
  await start({ perCaller: 0.2, perAddress: 0, signInsPerMinute: 0 });
  verified = 0;
  const first = await ask(bearer('lin'));
  expect(first.status).toBe(200);
  expect(first.headers.get('ratelimit-policy')).toBe('"caller";q=2;w=10');
  expect(first.headers.get('ratelimit')).toBe('"caller";r=1;t=5');
  expect(verified).toBe(1);
  expect(await statuses(2, bearer('lin'))).toEqual([200, 429]);
  const refused = await ask(bearer('lin'));
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({ status: 429, code: 'REQUEST.TOO_MANY', retryAfterSeconds: 5 });
  expect(await statuses(1, bearer('wu'))).toEqual([200]);
});

test('who has no valid credential counts by his address, as a trusted proxy tells it', async () => {
  await start({ perCaller: 0, perAddress: 0.2, signInsPerMinute: 0 });
  const from = (ip: string) => ({ 'x-forwarded-for': ip });
  expect(await statuses(3, from('192.0.2.1'))).toEqual([401, 401, 429]);
  expect(await statuses(1, { ...from('192.0.2.1'), ...bearer('bad') })).toEqual([429]);
  expect(await statuses(1, from('192.0.2.2'))).toEqual([401]);
  expect(await statuses(1, { ...from('192.0.2.1'), ...bearer('lin') })).toEqual([200]);
});

test('signing in has a limit by the minute', async () => {
  await start({ perCaller: 0, perAddress: 0, signInsPerMinute: 2 });
  const signIn = () =>
    fetch(`${address}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
  expect((await signIn()).headers.get('ratelimit-policy')).toBe('"sign-in";q=2;w=60');
  expect([(await signIn()).status, (await signIn()).status]).toEqual([201, 429]);
});

test('who is refused is answered before his body has come', async () => {
  await start({ perCaller: 0, perAddress: 0, signInsPerMinute: 1 });
  const headers = { 'content-type': 'application/json', 'content-length': '1000' };
  const statusWithoutBody = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${address}/api/v1/sessions`, { method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        request.destroy();
      });
      request.on('error', reject);
      request.flushHeaders();
    });
  await fetch(`${address}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(await statusWithoutBody()).toBe(429);
});

test('health is asked without limit', async () => {
  await start({ perCaller: 0.1, perAddress: 0.1, signInsPerMinute: 1 });
  const all = await Promise.all(Array.from({ length: 5 }, () => ask({}, '/health/live')));
  expect(all.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
});
