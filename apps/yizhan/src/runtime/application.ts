import { NestFactory } from '@nestjs/core';
import { NestMicroservice } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type EventLogServer, PassHandlerErrors } from '@yizhan/event-log';
import { httpAdapter, prepareHttp, serveOpenApi } from '@yizhan/http';
import { publicKeyOf, type SigningKey, TokenVerifier } from '@yizhan/identity';
import type { Connection } from '@yizhan/persistence';
import type { Logger } from 'pino';
import { ProposeDrivers } from '../../../scheduler/src/propose-drivers.js';
import { schedulerServer } from '../../../scheduler/src/scheduler.module.js';
import { stationServer } from '../../../station/src/station.module.js';
import { messageOf } from './fault.js';
import { healthOf } from './health.js';
import { nestLog } from './log.js';
import { ownVersion } from './own-version.js';
import { RootModule } from './root.module.js';
import type { Services } from './services.js';

export interface ApplicationParts {
  readonly services: Services;
  readonly signingKey: SigningKey;
  /** Asked once whether every migration has run. */
  readonly owner: Connection;
  readonly log: Logger;
}

/** Wires the services together; nothing moves until its microservices are started. */
export async function createApplication(parts: ApplicationParts): Promise<NestFastifyApplication> {
  const { services, signingKey, owner, log } = parts;
  const { station, scheduler, transport } = services;
  const servers = [
    stationServer(station, transport),
    schedulerServer(scheduler, transport, () => app.get(ProposeDrivers, { strict: false })),
  ];
  const root = RootModule.register(services, healthOf(services, servers, owner));
  const app = await NestFactory.create<NestFastifyApplication>(root, httpAdapter(), {
    logger: nestLog(log),
    abortOnError: false,
  });
  prepareHttp(app, {
    tokens: TokenVerifier.of([publicKeyOf(signingKey)]),
    report: (error, requestId) =>
      log.error({ requestId, stack: error instanceof Error ? error.stack : undefined }, messageOf(error)),
  });
  serveOpenApi(app, { title: 'Yizhan', version: ownVersion() });
  for (const server of servers) connectConsumer(app, server);
  return app;
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
