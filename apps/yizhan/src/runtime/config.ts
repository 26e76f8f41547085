import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { noticeVariables } from '@yizhan/notices';
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
  readWebhookSettings,
  type WebhookSettings,
  webhookVariables,
  readLogLevel,
  readPasswordFile,
  readPort,
  readProviderSettings,
  readTracingSettings,
  type TracingSettings,
  tracingVariables,
  unknownVariables as unknownAmong,
} from '@yizhan/process';

/** What the environment says; flags of a command go before it. */
export interface Configuration {
  readonly dataDirectory: string;
  /** Whether the environment names it, or a database: whoever has configured this does real work. */
  readonly isForRealWork: boolean;
  /** Where the keys of personal data lie; beside the data directory where it is not set. */
  readonly keystoreDirectory: string | undefined;
  /** Where backups of the database go; beside the data directory where it is not set. */
  readonly backupDirectory: string | undefined;
  /** Minutes between two backups while `start` runs; 0 for none. */
  readonly backupMinutes: number;
  /** Where backups of the keystore go, once a day; none are made where it is not set. */
  readonly keystoreBackupDirectory: string | undefined;
  /** What is kept free of the disk, bytes: below it nothing new is taken in. */
  readonly reserveBytes: number;
  readonly httpHost: string;
  readonly httpPort: number;
  /** A PostgreSQL to use in place of the embedded one; its role must be able to create roles and databases. */
  readonly databaseUrl: string | undefined;
  readonly logLevel: LogLevel;
  /** Absent where tokens of ours alone are taken. */
  readonly provider: ProviderSettings | undefined;
  readonly edge: EdgeSettings;
  readonly webhooks: WebhookSettings;
  /** Absent where no traces are wanted. */
  readonly tracing: TracingSettings | undefined;
  /** Says over which gateways people are told; absent where notices are on screens alone. */
  readonly noticesFile: string | undefined;
}

/** How to write to this terminal. Read apart from the rest, so that a fault of the configuration can be told too. */
export interface Terminal {
  readonly language: 'en' | 'zh';
  readonly colour: boolean;
  /** `DEBUG=yizhan`: stacks are shown. */
  readonly showsStacks: boolean;
}

/** Every variable that is read, with what it means; the help and `doctor` print this. */
export const variables = {
  YIZHAN_DATA_DIRECTORY: 'where everything is kept (default .yizhan in the current folder)',
  YIZHAN_KEYSTORE_DIRECTORY:
    'where the keys of personal data lie, never inside the data directory (default beside it: .yizhan-keystore)',
  YIZHAN_BACKUP_DIRECTORY: 'where backups of the database go (default beside the data directory: .yizhan-backups)',
  YIZHAN_BACKUP_MINUTES: 'minutes between two backups while "start" does real work, 0 for none (default 60)',
  YIZHAN_KEYSTORE_BACKUP_DIRECTORY:
    'where backups of the keystore go once a day, apart from those of the database (default: none are made)',
  YIZHAN_DISK_RESERVE_MEGABYTES:
    'what is kept free of the disk: below it nothing new is recorded, below four times as much a warning is given (default 512)',
  YIZHAN_HTTP_HOST:
    'address to listen on (default 127.0.0.1: this machine alone); for others use "start --lan", or a reverse proxy with TLS',
  YIZHAN_HTTP_PORT: 'port to listen on, 0 for any free one (default 7700)',
  YIZHAN_DATABASE_URL:
    'postgres://… of a PostgreSQL 15 or newer to use in place of the embedded one; ?sslmode=disable (default), require, verify-ca or verify-full, &sslrootcert=FILE',
  YIZHAN_DATABASE_PASSWORD_FILE: 'file that holds the password of that URL and nothing else',
  YIZHAN_LOG_LEVEL: 'trace, debug, info, warn, error or silent (default warn)',
  ...providerVariables,
  ...edgeVariables,
  ...webhookVariables,
  ...noticeVariables,
  ...tracingVariables,
} as const;

type VariableName = keyof typeof variables;

const realWorkVariables = [
  'YIZHAN_DATA_DIRECTORY',
  'YIZHAN_KEYSTORE_DIRECTORY',
  'YIZHAN_DATABASE_URL',
  'YIZHAN_OIDC_ISSUER',
  'YIZHAN_TRUSTED_PROXIES',
  'YIZHAN_WEBHOOK_NETWORKS',
  'YIZHAN_NOTICES_FILE',
] as const satisfies readonly VariableName[];

/** @throws Fault that names the variable. */
export function readConfiguration(environment: Environment = process.env): Configuration {
  const text = (name: VariableName): string | undefined => environment[name]?.trim() || undefined;
  return {
    dataDirectory: resolve(text('YIZHAN_DATA_DIRECTORY') ?? '.yizhan'),
    isForRealWork: realWorkVariables.some((name) => text(name) !== undefined),
    keystoreDirectory: pathOf(text('YIZHAN_KEYSTORE_DIRECTORY')),
    backupDirectory: pathOf(text('YIZHAN_BACKUP_DIRECTORY')),
    backupMinutes: readWhole(text('YIZHAN_BACKUP_MINUTES') ?? '60', 'YIZHAN_BACKUP_MINUTES'),
    keystoreBackupDirectory: pathOf(text('YIZHAN_KEYSTORE_BACKUP_DIRECTORY')),
    reserveBytes: readWhole(text('YIZHAN_DISK_RESERVE_MEGABYTES') ?? '512', 'YIZHAN_DISK_RESERVE_MEGABYTES') * 1e6,
    httpHost: readHost(text('YIZHAN_HTTP_HOST') ?? '127.0.0.1', 'YIZHAN_HTTP_HOST'),
    httpPort: readPort(text('YIZHAN_HTTP_PORT') ?? '7700', 'YIZHAN_HTTP_PORT'),
    databaseUrl: databaseUrlOf(text('YIZHAN_DATABASE_URL'), text('YIZHAN_DATABASE_PASSWORD_FILE')),
    logLevel: readLogLevel(text('YIZHAN_LOG_LEVEL') ?? 'warn', 'YIZHAN_LOG_LEVEL'),
    provider: readProviderSettings(environment),
    edge: readEdgeSettings(environment),
    webhooks: readWebhookSettings(environment),
    tracing: readTracingSettings(environment, 'yizhan'),
    noticesFile: pathOf(text('YIZHAN_NOTICES_FILE')),
  };
}

/** Variables that look like ours and are read by nobody: slips of the pen. */
export function unknownVariables(environment: Environment = process.env): string[] {
  return unknownAmong({ ...variables, ...kafkaVariables }, environment);
}

export function readTerminal(environment: Environment = process.env): Terminal {
  // Windows says it elsewhere.
  const ofSystem = process.platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : '';
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ofSystem;
  return {
    language: /^zh/i.test(locale) ? 'zh' : 'en',
    colour: !environment.NO_COLOR && environment.TERM !== 'dumb',
    showsStacks: /\byizhan\b/.test(environment.DEBUG ?? ''),
  };
}

/** The environment that a child process of ours gets, with `changes`. */
export function childEnvironment(changes: Environment): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** @throws Fault for what is no address of a machine: a name could mean another one tomorrow. */
export function readHost(text: string, name: string): string {
  if (text === 'localhost' || isIP(text) !== 0) return text;
  throw badInput(
    `${name}: ${text} is no IP address`,
    'Give 127.0.0.1 for this machine alone, or 0.0.0.0 or :: for all.',
  );
}

function readWhole(text: string, name: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw badInput(`${name}: ${text} is no number`, 'Give a whole number, 0 for none.');
}

const pathOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : resolve(text));

/** The URL with the password, which may lie in a file. */
function databaseUrlOf(text: string | undefined, passwordFile: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const { password } = readDatabaseUrl(text);
  if (passwordFile === undefined) return text;
  if (password !== '') {
    throw badInput(
      'YIZHAN_DATABASE_URL has a password, and YIZHAN_DATABASE_PASSWORD_FILE names one',
      'Give one of them.',
    );
  }
  const url = new URL(text);
  url.password = encodeURIComponent(readPasswordFile(passwordFile, 'YIZHAN_DATABASE_PASSWORD_FILE'));
  return url.href;
}
