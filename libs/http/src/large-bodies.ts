import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

const largestBodyKey = 'largestBody';

/** A route that takes more JSON than others do: up to so many bytes. */
export function BodyUpTo(bytes: number): MethodDecorator {
  return RouteConfig({ [largestBodyKey]: bytes });
}

/** Before the routes are known. */
export function allowLargeBodies(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRoute', (route) => {
    const { [largestBodyKey]: bytes } = (route.config ?? {}) as { readonly [largestBodyKey]?: number };
    if (bytes !== undefined) route.bodyLimit = bytes;
  });
}
