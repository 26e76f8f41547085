import { mostKm, mostPercent, readingIn } from './reading.js';

/** The parts of a completion, in the order in which they are asked for, one on the screen at a time. */
export const parts = ['items', 'readings', 'photos', 'seal', 'offgoing', 'oncoming', 'witness'] as const;

export type Part = (typeof parts)[number];
export type Signer = 'offgoing' | 'oncoming' | 'witness';

/** What usually goes from one driver to the next. */
export const usualItems = ['keys', 'vehicle_licence', 'waybill', 'pass', 'etc_card', 'fuel_card'] as const;
/** Said to be missing where they are. */
export const expectedItems: readonly string[] = ['keys', 'vehicle_licence', 'waybill'];

/** What was entered of a completion so far, as it is kept on this device. */
export interface CompletionDraft {
  readonly at: Part;
  /** The last part that was seen. */
  readonly reached: Part;
  readonly items: readonly string[];
  /** As they were typed. */
  readonly odometer: string;
  readonly fuel: string;
  readonly sealNumber: string;
  readonly isIntact: boolean;
  /** Who is said to have signed, by what he signs as. */
  readonly signed: Readonly<Partial<Record<Signer, string>>>;
}

export const emptyDraft: CompletionDraft = {
  at: 'items',
  reached: 'items',
  items: expectedItems,
  odometer: '',
  fuel: '',
  sealNumber: '',
  isIntact: true,
  signed: {},
};

/** What a completion is measured by. */
export interface CompletionCase {
  /** The number of the seal as it is recorded; undefined where there is none. */
  readonly recordedSeal: string | undefined;
  /** A second person lets the seal be taken as it is. */
  readonly isSealApproved: boolean;
  /** Who has not signed elsewhere. */
  readonly missing: readonly Signer[];
  /** Who would have to sign, by what he signs as. */
  readonly signers: Readonly<Record<Signer, string>>;
}

/** The seal as it was seen; undefined where nothing was typed. */
export function sealOf({ sealNumber, isIntact }: CompletionDraft) {
  const number = sealNumber.trim();
  return number === '' ? undefined : { number, intact: isIntact };
}

/** A seal for which the service asks for an override. */
export function isOtherSeal(draft: CompletionDraft, recordedSeal: string | undefined): boolean {
  const seal = sealOf(draft);
  return seal !== undefined && (!seal.intact || (recordedSeal !== undefined && seal.number !== recordedSeal));
}

const hasSigned = (draft: CompletionDraft, { missing, signers }: CompletionCase, role: Signer): boolean =>
  !missing.includes(role) || draft.signed[role] === signers[role];

const isWhole: Readonly<Record<Part, (draft: CompletionDraft, about: CompletionCase) => boolean>> = {
  items: () => true,
  readings: ({ odometer, fuel }) =>
    readingIn(odometer, mostKm).value !== undefined && readingIn(fuel, mostPercent).fault === undefined,
  photos: () => true,
  seal: (draft, { recordedSeal, isSealApproved }) =>
    (recordedSeal === undefined || sealOf(draft) !== undefined) &&
    (!isOtherSeal(draft, recordedSeal) || isSealApproved),
  offgoing: (draft, about) => hasSigned(draft, about, 'offgoing'),
  oncoming: (draft, about) => hasSigned(draft, about, 'oncoming'),
  // Who completes is the witness, and says so here, whoever has signed before.
  witness: (draft, { signers }) => draft.signed.witness === signers.witness,
};

export const partIsWhole = (part: Part, draft: CompletionDraft, about: CompletionCase): boolean =>
  isWhole[part](draft, about);

/** The parts that can be opened: those before the first that is not whole, and that one, as far as somebody has come. */
export function openParts(draft: CompletionDraft, about: CompletionCase): readonly Part[] {
  const firstOpen = parts.findIndex((part) => !partIsWhole(part, draft, about));
  const reached = parts.indexOf(draft.reached);
  return parts.slice(0, Math.min(firstOpen === -1 ? parts.length - 1 : firstOpen, reached) + 1);
}

/** The part that is on the screen: the one that was open last, unless one before it is not whole any more. */
export function shownPart(draft: CompletionDraft, about: CompletionCase): Part {
  const open = openParts(draft, about);
  return open.includes(draft.at) ? draft.at : (open.at(-1) ?? 'items');
}

/** The draft with another part on the screen. */
export function openedAt(draft: CompletionDraft, at: Part): Pick<CompletionDraft, 'at' | 'reached'> {
  return { at, reached: parts.indexOf(at) > parts.indexOf(draft.reached) ? at : draft.reached };
}

export const partAfter = (part: Part): Part | undefined => parts[parts.indexOf(part) + 1];
export const partBefore = (part: Part): Part | undefined => parts[parts.indexOf(part) - 1];
