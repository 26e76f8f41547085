import { runService } from '@yizhan/service-process';
import { stationService } from './station.service.js';

await runService(
  stationService,
  'The truth at the stations: visits, handoffs, custody, runs, cargo, drivers, network.',
);
