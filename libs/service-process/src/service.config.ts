import { hostname } from 'node:os';
import type { KafkaSettings } from '@yizhan/event-log';
import { noticeVariables } from '@yizhan/notices';
import type { Connection, ServicePlace } from '@yizhan/persistence';
import {
  badInput,
  type EdgeSettings,
  edgeVariables,
  type Environment,
  kafkaVariables,
  type LogLevel,
  type ProviderSettings,
  providerVariables,
  readDatabaseUrl,
  readEdgeSettings,
  readKafkaSettings,
  readLogLevel,
  readPasswordFile,
  readPort,
  readProviderSettings,
  readTracingSettings,
  readWebhookSettings,
  type TracingSettings,
  tracingVariables,
  unknownVariables,
  type WebhookSettings,
  webhookVariables,
} from '@yizhan/process';

/** Every variable of a process of its own, with what it means; `--help` prints this. */
export const serviceVariables = {
  YIZHAN_DATABASE_URL: 'postgres://role:password@host:port/database, with the role of this service',
  YIZHAN_DATABASE_PASSWORD_FILE: 'file that holds the password of the role and nothing else',
  YIZHAN_HTTP_HOST: 'address to listen on (default 127.0.0.1); 0.0.0.0 or :: for all',
  YIZHAN_HTTP_PORT: 'port to listen on, 0 for any free one (default 7700)',
  YIZHAN_TOKEN_KEYS_FILE: 'public keys that tokens are checked with, a JWKS: {"keys":[…]}',
  YIZHAN_KEYSTORE_DIRECTORY:
    'station and dispatch only: where the keys of personal data, or of webhook secrets, lie; shared by all its processes',
  YIZHAN_KEYSTORE_KEY_FILE: 'station and dispatch only: the key that those keys are wrapped with, a JWK of kty oct',
  YIZHAN_TOKEN_SIGNING_KEY_FILE:
    'private key that the station signs tokens with, a JWK; without it people sign in at an OpenID Connect provider',
  YIZHAN_SLIP_KEYS_FILE:
    'keys that the station service signs handoff slips with, a JWKS with private keys; the first signs, all verify',
  YIZHAN_INSTANCE: 'name of this process among its like (default: host name and process id)',
  YIZHAN_LOG_LEVEL: 'trace, debug, info, warn, error or silent (default info)',
  ...providerVariables,
  ...edgeVariables,
  ...webhookVariables,
  ...noticeVariables,
  ...kafkaVariables,
  ...tracingVariables,
} as const;

type VariableName = keyof typeof serviceVariables;

/** What the environment tells a process. */
export interface ProcessSettings {
  readonly instance: string;
  /** As the role that the process works as. */
  readonly connection: Connection;
  readonly http: { readonly host: string; readonly port: number };
  readonly logLevel: LogLevel;
  readonly kafka: KafkaSettings;
  /** Absent where it is not set: not every process checks tokens. */
  readonly tokenKeysFile: string | undefined;
  /** Absent where they are not set: only who keeps personal data needs them. */
  readonly keystore: { readonly directory: string | undefined; readonly keyFile: string | undefined };
  /** Absent where this process makes no tokens. */
  readonly tokenSigningKeyFile: string | undefined;
  /** Absent where tokens of ours alone are taken. */
  readonly provider: ProviderSettings | undefined;
  readonly edge: EdgeSettings;
  readonly webhooks: WebhookSettings;
  /** Absent where notices are on screens alone. */
  readonly noticesFile: string | undefined;
  /** Absent where no traces are wanted. */
  readonly tracing: TracingSettings | undefined;
  /** Absent where no slips are signed. */
  readonly slipKeysFile: string | undefined;
  /** Variables that look like ours and that nobody reads. */
  readonly unknown: readonly string[];
}

/** @param name of the program, such as `station`. @throws Fault that names the variable, without its value where that is a secret. */
export function readProcessSettings(
  name: string,
  place: ServicePlace,
  environment: Environment = process.env,
): ProcessSettings {
  const text = (variable: VariableName): string | undefined => environment[variable]?.trim() || undefined;
  const instance = readInstance(text('YIZHAN_INSTANCE') ?? `${hostname()}-${process.pid}`);
  return {
    instance,
    connection: readConnection(place, text('YIZHAN_DATABASE_URL'), text('YIZHAN_DATABASE_PASSWORD_FILE')),
    http: {
      host: text('YIZHAN_HTTP_HOST') ?? '127.0.0.1',
      port: readPort(text('YIZHAN_HTTP_PORT') ?? '7700', 'YIZHAN_HTTP_PORT'),
    },
    logLevel: readLogLevel(text('YIZHAN_LOG_LEVEL') ?? 'info', 'YIZHAN_LOG_LEVEL'),
    kafka: readKafkaSettings(environment, `yizhan-${name}-${instance}`),
    tokenKeysFile: text('YIZHAN_TOKEN_KEYS_FILE'),
    keystore: { directory: text('YIZHAN_KEYSTORE_DIRECTORY'), keyFile: text('YIZHAN_KEYSTORE_KEY_FILE') },
    tokenSigningKeyFile: text('YIZHAN_TOKEN_SIGNING_KEY_FILE'),
    provider: readProviderSettings(environment),
    edge: readEdgeSettings(environment),
    webhooks: readWebhookSettings(environment),
    noticesFile: text('YIZHAN_NOTICES_FILE'),
    tracing: readTracingSettings(environment, `yizhan-${name}`),
    slipKeysFile: text('YIZHAN_SLIP_KEYS_FILE'),
    unknown: unknownVariables(serviceVariables, environment),
  };
}

/** `DEBUG=yizhan`: stacks are shown. */
export function showsStacks(environment: Environment = process.env): boolean {
  return /\byizhan\b/.test(environment.DEBUG ?? '');
}

function readInstance(text: string): string {
  if (/^[\w.-]{1,100}$/.test(text)) return text;
  throw badInput(`YIZHAN_INSTANCE: ${text} is no name`, 'Use letters, digits, dots, hyphens and underlines.');
}

function readConnection({ role }: ServicePlace, url: string | undefined, passwordFile: string | undefined): Connection {
  const example = `Write postgres://${role}:password@host:5432/yizhan, or leave the password out and name its file in YIZHAN_DATABASE_PASSWORD_FILE.`;
  if (url === undefined) throw badInput('YIZHAN_DATABASE_URL is not set', example);
  const connection = readDatabaseUrl(url);
  if (connection.user !== role) {
    // With more rights than these a fault of the program could reach what belongs to others.
    throw badInput(
      `YIZHAN_DATABASE_URL names user ${connection.user}, and this process works as ${role} alone`,
      example,
    );
  }
  if (passwordFile === undefined) return connection;
  if (connection.password !== '') {
    throw badInput(
      'YIZHAN_DATABASE_URL has a password, and YIZHAN_DATABASE_PASSWORD_FILE names one',
      'Give one of them.',
    );
  }
  return { ...connection, password: readPasswordFile(passwordFile, 'YIZHAN_DATABASE_PASSWORD_FILE') };
}
