import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { badInput } from '@yizhan/process';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { DataLock } from '../runtime/data/data-lock.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { stopWhatIsLeft } from '../runtime/postgres/postgres-server.js';

/** Beside the data of real work, and never mixed with them. */
export const demonstrationFolder = '.yizhan-demo';

const markOf = (folder: string): string => join(folder, 'demonstration.json');

/** @throws Fault where real work would begin on data that the next demonstration removes. */
export function refuseDemonstrationData({ path }: DataDirectory): void {
  if (!existsSync(markOf(dirname(path)))) return;
  throw badInput(
    `${path} holds the data of a demonstration, which its next start removes`,
    'Give another folder for real work, or start with --demo.',
  );
}

/**
 * An empty data directory for a new demonstration: what the one before has left is removed. Everything lies in one folder
 * that is marked as a demonstration's, and nothing without that mark is ever touched.
 * @throws Fault where the folder is somebody else's; one that still runs is left alone, and found by its lock.
 */
export async function freshDemonstrationFolder(folder = resolve(demonstrationFolder)): Promise<DataDirectory> {
  const mark = markOf(folder);
  const directory = new DataDirectory(join(folder, 'data'));
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length === 0) {
    writeFileSync(mark, `${JSON.stringify({ what: 'data of a demonstration: removed at its next start' })}\n`);
    return directory;
  }
  if (!existsSync(mark)) {
    throw badInput(`${folder} is no demonstration's folder`, 'Move it away, or start with --empty for real work.');
  }
  if (DataLock.holderOf(directory)) return directory;
  // Whoever was killed may have left its database running.
  if (existsSync(directory.postgresFile)) {
    const { cluster } = JSON.parse(readFileSync(directory.postgresFile, 'utf8')) as { cluster: string };
    await stopWhatIsLeft(cluster);
  }
  discardDataDirectory(directory);
  return directory;
}
