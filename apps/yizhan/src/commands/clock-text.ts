import type { LogReader } from '@yizhan/event-log';
import { parseInstant, toIso } from '@yizhan/kernel';
import { judgeClock } from '../doctor/machine.js';
import { readTerminal } from '../runtime/config.js';

/** When the newest event was recorded, epoch milliseconds; 0 where there is none. */
export async function recordedLast(reader: Pick<LogReader, 'head' | 'documentsAfter'>): Promise<number> {
  const [newest] = await reader.documentsAfter((await reader.head()) - 1, 1);
  if (!newest) return 0;
  const { recordedtime } = JSON.parse(newest.document) as { recordedtime: string };
  return parseInstant(recordedtime) ?? 0;
}

/**
 * What is said at a start on a machine whose clock cannot be right, as after a power cut where its battery is empty.
 * @param newestAt as `recordedLast` gives it. @returns undefined where nothing speaks against the clock.
 */
export function clockText(now: number, newestAt: number, { language } = readTerminal()): string | undefined {
  if (judgeClock(now, newestAt).state === 'ok') return undefined;
  const last = newestAt === 0 ? undefined : toIso(newestAt);
  if (language === 'zh') {
    const record = last === undefined ? '' : `，而最新记录的时间是 ${last}`;
    return `本机时钟不对：显示 ${toIso(now)}${record}。请校准时钟后重新启动，否则此后的记录时间都是错的，平板也可能无法连接`;
  }
  const record = last === undefined ? '' : `, and the newest record is of ${last}`;
  return `the clock of this PC is wrong: it says ${toIso(now)}${record}; set it and start again, or what is recorded from now on has a wrong time, and tablets may not connect`;
}
