import { Problem } from '@yizhan/kernel';
import type { FastifyInstance } from 'fastify';

const deepest = 12;

/**
 * Refuses what JSON lets through and the check of the fields does not see: deep nesting, which only costs time and stack; numbers
 * that are read as infinite, of which there is no digest; names that every object has; null for an object.
 */
export function refuseUnfitBodies(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('preHandler', (request, _reply, done) => {
    // Nest would take it for an object without fields.
    if (request.body === null) return done(unfit([], 'must not be null'));
    return done(problemIn(request.body, []));
  });
}

function problemIn(value: unknown, path: readonly string[]): Problem | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return unfit(path, 'is too large to be a number');
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return undefined;
  if (path.length === deepest) {
    return new Problem('invalid', 'REQUEST.TOO_DEEP', `the body is nested more than ${deepest} levels deep`);
  }
  for (const [name, part] of Object.entries(value)) {
    if (Object.hasOwn(Object.prototype, name)) return unfit([...path, name], 'is not a field of this request');
    const problem = problemIn(part, [...path, name]);
    if (problem) return problem;
  }
  return undefined;
}

function unfit(path: readonly string[], fault: string): Problem {
  const field = path.join('.');
  return new Problem('invalid', 'REQUEST.INVALID', `${field || 'the body'} ${fault}`, {
    errors: [{ field, faults: [fault] }],
  });
}
