import { badInput } from './fault.js';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a program writes to its log; each level holds those after it too. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

/** @param name of the variable or option, for the fault. @throws Fault for what is no level. */
export function readLogLevel(text: string, name: string): LogLevel {
  const level = logLevels.find((each) => each === text);
  if (level) return level;
  throw badInput(`${name}: ${text} is no level`, `Give one of ${logLevels.join(', ')}.`);
}

/** @throws Fault for what is no port number; 0 is one, and means any free port. */
export function readPort(text: string, name: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw badInput(`${name}: ${text} is no port`, 'Give a number from 0 to 65535; 0 takes any free port.');
}

/** Names of variables that look like ours and are not among `known`: slips of the pen. Those of the tests are left out. */
export function unknownVariables(known: Readonly<Record<string, unknown>>, environment: Environment): string[] {
  return Object.keys(environment).filter(
    (name) => name.startsWith('YIZHAN_') && !name.startsWith('YIZHAN_TEST_') && !(name in known),
  );
}
