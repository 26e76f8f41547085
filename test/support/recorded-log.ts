import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeEvent } from '@yizhan/event-log';
import type { YizhanEvent } from '@yizhan/contracts';
import { ownRoot } from '@yizhan/process';

/**
 * A log of version 1, as it was exported in November 2026 after a replay of 16 made-up passages through a made-up network
 * where much goes wrong. It never changes.
 */
export const recordedLines: readonly string[] = gunzipSync(
  readFileSync(join(ownRoot(), 'test/contracts/recorded-log-v1.ndjson.gz')),
)
  .toString('utf8')
  .trimEnd()
  .split('\n');

/** The same as consumers get it. */
export function recordedEvents(): YizhanEvent[] {
  return recordedLines.map((line) => {
    const decoded = decodeEvent(line);
    if ('reason' in decoded) throw new Error(`the recorded log is not readable any more: ${decoded.reason}`);
    return decoded.event;
  });
}
