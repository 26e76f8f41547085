import { parseInstant, Problem } from '@yizhan/kernel';

/** Epoch milliseconds of a field that `@Instant()` has checked. */
export function instantOf(text: string): number;
export function instantOf(text: string | undefined): number | undefined;
export function instantOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined) throw new Problem('invalid', 'REQUEST.INVALID', 'an instant is not as RFC 3339 has it');
  return instant;
}
