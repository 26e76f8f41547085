import type { CompleteHandoffRequest } from '@yizhan/client';
import type { GivenSignature } from '../signatures.js';
import { type CompletionDraft, emptyDraft, expectedItems, isOtherSeal, parts, sealOf, usualItems } from './parts.js';
import { mostKm, mostPercent, readingIn } from './reading.js';

/** How a handoff names a photo. */
export type NamedPhoto = NonNullable<CompleteHandoffRequest['photos']>[number];

/** What else a completion says, besides what was entered. */
export interface Completing {
  readonly signatures: GivenSignature[];
  readonly photos: readonly NamedPhoto[];
  readonly recordedSeal: string | undefined;
  /** Why a second person lets another seal be taken as it is. */
  readonly sealReason: string | undefined;
}

/** The request that a draft becomes. */
export function completionBody(
  draft: CompletionDraft,
  { signatures, photos, recordedSeal, sealReason }: Completing,
): CompleteHandoffRequest {
  const odometerKm = readingIn(draft.odometer, mostKm).value;
  const fuelPercent = readingIn(draft.fuel, mostPercent).value;
  const seal = sealOf(draft);
  const isOverridden = isOtherSeal(draft, recordedSeal) && sealReason !== undefined;
  return {
    signatures,
    items: usualItems
      .filter((code) => expectedItems.includes(code) || draft.items.includes(code))
      .map((code) => ({ code, given: draft.items.includes(code) })),
    photos: photos.map(({ stage, sha256 }) => ({ stage, sha256 })),
    reservations: [],
    ...(odometerKm !== undefined && { odometerKm }),
    ...(fuelPercent !== undefined && { fuelPercent }),
    ...(seal && { seal }),
    ...(isOverridden && { overrides: [{ rule: 'seal' as const, reason: sealReason }] }),
  };
}

/** What was entered of a completion that was refused, to be put right: everybody has to say again that he has signed. */
export function draftOf({ items = [], odometerKm, fuelPercent, seal }: CompleteHandoffRequest): CompletionDraft {
  return {
    ...emptyDraft,
    reached: parts[parts.length - 1] ?? 'witness',
    items: items.filter(({ given }) => given).map(({ code }) => code),
    odometer: odometerKm === undefined ? '' : String(odometerKm),
    fuel: fuelPercent === undefined ? '' : String(fuelPercent),
    ...(seal && { sealNumber: seal.number, isIntact: seal.intact }),
  };
}
