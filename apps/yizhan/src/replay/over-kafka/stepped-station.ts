import { runService } from '@yizhan/service-process';
import { stationService } from '../../../../station/src/station.service.js';
import { performing } from './performing.js';

await runService(
  { ...stationService, register: (ports) => performing(stationService.register(ports)) },
  'The station service in a replay over Kafka.',
);
