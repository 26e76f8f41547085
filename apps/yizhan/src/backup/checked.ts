import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivately } from '../runtime/data/data-directory.js';

const fileOf = (folder: string): string => join(folder, 'checked.json');

/** Notes in a backup that it was restored into an empty place. @param now epoch milliseconds. */
export function noteChecked(folder: string, now: number): void {
  writePrivately(fileOf(folder), `${JSON.stringify({ checkedAt: new Date(now).toISOString() })}\n`);
}

/** When a backup was checked last, epoch milliseconds. */
export function checkedAt(folder: string): number | undefined {
  if (!existsSync(fileOf(folder))) return undefined;
  const { checkedAt: text } = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as { checkedAt: string };
  return Date.parse(text);
}
