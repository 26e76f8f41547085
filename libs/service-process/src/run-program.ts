import { once } from 'node:events';
import type { ServicePlace } from '@yizhan/persistence';
import {
  exitCodes,
  type ExitCode,
  Fault,
  listenForSignals,
  messageOf,
  stopInTime,
  untilToldToStop,
} from '@yizhan/process';
import { CommanderError } from 'commander';
import type { Logger } from 'pino';
import { type ProgramDescription, type ProgramOptions, readArguments } from './arguments.js';
import { createLog } from './log.js';
import { type ProcessSettings, readProcessSettings, showsStacks } from './service.config.js';

/** What a program is given when it starts. */
export interface ProgramContext {
  readonly settings: ProcessSettings;
  readonly options: ProgramOptions;
  readonly log: Logger;
  /** Told of faults that are waited out. */
  readonly onFault: (where: string, error: unknown) => void;
  /** Told that nothing moves any more: the process ends, to be started again. */
  readonly onDead: (reason: string) => void;
}

export interface RunningProgram {
  /** Where it answers, such as `http://127.0.0.1:7700`. */
  readonly address: string;
  /** Finishes what is under way and gives everything back. */
  stop(): Promise<void>;
}

/** A process of its own: what it is, and how it starts. */
export interface Program extends ProgramDescription {
  /** Its role and schema in the database. */
  readonly place: ServicePlace;
  start(context: ProgramContext): Promise<RunningProgram>;
}

/** What is left for a drain where the process is of no use any more: an orchestrator starts another. */
const briefly = 3_000;

/** Runs a program from the first line of its `main.ts` to the end of the process. */
export async function runProgram(program: Program): Promise<never> {
  process.setSourceMapsEnabled(true);
  // Who has read the ready line may close the pipe: that is no reason to end.
  process.stdout.on('error', () => undefined);
  listenForSignals();
  const tell = (line: string): void => void process.stderr.write(`yizhan-${program.name}: ${line}\n`);
  const code = await run(program, tell).catch((error: unknown) => report(error, tell));
  // A socket that somebody has left open must not keep a process that is done.
  process.exit(code);
}

async function run(program: Program, tell: (line: string) => void): Promise<ExitCode> {
  const options = readArguments(program, process.argv.slice(2));
  const settings = readProcessSettings(program.name, program.place);
  const log = createLog(settings.logLevel, { service: program.name, instance: settings.instance });
  if (settings.unknown.length > 0) log.warn(`nobody reads ${settings.unknown.join(', ')}`);
  const told = untilTold();
  let die: (reason: string) => void = () => undefined;
  const dead = new Promise<string>((resolve) => (die = resolve));
  const context: ProgramContext = { settings, options, log, onFault: faultsTo(log), onDead: (reason) => die(reason) };
  const diedAtStart = dead.then((reason) => Promise.reject(new Error(reason)));
  const running = await Promise.race([program.start(context), diedAtStart]);
  process.stdout.write(`${JSON.stringify({ ready: true, service: program.name, address: running.address })}\n`);
  const end = await Promise.race([told.then((why) => ({ why })), dead.then((reason) => ({ reason }))]);
  if ('reason' in end) log.fatal(end.reason);
  else log.info(`stopping: ${end.why}`);
  await stopInTime(() => running.stop(), tell, 'reason' in end ? briefly : undefined);
  return 'reason' in end ? exitCodes.failed : exitCodes.ok;
}

/** Why the process is to end: a signal, or that nobody is left to move it. */
function untilTold(): Promise<string> {
  const signal = untilToldToStop();
  // Who has been started with an IPC channel belongs to the one at its other end.
  if (!process.connected) return signal;
  return Promise.race([signal, once(process, 'disconnect').then(() => 'the parent process has gone')]);
}

const faultsTo =
  (log: Logger) =>
  (where: string, error: unknown): void =>
    log.error({ about: where, stack: error instanceof Error ? error.stack : undefined }, messageOf(error));

/** A person sees one line, and how to mend it; `DEBUG=yizhan` shows where it came from. */
function report(error: unknown, tell: (line: string) => void): ExitCode {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.badInput;
  tell(messageOf(error));
  const isMendable = error instanceof Fault;
  if (isMendable && error.mend !== undefined) process.stderr.write(`        ${error.mend}\n`);
  if (showsStacks()) process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  else if (!isMendable) process.stderr.write('        DEBUG=yizhan shows where it came from.\n');
  return isMendable ? error.exitCode : exitCodes.failed;
}
