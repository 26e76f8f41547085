import { runService } from '@yizhan/service-process';
import { commandCentreService } from './command-centre.service.js';

await runService(commandCentreService, 'Counts what goes through the stations, from the events.');
