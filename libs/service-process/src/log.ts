import type { LoggerService } from '@nestjs/common';
import { destination, type Logger, pino } from 'pino';
import { type LogLevel, messageOf } from '@yizhan/process';

/** What a reader of stderr that has stalled may hold up; what goes beyond is dropped, as the product must go on. */
const heldUpBytes = 1_000_000;

/** JSON lines on stderr: stdout belongs to the data. `base` stands in every line. */
export function createLog(level: LogLevel, base?: Readonly<Record<string, string>>): Logger {
  const stderr = destination({ dest: 2, sync: false, maxLength: heldUpBytes });
  // On a full disk, or in a window that is closed, the product goes on without, and does not wait for it to be written at the end.
  let isGone = false;
  stderr.on('error', () => {
    isGone = true;
    stderr.destroy();
  });
  const lines = { write: (line: string): boolean => !isGone && stderr.write(line) };
  return pino({ level, base, timestamp: pino.stdTimeFunctions.isoTime }, lines);
}

/** Nest's own lines; its start-up chatter counts as debugging. */
export function nestLog(log: Logger): LoggerService {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (message: unknown, ...rest: unknown[]): void => {
      const about = rest.at(-1);
      const stack = rest.length > 1 ? rest[0] : undefined;
      log[level](
        { ...(typeof about === 'string' && { about }), ...(typeof stack === 'string' && { stack }) },
        messageOf(message),
      );
    };
  return {
    log: write('debug'),
    debug: write('debug'),
    verbose: write('debug'),
    warn: write('warn'),
    error: write('error'),
  };
}
