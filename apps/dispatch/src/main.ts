import { runService } from '@yizhan/service-process';
import { dispatchService } from './dispatch.service.js';

await runService(
  dispatchService,
  'Tells those whom it concerns what happened: the log, a page at a time or as it grows.',
);
