import type { Seal } from '@yizhan/contracts';
import { given } from '../cases/given.js';
import { conflict, invalid } from '../cases/problems.js';
import type { Collected, EvidenceParts } from './collected.js';

const most = { photos: 100, reservations: 100 } as const;
const readings = ['odometerKm', 'fuelPercent', 'seal'] as const;

/**
 * With what is said now: a newer word on an item or a reading replaces the older one until somebody has signed, photos and
 * reservations only add up. @throws Problem `conflict` where it changes what has been signed.
 */
export function withEvidence(before: Collected, said: EvidenceParts): Collected {
  const { odometerKm, fuelPercent, seal } = { ...before, ...given(said) };
  const after = {
    ...before,
    items: unlike(before.items, said.items ?? [], ({ code }) => code),
    ...given({ odometerKm, fuelPercent, seal }),
    photos: unlike(before.photos, said.photos ?? [], ({ stage, sha256 }) => `${stage} ${sha256}`),
    reservations: unlike(before.reservations, said.reservations ?? [], ({ code, noteHash }) => `${code} ${noteHash}`),
  };
  for (const part of ['photos', 'reservations'] as const) {
    if (after[part].length > most[part])
      throw invalid('EVIDENCE.TOO_MUCH', `a handoff has at most ${most[part]} ${part}`, { part, most: most[part] });
  }
  if (before.signatures.length > 0) assertKeeps(before, after);
  return after;
}

/** Each once; the newer one where both say the same. */
function unlike<Part>(before: readonly Part[], said: readonly Part[], key: (part: Part) => string): readonly Part[] {
  if (before.length === 0 && said.length < 2) return said;
  return [...new Map([...before, ...said].map((part) => [key(part), part])).values()];
}

/** What somebody has signed stays as it was signed; more may come to it, as the reservations of who takes over. */
function assertKeeps(before: Collected, after: Collected): void {
  const item = before.items.find(({ code, given: was }) =>
    after.items.some((other) => other.code === code && other.given !== was),
  );
  const reading = readings.find((name) => before[name] !== undefined && !isSame(before[name], after[name]));
  const changed = item?.code ?? reading;
  if (changed === undefined) return;
  const roles = before.signatures.map(({ role }) => role);
  throw conflict('EVIDENCE.SIGNED', `${changed} has been signed as it is recorded: it can not be changed any more`, {
    changed,
    signed: roles,
  });
}

function isSame(one: number | Seal | undefined, other: number | Seal | undefined): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return one.number === other.number && one.intact === other.intact;
}
