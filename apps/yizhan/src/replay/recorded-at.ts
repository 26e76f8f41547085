import type { YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';

/** The instant of the clock at which an event was recorded: that of its round. What it tells of may lie a little before. */
export function recordedAt({ recordedtime }: YizhanEvent): number {
  return parseInstant(recordedtime) ?? 0;
}
