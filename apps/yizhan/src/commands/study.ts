import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environmentFault, exitCodes, type ExitCode, messageOf } from '@yizhan/process';
import { writeTextFile } from '../replay/out-folder.js';
import { studyPage } from '../study/page/study-page.js';
import { planStudy, type StudyOptions } from '../study/plan-study.js';
import { printStudy } from '../study/print-study.js';
import { runStudy } from '../study/run-study.js';
import { Progress } from './progress.js';
import { inLanguage, language, print, printJson, tell } from './screen.js';

export interface StudyCommandOptions extends StudyOptions {
  readonly out: string;
  readonly json?: boolean;
}

const steps = 1_000;

/** Plays a day under both policies in memory, for each pool of drivers, and writes what came of it. */
export async function study(options: StudyCommandOptions): Promise<ExitCode> {
  const { heading, days, rounds } = await planStudy(options);
  const out = resolve(options.out);
  makeFolder(out);
  const progress = await Progress.start('study', days.length * steps);
  const results = days.map(({ day, driversPercent }, index) =>
    runStudy(day, driversPercent, {
      rounds,
      onProgress: (share) => progress.update(Math.round((index + share) * steps)),
    }),
  );
  progress.stop();
  const [jsonFile, pageFile] = [join(out, 'study.json'), join(out, 'study.html')];
  writeTextFile(jsonFile, `${JSON.stringify({ ...heading, results }, null, 2)}\n`);
  writeTextFile(pageFile, studyPage(heading, results));
  if (options.json) printJson({ ...heading, results, jsonFile, pageFile });
  else print(printStudy(results, language));
  tell(inLanguage({ en: `wrote ${jsonFile} and ${pageFile}`, zh: `已写入 ${jsonFile} 与 ${pageFile}` }));
  return exitCodes.ok;
}

function makeFolder(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw environmentFault(`cannot write to ${out}: ${messageOf(error)}`, 'Choose another folder with --out.');
  }
}
