import { badInput, ownVersion } from '@yizhan/process';
import { Command } from 'commander';
import { serviceVariables } from './service.config.js';

export interface ProgramDescription {
  /** Such as `station`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** Whether it can be moved step by step, for replays. */
  readonly isSteppable: boolean;
  /** Values of variables for the example. */
  readonly example: Readonly<Partial<Record<keyof typeof serviceVariables, string>>>;
}

export interface ProgramOptions {
  /** Whether it moves only when told to, over the IPC channel of whoever has started it. */
  readonly stepped: boolean;
  /** The same seed makes the same ids; for replays. */
  readonly seed?: string;
}

/** Reads the command line; `--help` and `--version` are answered here. @throws CommanderError where nothing is left to do. */
export function readArguments(program: ProgramDescription, argv: readonly string[]): ProgramOptions {
  const command = new Command(`yizhan-${program.name}`)
    .description(program.summary)
    .version(ownVersion())
    .allowExcessArguments(false)
    .showHelpAfterError('(add --help for the variables)')
    .addHelpText('after', helpOf(program))
    .exitOverride();
  if (program.isSteppable) {
    command
      .option('--stepped', 'for replays: move only when told to over the IPC channel')
      .option('--seed <text>', 'for replays: the same seed makes the same ids');
  }
  const { stepped = false, seed } = command.parse([...argv], { from: 'user' }).opts<Partial<ProgramOptions>>();
  if (stepped && !process.send) throw badInput('--stepped needs the IPC channel of a parent process');
  if (stepped !== (seed !== undefined)) throw badInput('--stepped and --seed go together');
  return { stepped, ...(seed === undefined ? {} : { seed }) };
}

const helpOf = ({ name, example }: ProgramDescription): string => `
It is told everything by its environment:
${Object.entries(serviceVariables)
  .map(([variable, meaning]) => `  ${variable.padEnd(30)} ${meaning}`)
  .join('\n')}
  ${'DEBUG=yizhan'.padEnd(30)} shows stacks of errors

Example:
${Object.entries(example)
  .map(([variable, value]) => `  ${variable}=${value} \\`)
  .join('\n')}
  node dist/programs/${name}.mjs

It prints one line when it is ready, {"ready":true,"service":"${name}","address":"http://…"}, and its log on stderr.
SIGTERM lets it finish what is under way; it is gone within 25 s.

Exit codes:
  0  told to stop
  1  failed: start it again
  2  bad input: an option or a variable
  3  its surroundings: the database, Kafka, a port`;
