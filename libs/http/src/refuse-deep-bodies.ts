import { Problem } from '@yizhan/kernel';
import type { FastifyInstance } from 'fastify';

const deepest = 12;

/** No request of ours is nested deeply; one that is would only cost time and stack. */
export function refuseDeepBodies(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('preHandler', (request, _reply, done) => {
    if (!isDeeperThan(request.body, deepest)) return done();
    return done(new Problem('invalid', 'REQUEST.TOO_DEEP', `the body is nested more than ${deepest} levels deep`));
  });
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(part, levels - 1));
}
