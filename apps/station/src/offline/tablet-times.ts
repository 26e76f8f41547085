import { parseInstant, toIso } from '@yizhan/kernel';
import type { TabletClock } from './tablet-clock.js';

type Json = Readonly<Record<string, unknown>>;

/** The body with the instants that the tablet's clock has written put right; what is no instant stays for its route to refuse. */
export function withRightTimes(body: Json, paths: readonly string[], clock: Pick<TabletClock, 'corrected'>): Json {
  return paths.reduce((corrected, path) => at(corrected, path.split('.'), clock) as Json, body);
}

function at(value: unknown, [field, ...inside]: readonly string[], clock: Pick<TabletClock, 'corrected'>): unknown {
  if (field === undefined) return correctedText(value, clock);
  if (field === '*') return Array.isArray(value) ? value.map((one: unknown) => at(one, inside, clock)) : value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return value;
  return { ...value, [field]: at((value as Json)[field], inside, clock) };
}

function correctedText(value: unknown, clock: Pick<TabletClock, 'corrected'>): unknown {
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  return instant === undefined ? value : toIso(clock.corrected(instant));
}
