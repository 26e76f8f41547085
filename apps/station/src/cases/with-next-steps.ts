import { Problem } from '@yizhan/kernel';
import type { Standing } from '../visits/visit.js';
import { nextSteps } from './next-steps.js';

/** Decides; where the table has no such step, says what is open in the whole case, as answers do. */
export function withNextSteps<Decided>(loaded: unknown, decide: () => Decided): Decided {
  try {
    return decide();
  } catch (error) {
    const standing = standingIn(loaded);
    // Beside an aborted handoff there may be a newer one, which has not been read.
    if (!isOfTable(error) || !standing || standing.handoff?.state === 'aborted') throw error;
    const { kind, code, message, details } = error;
    throw new Problem(kind, code, message, { ...details, allowedSteps: nextSteps(standing) });
  }
}

/** What `takeStep` throws; other problems know by themselves what is open. */
function isOfTable(error: unknown): error is Problem {
  return error instanceof Problem && /^(VISIT|HANDOFF)\./.test(error.code) && 'state' in error.details;
}

/** A case alone, or the first of what was loaded together. */
function standingIn(loaded: unknown): Standing | undefined {
  const first: unknown = Array.isArray(loaded) ? loaded[0] : loaded;
  const isCase = typeof first === 'object' && first !== null && 'visit' in first && 'handoff' in first;
  return isCase && first.visit ? (first as Standing) : undefined;
}
