import { lookup } from 'node:dns/promises';
import type { WebhookSettings } from '@yizhan/process';
import { type Network, readNetwork } from './refused-address.js';
import type { ResolveHost } from './resolve-host.js';

/** Where webhooks may go. */
export abstract class AddressRules {
  /** Networks of the deployment's own that webhooks may go into, also by http and to any port; none but in tests and closed networks. */
  abstract readonly allowed: readonly Network[];
  /** Asks the name servers of this machine where it is missing. */
  abstract readonly resolve?: ResolveHost | undefined;
}

/** What the deployment says, and what a test does: which name has which addresses. @throws Error for what is no network. */
export function addressRulesOf(
  settings: (WebhookSettings & { readonly resolve?: ResolveHost }) | undefined,
): AddressRules {
  const { networks = [], resolve } = settings ?? {};
  return { allowed: networks.map(readNetwork), resolve };
}

/**
 * For an address that the deployment itself names, whoever asks: it may lie inside, and be known to this machine alone. A name is
 * looked up as every program here does, `/etc/hosts` included.
 */
export const anyAddress: AddressRules = {
  allowed: ['0.0.0.0/0', '::/0'].map(readNetwork),
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
};
