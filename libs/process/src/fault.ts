/** Exit codes of every command; documented in `--help`. */
export const exitCodes = { ok: 0, failed: 1, badInput: 2, environment: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a person at the terminal can mend: one clear line, how to mend it, and the exit code. Never shown with a stack. */
export class Fault extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** What to do about it, as a sentence. */
    readonly mend?: string,
  ) {
    super(message);
    this.name = 'Fault';
  }
}

export const badInput = (message: string, mend?: string): Fault => new Fault(exitCodes.badInput, message, mend);

export const environmentFault = (message: string, mend?: string): Fault =>
  new Fault(exitCodes.environment, message, mend);

/** Message of whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** `ENOENT` and its like. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
