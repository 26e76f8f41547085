import type { ServiceDefinition } from '@yizhan/service-process';
import { commandCentreService } from '../../../command-centre/src/command-centre.service.js';
import { dispatchService } from '../../../dispatch/src/dispatch.service.js';
import { schedulerService } from '../../../scheduler/src/scheduler.service.js';
import { stationService } from '../../../station/src/station.service.js';

/** Every service of the product. */
export const serviceDefinitions: readonly ServiceDefinition[] = [
  stationService,
  schedulerService,
  dispatchService,
  commandCentreService,
];
