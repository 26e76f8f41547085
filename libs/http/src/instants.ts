import { parseInstant, Problem } from '@yizhan/kernel';

/** Epoch milliseconds of a field that `@Instant()` has checked. */
export function instantOf(text: string): number;
export function instantOf(text: string | undefined): number | undefined;
export function instantOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined) throw new Problem('invalid', 'REQUEST.INVALID', `${text} is no RFC 3339 instant`);
  return instant;
}
