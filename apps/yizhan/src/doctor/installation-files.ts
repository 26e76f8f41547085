import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownRoot } from '@yizhan/process';
import { type Check, fail, type Finding, ok } from './check.js';

export const installationFiles: Check = {
  name: 'files',
  title: { en: 'Own files', zh: '自身文件' },
  look: () => judgeFiles(join(ownRoot(), '..')),
};

/** Compares what was unpacked with the sums that lie in an archive. @param folder that it was unpacked to. */
export function judgeFiles(folder: string): Finding {
  const list = join(folder, 'SHA256SUMS');
  if (!existsSync(list) || !existsSync(join(folder, 'runtime'))) return ok('from the sources; an archive has sums');
  const lines = readFileSync(list, 'utf8').trimEnd().split('\n');
  const wrong = lines.map((line) => line.split('  ')).filter(([sum, path = '']) => sumOf(join(folder, path)) !== sum);
  if (wrong.length === 0) return ok(`${lines.length} files are as they were packed`);
  const [[, first = ''] = []] = wrong;
  return fail(
    `${wrong.length} of ${lines.length} files are missing or changed, such as ${first}`,
    'Unpack the archive again; the data lie elsewhere and stay.',
  );
}

const sumOf = (file: string): string | undefined =>
  existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;
