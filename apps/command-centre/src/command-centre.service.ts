import { eventSources } from '@yizhan/contracts';
import { servicePlaces } from '@yizhan/persistence';
import type { ServiceDefinition } from '@yizhan/service-process';
import { AlertWatch } from './alerts/alert-watch.js';
import { CaseClock } from './cases/case-clock.js';
import { measureCentre } from './measure-centre.js';
import { commandCentreMigrations, CommandCentreModule, commandCentreServer } from './command-centre.module.js';

/** The command centre, for the process that runs it. */
export const commandCentreService: ServiceDefinition = {
  name: 'command-centre',
  place: servicePlaces.commandCentre,
  source: eventSources.commandCentre,
  poolSize: 6,
  migrations: commandCentreMigrations,
  needsKeystore: true,
  register: (ports) => CommandCentreModule.register(ports),
  server: commandCentreServer,
  measure: measureCentre,
  wakes: (get) => [get(AlertWatch), get(CaseClock)],
};
