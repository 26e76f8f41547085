import { exitCodes } from './fault.js';

/** Orchestrators send SIGKILL after 30 s: be gone before. */
const hardExitAfter = 25_000;

type OnSignal = (signal: NodeJS.Signals) => void;

/** SIGHUP says that the window is closed in which it was started. */
const shellCodes: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** By exit handlers the database is told to stop; a bare signal would skip them. */
let onSignal: OnSignal = (signal) => process.exit(shellCodes[signal]);

/** Installed once and for all: between removing one listener and adding another a signal would be lost. */
export function listenForSignals(): void {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => onSignal(signal));
  // A window that is closed, a reader that has gone, a full disk: whoever cannot be told must not keep the work from going on.
  process.stderr.on('error', () => undefined);
}

/**
 * Ends this process at the next of these signals, after it has said so: for what a next time does again from the beginning, or goes on
 * with. Exit handlers stop what was started.
 */
export function endAtOnceWhenTold(say: () => void): void {
  onSignal = (signal) => {
    say();
    process.exit(shellCodes[signal]);
  };
}

/** Resolves at the next of these signals, which does nothing else then. */
export function untilToldToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    onSignal = resolve;
  });
}

/** Runs `stop`; ends the process hard when it takes longer than `within` milliseconds, or at one more signal. */
export async function stopInTime(
  stop: () => Promise<void>,
  tell: (line: string) => void,
  within = hardExitAfter,
): Promise<void> {
  const endNow = (why: string): void => {
    tell(why);
    process.exit(exitCodes.failed);
  };
  const tooLong = 'stopping took too long: ended hard; nothing that was accepted is lost';
  const timer = setTimeout(() => endNow(tooLong), within);
  onSignal = () => endNow('ended hard');
  await stop();
  clearTimeout(timer);
}
