import { use, useRef, useState } from 'react';
import { serverNow } from '../../live/use-now.js';
import { aboutOf } from '../../offline/step-kinds.js';
import { useDraft } from '../../offline/use-draft.js';
import { InsteadOf, useStep } from '../../offline/use-steps.js';
import { useAsked } from '../../overrides/use-asked.js';
import { useSession } from '../../session/use-session.js';
import type { Truck } from '../../truck/use-truck.js';
import { signaturesOf, signersOf } from '../signatures.js';
import { completionBody, draftOf } from './completion-body.js';
import {
  emptyDraft,
  openedAt,
  openParts,
  type Part,
  partAfter,
  partBefore,
  partIsWhole,
  sealOf,
  shownPart,
  type Signer,
} from './parts.js';
import { useCompletionPhotos } from './use-completion-photos.js';

/** A completion that was refused and is entered anew, where the form within stands for one. */
function useRefused() {
  const insteadOf = use(InsteadOf);
  return insteadOf?.step.kind === 'completion' ? { ...insteadOf, body: insteadOf.step.body } : undefined;
}

/** A completion as it is entered part by part, and kept on this device until it is logged; undefined until that is read. */
export function useCompletion({ visit, handoff, truck }: Truck, onDone: () => void) {
  const { accountId = '' } = useSession();
  const handoffId = handoff?.handoffId ?? '';
  const refused = useRefused();
  const draftId = `completion ${refused?.requestId ?? handoffId}`;
  const entered = useDraft(draftId, refused ? draftOf(refused.body) : emptyDraft);
  const photos = useCompletionPhotos(draftId, refused?.body.photos ?? []);
  const [hasMoved, setMoved] = useState(false);
  /** How often somebody wanted to leave this part while something of it was missing. */
  const [tries, setTries] = useState(0);
  const isSending = useRef(false);
  const run = useStep(aboutOf(visit), () => {
    entered.forget();
    photos?.forget();
    onDone();
  });
  const draft = entered.content;
  const seal = draft && sealOf(draft);
  const request = useAsked(visit.stationCode, { handoffId, rule: 'seal', ...(seal && { seal }) });
  if (!draft || !photos) return undefined;

  const sealReason = request?.state === 'approved' ? request.reason : undefined;
  // One that was collected before, on whichever way, is as it was agreed then.
  const collected = handoff?.evidence.seal;
  const isCollected = seal !== undefined && collected?.number === seal.number && collected.intact === seal.intact;
  const people = { custodian: truck?.custodian, onComing: handoff?.driverId ?? '', operator: accountId };
  const signers = signersOf(people);
  const recordedSeal = truck?.sealNumber;
  const missing = handoff?.missingSignatures ?? [];
  const about = {
    recordedSeal,
    isSealApproved: sealReason !== undefined || isCollected,
    missing,
    signers: {
      offgoing: signers.offgoing.personId,
      oncoming: signers.oncoming.personId,
      witness: signers.witness.personId,
    },
  };
  const part = shownPart(draft, about);
  const previous = partBefore(part);

  const open = (to: Part): void => {
    if (run.isPending) return;
    setMoved(true);
    setTries(0);
    run.reset();
    entered.change(openedAt(draft, to));
  };
  const send = async (): Promise<void> => {
    // A second tap while photos are being kept is no second completion.
    if (isSending.current) return;
    isSending.current = true;
    const areKept = await photos.keep(aboutOf(visit), accountId);
    isSending.current = false;
    if (!areKept) return open('photos');
    const now = refused ? Date.parse(refused.time) : serverNow();
    const signatures = signaturesOf({ missing, ...people, signedAt: new Date(now - 1_000).toISOString() });
    const body = completionBody(draft, { signatures, photos: photos.all, recordedSeal, sealReason });
    run.mutate([{ kind: 'completion', id: handoffId, body }]);
  };
  return {
    part,
    open,
    openParts: openParts(draft, about),
    isWhole: (each: Part): boolean => partIsWhole(each, draft, about),
    goBack: previous && (() => open(previous)),
    goOn: (): void => {
      const next = partAfter(part);
      if (!partIsWhole(part, draft, about)) setTries(tries + 1);
      else if (next) open(next);
      else void send();
    },
    sign: (role: Signer, isSigned: boolean): void => {
      const others = Object.entries(draft.signed).filter(([each]) => each !== role);
      entered.change({
        signed: { ...Object.fromEntries(others), ...(isSigned && { [role]: about.signers[role] }) },
      });
    },
    draft,
    change: entered.change,
    photos,
    isLost: entered.isLost || photos.isLost,
    isShared: entered.isShared || photos.isShared,
    hasMoved,
    tries,
    run,
    handoffId,
    recordedSeal,
    request,
    missing,
    signers,
    accountId,
  };
}

export type Completion = NonNullable<ReturnType<typeof useCompletion>>;
