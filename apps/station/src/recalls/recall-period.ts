import { Problem } from '@yizhan/kernel';

const day = 24 * 3_600_000;
/** How far back it is asked whom somebody met, where nobody says. */
const usualDays = 14;
const mostDays = 60;

/** From when on it is asked whom he met: as was said, or the beginning of the credential, at most two weeks back. */
export function recallPeriod(said: number | undefined, validFrom: number | undefined, now: number): number {
  if (said === undefined) return Math.max(validFrom ?? 0, now - usualDays * day);
  if (said > now) throw outside('it can not be asked whom he will meet');
  if (said < now - mostDays * day) throw outside(`it can be asked for at most ${mostDays} days back`);
  return said;
}

function outside(message: string): Problem {
  return new Problem('invalid', 'RECALL.SINCE', message, { field: 'since' });
}
