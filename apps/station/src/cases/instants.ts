import { parseInstant, Problem } from '@yizhan/kernel';

/** How far the clocks of others may be ahead of ours. */
const clocksDiffer = 60_000;

/** Epoch milliseconds of an instant that somebody else wrote down. @throws Problem `invalid`. */
export function statedInstant(text: string): number {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Problem('invalid', 'REQUEST.INVALID', 'an instant is not as RFC 3339 has it');
  return instant;
}

/** Whether it is said of something that it has happened when it can not have. */
export function isInFuture(instant: number, now: number): boolean {
  return instant > now + clocksDiffer;
}
