import { Problem } from '@yizhan/kernel';
import { servicePlaces } from '@yizhan/persistence';
import { environmentFault, exitCodes, type ExitCode } from '@yizhan/process';
import { rebuild, type Rebuilt } from '../../../command-centre/src/rebuild/rebuild.js';
import { openPlace } from '../runtime/postgres/open-place.js';
import { type CommandOptions, databaseOf } from './command-options.js';
import { Progress } from './progress.js';
import { inLanguage, print, printJson } from './screen.js';

/** Drops the figures of the command centre and makes them again from the log. */
export async function rebuildFigures(options: CommandOptions): Promise<ExitCode> {
  const begun = performance.now();
  const rebuilt = await databaseOf(options, 'rebuild', async (server) => {
    const database = await openPlace(server, servicePlaces.commandCentre, 1);
    const progress = await Progress.start('rebuild', 1);
    try {
      const onProgress = (read: number, head: number): void => progress.update(read, head);
      return await rebuild({ database, group: 'command-centre', onProgress });
    } catch (error) {
      throw clearer(error);
    } finally {
      progress.stop();
      await database.close();
    }
  });
  const seconds = (performance.now() - begun) / 1000;
  if (options.json) printJson({ ...rebuilt, seconds });
  else print(summaryOf(rebuilt, seconds));
  return exitCodes.ok;
}

function summaryOf({ entries, events }: Rebuilt, seconds: number): string {
  const took = seconds.toFixed(1);
  return inLanguage({
    en: `figures rebuilt from ${events} of ${entries} events in ${took} s`,
    zh: `已由 ${entries} 个事件中的 ${events} 个重建指标，用时 ${took} 秒`,
  });
}

function clearer(error: unknown): unknown {
  if (!(error instanceof Problem) || error.code !== 'COMMAND_CENTRE.RUNNING') return error;
  return environmentFault(
    'the command centre is running',
    'Stop Yizhan first: figures are rebuilt while nobody counts.',
  );
}
