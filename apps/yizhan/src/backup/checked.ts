import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInstant } from '@yizhan/kernel';
import { writePrivately } from '../runtime/data/data-directory.js';

const fileOf = (folder: string): string => join(folder, 'checked.json');

/** Notes in a backup that it was restored into an empty place. @param now epoch milliseconds. */
export function noteChecked(folder: string, now: number): void {
  writePrivately(fileOf(folder), `${JSON.stringify({ checkedAt: new Date(now).toISOString() })}\n`);
}

/** When a backup was checked last, epoch milliseconds; undefined where it was not, or the note of it is damaged. */
export function checkedAt(folder: string): number | undefined {
  if (!existsSync(fileOf(folder))) return undefined;
  const [, text = ''] = /"checkedAt":"([^"]+)"/.exec(readFileSync(fileOf(folder), 'utf8')) ?? [];
  return parseInstant(text);
}
