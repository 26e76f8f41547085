import type { Database } from '@yizhan/persistence';
import { resolve } from 'node:path';
import { LogReader } from '@yizhan/event-log';
import { servicePlaces } from '@yizhan/persistence';
import { exitCodes, type ExitCode } from '@yizhan/process';
import { writeLog, writeLogFile } from '../export/export-log.js';
import { openPlace } from '../runtime/postgres/open-place.js';
import { type CommandOptions, databaseOf } from './command-options.js';
import { Progress } from './progress.js';
import { inLanguage, printJson, tell } from './screen.js';

export interface ExportOptions extends CommandOptions {
  readonly out: string;
}

/** Writes the whole log as it stands at this moment. */
export async function exportLog(options: ExportOptions): Promise<ExitCode> {
  const events = await databaseOf(options, 'export', async (server) => {
    const database = await openPlace(server, servicePlaces.eventLog, 1);
    try {
      return await writeTo(options.out, database);
    } finally {
      await database.close();
    }
  });
  if (options.out === '-') return exitCodes.ok;
  const file = resolve(options.out);
  if (options.json) printJson({ events, file });
  else tell(inLanguage({ en: `wrote ${events} events to ${file}`, zh: `已将 ${events} 个事件写入 ${file}` }));
  return exitCodes.ok;
}

async function writeTo(out: string, database: Database): Promise<number> {
  const reader = new LogReader(database);
  const head = await reader.head();
  const progress = await Progress.start('export', head);
  const onProgress = (written: number): void => progress.update(written);
  try {
    if (out === '-') return await writeLog(reader, process.stdout, head, onProgress);
    return await writeLogFile(reader, resolve(out), head, onProgress);
  } finally {
    progress.stop();
  }
}
