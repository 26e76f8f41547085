import { Controller, Get, HttpCode, Module, Param, Post, Sse } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { httpAdapter, prepareHttp } from '@yizhan/http';
import { newSigningKey, Public, publicKeyOf, TokenVerifier } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { type Observable, of } from 'rxjs';
import { Metrics } from './metrics.js';
import { serveMetrics } from './serve-metrics.js';

@Controller('api/v1/trucks')
class TrucksController {
  @Get(':plate')
  @Public()
  read(@Param('plate') plate: string): object {
    if (plate === 'none') throw new Problem('not_found', 'TRUCK.NOT_FOUND', 'no truck none');
    return { plate };
  }

  @Post(':plate/departure')
  @HttpCode(200)
  @Public()
  async depart(): Promise<object> {
    await new Promise((done) => setTimeout(done, 60));
    return {};
  }

  @Sse(':plate/positions')
  @Public()
  positions(): Observable<{ data: string }> {
    return of({ data: 'here' });
  }
}

@Module({ controllers: [TrucksController] })
class TrucksModule {}

let app: NestFastifyApplication;

beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(TrucksModule, httpAdapter(), { logger: false });
  prepareHttp(app, {
    tokens: TokenVerifier.of([publicKeyOf(await newSigningKey())]),
    report: (error) => {
      throw error;
    },
  });
  serveMetrics(
    app,
    new Metrics((where, error) => {
      throw new Error(where, { cause: error });
    }),
  );
  await app.init();
});
afterAll(() => app.close());

const scrape = () => app.inject({ method: 'GET', url: '/metrics' });
const counted = async (): Promise<string[]> =>
  (await scrape()).body.split('\n').filter((line) => line.startsWith('http_request_duration_seconds_count'));

test('requests are measured by the pattern of their route, never by what was asked for', async () => {
  for (const plate of ['浙G1', '浙G2', 'none']) await app.inject({ method: 'GET', url: `/api/v1/trucks/${plate}` });
  await app.inject({ method: 'POST', url: '/api/v1/trucks/1/departure' });
  for (const stray of ['/api/v1/nowhere', '/wp-login.php', '/api/v1/trucks/a/b/c']) {
    expect((await app.inject({ method: 'GET', url: stray })).statusCode).toBe(404);
  }
  const streamed = await app.inject({ method: 'GET', url: '/api/v1/trucks/1/positions' });
  expect(streamed.body).toContain('data: here');
  expect((await counted()).toSorted()).toEqual([
    'http_request_duration_seconds_count{method="GET",route="/api/v1/trucks/:plate",status_class="2xx"} 2',
    'http_request_duration_seconds_count{method="GET",route="/api/v1/trucks/:plate",status_class="4xx"} 1',
    'http_request_duration_seconds_count{method="GET",route="none",status_class="4xx"} 3',
    'http_request_duration_seconds_count{method="POST",route="/api/v1/trucks/:plate/departure",status_class="2xx"} 1',
  ]);
  const { body } = await scrape();
  expect(body).toMatch(/seconds_bucket\{le="0.05",method="POST",[^}]+\} 0\n/);
  expect(body).toMatch(/seconds_bucket\{le="1",method="POST",[^}]+\} 1\n/);
});

test('the text is shown to a scraper that has no token, and kept by no cache', async () => {
  const { statusCode, headers, body } = await scrape();
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  expect(body).toMatch(/^# HELP yizhan_events_handled_total /);
});
