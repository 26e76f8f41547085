import { type CredentialVerifier, identify } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Rate, TokenBuckets } from './token-buckets.js';

/** Requests a second; 0 for no limit, here and below. */
export interface RateLimits {
  readonly perCaller: number;
  /** Of those who have no valid credential. */
  readonly perAddress: number;
  readonly signInsPerMinute: number;
}

const seconds = 10;
const signingIn: ReadonlySet<string> = new Set(['/api/v1/sessions', '/api/v1/sessions/refresh', '/api/v1/claim']);
/** Asked by machines beside us, not by callers. */
const untouched = /^\/(health\/|metrics$)/;

interface Limit {
  readonly name: 'caller' | 'address' | 'sign-in';
  readonly buckets: TokenBuckets;
  readonly rate: Rate;
}

/**
 * Refuses who asks too much, by the subject of his credential, else by his address, before the body is read. The counts lie
 * in the memory of this process.
 */
export function limitRates(
  fastify: Pick<FastifyInstance, 'addHook'>,
  credentials: CredentialVerifier,
  { perCaller, perAddress, signInsPerMinute }: RateLimits,
): void {
  const caller = limitOf('caller', { perSecond: perCaller, burst: perCaller * seconds });
  const address = limitOf('address', { perSecond: perAddress, burst: perAddress * seconds });
  const signIn = limitOf('sign-in', { perSecond: signInsPerMinute / 60, burst: signInsPerMinute });
  fastify.addHook('onRequest', async (request, reply) => {
    const [path = ''] = request.url.split('?');
    if (untouched.test(path)) return;
    if (request.method === 'POST' && signingIn.has(path)) return take(signIn, request.ip, reply);
    const subject = await subjectOf(request, credentials);
    return subject === undefined ? take(address, request.ip, reply) : take(caller, subject, reply);
  });
}

/** Whoever is refused is refused by the guard; here he counts as nobody. */
async function subjectOf(request: FastifyRequest, credentials: CredentialVerifier): Promise<string | undefined> {
  if (request.headers.authorization === undefined) return undefined;
  try {
    return (await identify(request, credentials)).subject;
  } catch {
    return undefined;
  }
}

const limitOf = (name: Limit['name'], rate: Rate): Limit | undefined =>
  rate.burst === 0 ? undefined : { name, rate, buckets: new TokenBuckets(rate) };

/** Says how much is left (draft-ietf-httpapi-ratelimit-headers). @throws Problem `REQUEST.TOO_MANY`. */
function take(limit: Limit | undefined, key: string, reply: FastifyReply): void {
  if (!limit) return;
  const { name, rate, buckets } = limit;
  const { isAllowed, remaining, resetSeconds, waitSeconds } = buckets.take(key, performance.now());
  void reply.header('ratelimit-policy', `"${name}";q=${rate.burst};w=${Math.ceil(rate.burst / rate.perSecond)}`);
  void reply.header('ratelimit', `"${name}";r=${remaining};t=${resetSeconds}`);
  if (isAllowed) return;
  const message = `too many requests of this ${name}: come back in ${waitSeconds} s`;
  throw new Problem('unavailable', 'REQUEST.TOO_MANY', message, { retryAfterSeconds: waitSeconds });
}
