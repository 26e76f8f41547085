import { exitCodes, listenForSignals, messageOf, ownVersion, systemCode } from '@yizhan/process';
import { CommanderError } from 'commander';
import { buildProgram } from './commands/program.js';
import { asTyped, showsStacks, tell } from './commands/screen.js';

/** A person sees one line; `DEBUG=yizhan` shows where it came from. */
function report(error: unknown): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.badInput;
  tell(messageOf(error));
  if (error instanceof Error) {
    if ('mend' in error && typeof error.mend === 'string') process.stderr.write(`        ${asTyped(error.mend)}\n`);
    if (showsStacks) process.stderr.write(`${error.stack ?? ''}\n`);
    if ('exitCode' in error && typeof error.exitCode === 'number') return error.exitCode;
  }
  if (!showsStacks) process.stderr.write('        This is a fault of Yizhan itself; DEBUG=yizhan shows where.\n');
  return exitCodes.failed;
}

// A reader such as "head" that has had enough is no fault.
process.stdout.on('error', (error) => process.exit(systemCode(error) === 'EPIPE' ? exitCodes.ok : exitCodes.failed));
listenForSignals();

const program = buildProgram(ownVersion(), (code) => (process.exitCode = code));
for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)]) {
  command.exitOverride();
}
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
