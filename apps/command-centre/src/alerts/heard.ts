import { eventType, type YizhanEvent } from '@yizhan/contracts';
import { instant } from '../kpis/fact.js';
import { signsOfLife } from './alert-rules.js';

/** When something that a person at a station did was recorded last, epoch milliseconds. */
export interface Heard {
  readonly areaCode: string;
  readonly stationCode: string;
  readonly at: number;
}

const signs: ReadonlySet<string> = new Set(signsOfLife.map((name) => eventType(name)));

/**
 * What a batch of events says of which stations are at work. It goes by when things were recorded: a tablet without a network is
 * silent, whatever it logs. What is taken back later was said all the same.
 */
export function heardIn(events: readonly YizhanEvent[]): Heard[] {
  const last = new Map<string, Heard>();
  for (const { type, partitionkey: areaCode, recordedtime, data } of events) {
    if (!signs.has(type) || !('stationCode' in data) || data.stationCode === undefined) continue;
    const { stationCode } = data;
    const at = instant(recordedtime);
    const key = `${areaCode}\u0000${stationCode}`;
    if (at >= (last.get(key)?.at ?? -Infinity)) last.set(key, { areaCode, stationCode, at });
  }
  return [...last.values()];
}
