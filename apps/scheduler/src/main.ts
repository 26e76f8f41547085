import { runService } from '@yizhan/service-process';
import { schedulerService } from './scheduler.service.js';

await runService(schedulerService, 'Who drives which truck, when, and why not: it proposes, the station decides.');
