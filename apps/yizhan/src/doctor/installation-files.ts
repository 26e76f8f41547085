import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUnpacked, unpackAgain, unpackedFolder } from '../runtime/unpacked.js';
import { type Check, fail, type Finding, ok } from './check.js';

export const installationFiles: Check = {
  name: 'files',
  title: { en: 'Own files', zh: '自身文件' },
  look: () => (isUnpacked() ? judgeFiles(unpackedFolder()) : ok('from the sources; an archive has sums')),
};

/** Compares what was unpacked with the sums that lie in an archive. @param folder that it was unpacked to. */
export function judgeFiles(folder: string): Finding {
  const lines = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  const wrong = lines.map((line) => line.split('  ')).filter(([sum, path = '']) => sumOf(join(folder, path)) !== sum);
  if (wrong.length === 0) return ok(`${lines.length} files are as they were packed`);
  const [[, first = ''] = []] = wrong;
  return fail(`${wrong.length} of ${lines.length} files are missing or changed, such as ${first}`, unpackAgain);
}

const sumOf = (file: string): string | undefined =>
  existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;
