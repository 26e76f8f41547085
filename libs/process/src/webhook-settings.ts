import { isNetwork } from './edge-settings.js';
import type { Environment } from './environment.js';
import { badInput } from './fault.js';

/** Every variable about where webhooks go; `--help` prints this. */
export const webhookVariables = {
  YIZHAN_WEBHOOK_NETWORKS:
    'networks of your own that webhooks may go into, also by http, with commas between, such as 10.20.0.0/16 (default none: public addresses alone)',
} as const;

export interface WebhookSettings {
  /** In CIDR notation. */
  readonly networks: readonly string[];
}

/** @throws Fault that names the variable. */
export function readWebhookSettings(environment: Environment): WebhookSettings {
  const networks = (environment.YIZHAN_WEBHOOK_NETWORKS ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  const wrong = networks.find((each) => !each.includes('/') || !isNetwork(each));
  if (wrong === undefined) return { networks };
  throw badInput(`YIZHAN_WEBHOOK_NETWORKS: ${wrong} is no network`, 'Give such as 10.20.0.0/16 or fd00:20::/32.');
}
