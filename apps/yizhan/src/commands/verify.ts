import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { badInput, exitCodes, type ExitCode, messageOf } from '@yizhan/process';
import { printVerifyReport } from '../verify/print-verify-report.js';
import { verifyExport } from '../verify/verify.js';
import { Progress } from './progress.js';
import { language, print, printJson } from './screen.js';

/** Checks an export against the ten promises of the event contract. */
export async function verify(file: string, { json = false }: { json?: boolean }): Promise<ExitCode> {
  const size = file === '-' ? 0 : sizeOf(file);
  const input = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  const progress = size > 0 ? await Progress.start(file, size) : undefined;
  const report = await verifyExport(createInterface({ input, crlfDelay: Infinity }), {
    onProgress: () => progress?.update('bytesRead' in input ? input.bytesRead : 0),
  }).finally(() => progress?.stop());
  if (report.events === 0)
    throw badInput(`${file} holds no event`, 'Give a file that "npx yizhan export" has written.');
  if (json) printJson(report);
  else print(printVerifyReport(report, language));
  return report.ok ? exitCodes.ok : exitCodes.failed;
}

function sizeOf(file: string): number {
  try {
    const found = statSync(file);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw badInput(`cannot read ${file}: ${messageOf(error)}`);
  }
  throw badInput(`${file} is no file`);
}
