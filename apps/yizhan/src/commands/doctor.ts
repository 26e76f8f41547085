import { exitCodes, type ExitCode, readPort } from '@yizhan/process';
import { examine, type Examination, worstOf } from '../doctor/examine.js';
import type { CheckState } from '../doctor/check.js';
import { readConfiguration } from '../runtime/config.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { coloured, inLanguage, language, print, printJson, say } from './screen.js';

export interface DoctorOptions extends CommandOptions {
  readonly port?: string;
}

const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

/** Says what is wrong with this machine or configuration, and what to do. */
export async function doctor(options: DoctorOptions): Promise<ExitCode> {
  const read = readConfiguration();
  const configuration = {
    ...read,
    httpPort: options.port === undefined ? read.httpPort : readPort(options.port, '--port'),
  };
  const found: Examination[] = [];
  for await (const each of examine({ configuration, directory: directoryOf(options, configuration) })) {
    found.push(each);
    if (!options.json) say(lineOf(each));
  }
  const worst = worstOf(found.map(({ state }) => state));
  if (options.json) printJson({ state: worst, checks: found.map(({ title: _, ...rest }) => rest) });
  else print(`\n${verdicts[worst]}`);
  return worst === 'fail' ? exitCodes.failed : exitCodes.ok;
}

const verdicts: Readonly<Record<CheckState, string>> = inLanguage({
  en: {
    ok: 'All is well.',
    warn: 'It will work; look at the warnings.',
    fail: 'It will not work until the failures are mended.',
  },
  zh: { ok: '一切正常。', warn: '可以运行，请留意警告。', fail: '修复以上失败项之前无法运行。' },
});

function lineOf({ state, title, says, mend }: Examination): string {
  const line = `${coloured(colours[state], state.padEnd(4))}  ${padded(title[language], 24)} ${says}`;
  return mend && state !== 'ok' ? `${line}\n      → ${mend}` : line;
}

/** Chinese characters are two columns wide. */
function padded(text: string, columns: number): string {
  const width = text.length + (text.match(/[\u2e80-\uffef]/g) ?? []).length;
  return text + ' '.repeat(Math.max(0, columns - width));
}
