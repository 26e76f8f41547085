import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { NestMicroservice } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type EventLogServer, type EventTransport, PassHandlerErrors } from '@yizhan/event-log';
import { BuiltPages, httpAdapter, prepareHttp, serveOpenApi } from '@yizhan/http';
import type { CredentialVerifier } from '@yizhan/identity';
import { type EdgeSettings, messageOf, ownRoot, ownVersion } from '@yizhan/process';
import type { Logger } from 'pino';
import type { Health } from './health.js';
import { nestLog } from './log.js';
import { RootModule } from './root.module.js';
import type { Get, OpenStreams, ServiceDefinition, ServicePorts } from './service-definition.js';
import type { Due } from './timer-loop.js';

/** A service and what it works with. */
export interface EquippedService {
  readonly definition: ServiceDefinition;
  readonly ports: ServicePorts;
  /** Brings it events. */
  readonly transport: EventTransport;
}

export interface ApplicationSettings {
  /** Of its OpenAPI document. */
  readonly title: string;
  readonly services: readonly EquippedService[];
  /** Tells who asks. */
  readonly tokens: CredentialVerifier;
  /** How the process is, told by its consumers among others. */
  readonly healthOf: (servers: readonly EventLogServer[]) => Health;
  /** Who may ask how much, and which proxies are believed; without it no limit holds. */
  readonly edge?: EdgeSettings;
  readonly log: Logger;
}

/** Services wired together, and what has to be done with them from outside. */
export interface Application {
  readonly app: NestFastifyApplication;
  /** One for each service that consumes events. */
  readonly servers: readonly EventLogServer[];
  /** What happens by the clock. */
  readonly dues: readonly Due[];
  /** What is looked at again by the clock, after everything was delivered. */
  readonly wakes: readonly Due[];
  readonly streams: readonly OpenStreams[];
  readonly get: Get;
}

/** Wires services together in one Nest application; nothing moves until its microservices are started. */
export async function createApplication(settings: ApplicationSettings): Promise<Application> {
  const { services, log, edge } = settings;
  const get: Get = (type) => app.get(type, { strict: false });
  const servers = services.flatMap(
    ({ definition, ports, transport }) => definition.server?.(ports, transport, get) ?? [],
  );
  const root = RootModule.register(services, settings.healthOf(servers));
  const app = await NestFactory.create<NestFastifyApplication>(root, httpAdapter(edge?.trustedProxies), {
    logger: nestLog(log),
    abortOnError: false,
  });
  prepareHttp(app, {
    tokens: settings.tokens,
    ...(edge && { limits: edge.limits }),
    pages: BuiltPages.read(join(ownRoot(), 'dist/apps/console')),
    report: (error, requestId) =>
      log.error({ requestId, stack: error instanceof Error ? error.stack : undefined }, messageOf(error)),
  });
  serveOpenApi(app, { title: settings.title, version: ownVersion() });
  for (const server of servers) connectConsumer(app, server);
  const definitions = services.map(({ definition }) => definition);
  return {
    app,
    servers,
    dues: definitions.flatMap((each) => each.dues?.(get) ?? []),
    wakes: definitions.flatMap((each) => each.wakes?.(get) ?? []),
    streams: definitions.flatMap((each) => each.streams?.(get) ?? []),
    get,
  };
}

/**
 * Nest binds handlers while it connects a microservice: filters that are added afterwards are ignored, and a failing
 * handler would count as done. So binding is put off until the filter is there.
 */
function connectConsumer(app: NestFastifyApplication, strategy: EventLogServer): void {
  const microservice = app.connectMicroservice({ strategy }, { deferInitialization: true });
  if (!(microservice instanceof NestMicroservice)) throw new Error('Nest has given something else than a microservice');
  microservice.useGlobalFilters(new PassHandlerErrors());
  microservice.registerListeners();
  microservice.setIsInitialized(true);
  microservice.setIsInitHookCalled(true);
}
