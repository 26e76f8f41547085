import type { KafkaSettings } from '@yizhan/event-log';
import { noticeVariables } from '@yizhan/notices';
import {
  edgeVariables,
  type Environment,
  kafkaVariables,
  providerVariables,
  readKafkaSettings,
  webhookVariables,
} from '@yizhan/process';

/** Variables by which a process is told of Kafka. */
export type KafkaVariables = Readonly<Partial<Record<keyof typeof kafkaVariables, string>>>;

/** Those that our own environment holds. */
export function givenKafka(environment: Environment = process.env): KafkaVariables {
  return Object.fromEntries(Object.entries(environment).filter(([name, value]) => name in kafkaVariables && value));
}

/** What our own environment says of an OpenID Connect provider, of limits, of proxies before us, and of where webhooks and notices go. */
export function givenAccess(environment: Environment = process.env): Environment {
  const known = { ...providerVariables, ...edgeVariables, ...webhookVariables, ...noticeVariables };
  const given = Object.fromEntries(Object.entries(environment).filter(([name, value]) => name in known && value));
  // Our own proxy says for whom it asks.
  return { ...given, YIZHAN_TRUSTED_PROXIES: ['loopback', given.YIZHAN_TRUSTED_PROXIES].filter(Boolean).join(',') };
}

/** What these variables say. @throws Fault that names the variable. */
export function kafkaSettingsOf(variables: KafkaVariables, clientId: string): KafkaSettings {
  return readKafkaSettings(variables, clientId);
}

/** The environment of a process of the cluster: ours without what is meant for us alone, and `own`. */
export function environmentWith(own: Environment, environment: Environment = process.env): NodeJS.ProcessEnv {
  const foreign = Object.entries(environment).filter(([name]) => !/^(YIZHAN_|KAFKA_BROKERS$)/.test(name));
  return { ...Object.fromEntries(foreign), ...own };
}
