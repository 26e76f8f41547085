import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newSigningKey, publicKeyOf, TokenVerifier } from '@yizhan/identity';
import { EventContractModule } from './event-contract.module.js';
import { httpAdapter, prepareHttp } from './http-app.js';

const root = join(__dirname, '../../..');
let app: NestFastifyApplication;

beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(EventContractModule, httpAdapter(), { logger: false });
  prepareHttp(app, { tokens: TokenVerifier.of([publicKeyOf(await newSigningKey())]), report: () => {} });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

const get = (url: string) => app.inject({ method: 'GET', url });

describe('the event contract', () => {
  it.each(['asyncapi.json', 'event-catalogue.json'])('is served as %s to everybody', async (file) => {
    const { statusCode, headers, body } = await get(`/api/${file}`);
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 200,
      type: 'application/json; charset=utf-8',
    });
    expect(body).toBe(readFileSync(join(root, 'docs', file), 'utf8'));
  });

  it.each(['yizhan.visit.arrived.v1.json', 'yizhan.visit.arrived.v1.event.json'])('has the schema %s', async (file) => {
    const { statusCode, headers, body } = await get(`/api/schemas/${file}`);
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 200,
      type: 'application/schema+json; charset=utf-8',
    });
    expect((JSON.parse(body) as { $id: string }).$id).toBe(`https://yizhan.dev/schemas/${file}`);
  });

  it.each([
    'yizhan.visit.vanished.v1.json',
    'yizhan.visit.arrived.v2.json',
    '..%2f..%2f..%2fpackage.json',
    'yizhan.visit.arrived.v1.json%00',
    'SHA256SUMS',
    'http:%2f%2f[',
  ])('has no schema %s', async (file) => {
    const { statusCode, body } = await get(`/api/schemas/${file}`);
    expect({ statusCode, code: (JSON.parse(body) as { code: string }).code }).toEqual({
      statusCode: 404,
      code: 'SCHEMA.NOT_FOUND',
    });
  });
});
