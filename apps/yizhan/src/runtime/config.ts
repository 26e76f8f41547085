import { resolve } from 'node:path';
import { badInput } from './fault.js';
import { readDatabaseUrl } from './postgres/database-url.js';

/** What the environment says; flags of a command go before it. */
export interface Configuration {
  readonly dataDirectory: string;
  readonly httpHost: string;
  readonly httpPort: number;
  /** A PostgreSQL to use in place of the embedded one; its role must be able to create roles and databases. */
  readonly databaseUrl: string | undefined;
  readonly logLevel: LogLevel;
}

/** How to write to this terminal. Read apart from the rest, so that a fault of the configuration can be told too. */
export interface Terminal {
  readonly language: 'en' | 'zh';
  readonly colour: boolean;
  /** `DEBUG=yizhan`: stacks are shown. */
  readonly showsStacks: boolean;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable that is read, with what it means; the help and `doctor` print this. */
export const variables = {
  YIZHAN_DATA_DIRECTORY: 'where everything is kept (default .yizhan in the current folder)',
  YIZHAN_HTTP_HOST: 'loopback address to listen on (default 127.0.0.1)',
  YIZHAN_HTTP_PORT: 'port to listen on, 0 for any free one (default 7700)',
  YIZHAN_DATABASE_URL:
    'postgres://… of a PostgreSQL 15 or newer to use in place of the embedded one; ?sslmode=disable (default), require, verify-ca or verify-full, &sslrootcert=FILE',
  YIZHAN_LOG_LEVEL: 'trace, debug, info, warn, error or silent (default warn)',
} as const;

type VariableName = keyof typeof variables;

const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

/** @throws Fault that names the variable. */
export function readConfiguration(environment: Environment = process.env): Configuration {
  const text = (name: VariableName): string | undefined => environment[name]?.trim() || undefined;
  return {
    dataDirectory: resolve(text('YIZHAN_DATA_DIRECTORY') ?? '.yizhan'),
    httpHost: readHost(text('YIZHAN_HTTP_HOST') ?? '127.0.0.1', 'YIZHAN_HTTP_HOST'),
    httpPort: readPort(text('YIZHAN_HTTP_PORT') ?? '7700', 'YIZHAN_HTTP_PORT'),
    databaseUrl: checkedDatabaseUrl(text('YIZHAN_DATABASE_URL')),
    logLevel: readLogLevel(text('YIZHAN_LOG_LEVEL') ?? 'warn'),
  };
}

/** Variables that look like ours and are read by nobody: slips of the pen. */
export function unknownVariables(environment: Environment = process.env): string[] {
  return Object.keys(environment).filter(
    (name) => name.startsWith('YIZHAN_') && !name.startsWith('YIZHAN_TEST_') && !(name in variables),
  );
}

export function readTerminal(environment: Environment = process.env): Terminal {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
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

/** @throws Fault for what is no loopback address: this version answers to this machine alone. */
export function readHost(text: string, name: string): string {
  if (text === 'localhost' || text === '::1' || /^127(\.\d{1,3}){3}$/.test(text)) return text;
  throw badInput(
    `${name}: ${text} is no loopback address`,
    'Yizhan listens on 127.0.0.1 or ::1 only; put a reverse proxy with TLS in front to reach it from elsewhere.',
  );
}

export function readPort(text: string, name: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw badInput(`${name}: ${text} is no port`, 'Give a number from 0 to 65535; 0 takes any free port.');
}

function checkedDatabaseUrl(text: string | undefined): string | undefined {
  if (text !== undefined) readDatabaseUrl(text);
  return text;
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((each) => each === text);
  if (level) return level;
  throw badInput(`YIZHAN_LOG_LEVEL: ${text} is no level`, `Give one of ${logLevels.join(', ')}.`);
}
