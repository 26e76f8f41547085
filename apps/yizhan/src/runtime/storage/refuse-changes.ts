import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from '@yizhan/kernel';
import type { StorageSign } from '@yizhan/service-process';

/** Whoever waits longer asks no more than this often, seconds. */
const askAgainAfter = 10;
/** Who signs in or renews his session writes little, and cannot read without. */
const alwaysTaken = /^\/(api\/v1\/(sessions|claim)|health)(\/|$)/;

/** Answers every change with 503 while the disk is full; reading goes on. */
export function refuseChangesWhileFull(app: NestFastifyApplication, storage: StorageSign): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request) => {
    if (storage.state !== 'full' || request.method === 'GET' || request.method === 'HEAD') return;
    const [path = ''] = request.url.split('?');
    if (alwaysTaken.test(path)) return;
    throw new Problem(
      'unavailable',
      'STORAGE.FULL',
      'the disk of this station is full: nothing is recorded until there is room; what is recorded can be read',
      { retryAfterSeconds: askAgainAfter },
    );
  });
}
