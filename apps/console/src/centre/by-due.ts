import type { CentreCase } from './use-cases.js';

/** What this area has to act on before what others do for it; of each the one that is due first. */
export const byDue = <T extends Pick<CentreCase, 'ownerAreaCode' | 'dueAt'>>(
  cases: readonly T[],
  areaCode: string,
): T[] =>
  cases.toSorted(
    (one, other) =>
      Number(other.ownerAreaCode === areaCode) - Number(one.ownerAreaCode === areaCode) ||
      one.dueAt.localeCompare(other.dueAt),
  );
