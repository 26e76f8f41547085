import { AsyncLocalStorage } from 'node:async_hooks';

const carrier = new AsyncLocalStorage<string>();

/**
 * Whatever `work` reads outside a transaction, it reads as the carrier: `Database.rows` and `Database.read` become its role. Nothing
 * that `work` begins and others share (a cache, a loop) may read the database.
 */
export function readingFor<T>(carrierId: string, work: () => T): T {
  return carrier.run(carrierId, work);
}

/** Whom is read for; `undefined` for everybody who is no carrier. */
export const carrierRead = (): string | undefined => carrier.getStore();
