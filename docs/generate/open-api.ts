import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { buildOpenApi, httpAdapter } from '@yizhan/http';
import { ownVersion } from '@yizhan/process';
import { RootModule } from '@yizhan/service-process';
import { jsonText } from './json-text.js';
import { nothing, services } from './product-routes.js';

type OpenApi = ReturnType<typeof buildOpenApi>;

let described: Promise<OpenApi> | undefined;

/** The description of every route of the product, as one process with all services gives it. */
export const openApi = (): Promise<OpenApi> => (described ??= describe());

/** docs/openapi.json */
export const renderOpenApi = async (): Promise<string> => jsonText(await openApi());

async function describe(): Promise<OpenApi> {
  const equipped = services.map((definition) => ({ definition, ports: nothing, transport: nothing }));
  const root = RootModule.register(equipped, { live: [], ready: [] });
  // A preview knows the controllers, and makes nothing of them.
  const app = await NestFactory.create<NestFastifyApplication>(root, httpAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return buildOpenApi(app, { title: 'Yizhan', version: ownVersion() });
}
