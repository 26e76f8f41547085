import type { StorageState } from '@yizhan/service-process';
import { readTerminal } from '../config.js';

/** What is said at the terminal when the room on the disk has changed. */
export function storageText(state: StorageState, freeBytes: number, { language } = readTerminal()): string {
  const megabytes = Math.floor(freeBytes / 1e6);
  const texts = {
    en: {
      ok: `the disk has room again (${megabytes} MB free)`,
      low: `the disk is nearly full (${megabytes} MB free): make room soon`,
      full: `the disk is full (${megabytes} MB free): nothing new is recorded until there is room; reading goes on`,
    },
    zh: {
      ok: `磁盘空间已恢复（剩余 ${megabytes} MB）`,
      low: `磁盘空间不足（剩余 ${megabytes} MB）：请尽快清理`,
      full: `磁盘已满（剩余 ${megabytes} MB）：腾出空间之前不再记录新内容，仍可查看`,
    },
  } as const;
  return texts[language][state];
}
