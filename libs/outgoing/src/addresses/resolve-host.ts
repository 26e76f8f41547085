import { Resolver } from 'node:dns/promises';

/** Every address of a name, IPv4 first. @throws NoAddress where it has none, or nobody says. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/** A name has no address, or nobody says which. */
export class NoAddress extends Error {}

const patience = { timeout: 2_000, tries: 2 };

/**
 * Asks the name servers of this machine. Not `lookup`: that waits in one of four threads, and a few names whose server says nothing
 * would hold up every other one, and every file.
 */
export const resolveHost: ResolveHost = async (host) => {
  const resolver = new Resolver(patience);
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length > 0) return addresses;
  const reason = answers.find((answer) => answer.status === 'rejected')?.reason as unknown;
  throw new NoAddress(`${host} has no address: ${reason instanceof Error ? reason.message : 'none is known'}`);
};
