import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Intake } from './intake.js';

@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return 'done';
  }

  @Post('slow')
  async change(@Body() body: object): Promise<object> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return body;
  }

  @Get('health/live')
  live(): string {
    return 'alive';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

let app: NestFastifyApplication;
const intake = new Intake();

beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(SlowModule, new FastifyAdapter(), { logger: false });
  intake.watch(app);
  await app.listen(0, '127.0.0.1');
});

afterAll(() => app.close());

it('forgets a request whose client has left before the answer', async () => {
  const leaving = new AbortController();
  const asked = fetch(`${await app.getUrl()}/slow`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
    signal: leaving.signal,
  });
  while (intake.underWay === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  leaving.abort();
  await expect(asked).rejects.toThrow('aborted');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(intake.underWay).toBe(0);
});

it('finishes what is under way and refuses what comes later, and is alive meanwhile', async () => {
  const url = await app.getUrl();
  const underWay = fetch(`${url}/slow`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  let isClosed = false;
  const closed = intake.close().then(() => (isClosed = true));
  const late = await fetch(`${url}/slow`);
  expect(late.status).toBe(503);
  expect(late.headers.get('retry-after')).toBe('5');
  expect(await late.json()).toMatchObject({ code: 'SERVICE.STOPPING', status: 503 });
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect(isClosed).toBe(false);
  const done = await underWay;
  expect(await done.text()).toBe('done');
  await closed;
});
