import { Controller, Get, Module } from '@nestjs/common';
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
