import { RootModule, type ServiceDefinition, type ServicePorts } from '@yizhan/service-process';
import { commandCentreService } from '../../apps/command-centre/src/command-centre.service.js';
import { dispatchService } from '../../apps/dispatch/src/dispatch.service.js';
import { schedulerService } from '../../apps/scheduler/src/scheduler.service.js';
import { stationService } from '../../apps/station/src/station.service.js';
import { type GuardedRoute, routesOf } from './guarded-routes.js';

export const services: readonly ServiceDefinition[] = [
  stationService,
  schedulerService,
  dispatchService,
  commandCentreService,
];

/** Stands for whatever a module is given: only its controllers are looked at, and nothing of it is started. */
export const nothing = new Proxy(() => undefined, {
  // A promise it is not: waiting for it would never end.
  get: (_target, name) => (name === 'then' ? undefined : nothing),
  apply: () => nothing,
}) as never;
const noPorts = new Proxy({}, { get: () => nothing }) as ServicePorts;
const noHealth = { live: [], ready: [] };

/** The routes of one service, without those that every process has. */
export function routesOfService(definition: ServiceDefinition): GuardedRoute[] {
  const common = new Set(routesOfEveryProcess().map(({ path }) => path));
  const root = RootModule.register([{ definition, ports: noPorts, transport: nothing }], noHealth);
  return routesOf([root]).filter(({ path }) => !common.has(path));
}

export const routesOfEveryProcess = (): GuardedRoute[] => routesOf([RootModule.register([], noHealth)]);

/** Every route of the product. */
export const productRoutes = (): GuardedRoute[] => [...routesOfEveryProcess(), ...services.flatMap(routesOfService)];
