import { LogReader } from '@yizhan/event-log';
import { servicePlaces } from '@yizhan/persistence';
import { exitCodes, type ExitCode } from '@yizhan/process';
import { type DecidedAgain, DecideAgain } from '../../../scheduler/src/decisions/decide-again.js';
import { openPlace } from '../runtime/postgres/open-place.js';
import { type CommandOptions, databaseOf } from './command-options.js';
import { Progress } from './progress.js';
import { inLanguage, print, printJson } from './screen.js';

/** Decides everything again from the log, and compares with what was decided. */
export async function decisions(options: CommandOptions): Promise<ExitCode> {
  const found = await databaseOf(options, 'decisions', async (server) => {
    const database = await openPlace(server, servicePlaces.scheduler, 2);
    const again = new DecideAgain(database, new LogReader(database));
    const progress = await Progress.start('decisions', await again.count());
    try {
      return await again.execute((done) => progress.update(done));
    } finally {
      progress.stop();
      await database.close();
    }
  });
  if (options.json) printJson(found);
  else print(summaryOf(found));
  return found.same === found.decisions ? exitCodes.ok : exitCodes.failed;
}

function summaryOf({ areas, decisions: all, same, differences }: DecidedAgain): string {
  const sum = inLanguage({
    en: `${all} decisions in ${areas} areas decided again: ${same} the same, ${all - same} otherwise`,
    zh: `${areas} 个区域的 ${all} 项决定已重做：相同 ${same} 项，不同 ${all - same} 项`,
  });
  const lines = differences.map(
    ({ areaCode, handoffId, decidedAt, basedOnPosition, before, again }) =>
      `  ${decidedAt} ${areaCode} @${basedOnPosition} ${handoffId}: ${before} → ${again}`,
  );
  return [sum, ...lines].join('\n');
}
