import { useState } from 'react';
import type { About } from '../../offline/step-kinds.js';
import { useDraft } from '../../offline/use-draft.js';
import type { TakenPhoto } from '../../photos/photo.js';
import type { NamedPhoto } from './completion-body.js';

interface PhotosDraft {
  readonly taken: readonly TakenPhoto[];
  /** Named by a completion that was refused; they are on their way already. */
  readonly named: readonly NamedPhoto[];
}

/** Photos of a completion, in a draft of their own: a digit that is typed does not write pictures. */
export function useCompletionPhotos(draftId: string, named: readonly NamedPhoto[]) {
  const { content, change, forget, isLost, isShared } = useDraft<PhotosDraft>(`photos of ${draftId}`, {
    taken: [],
    named,
  });
  const [isFull, setFull] = useState(false);
  if (!content) return undefined;
  const others = content.taken.filter(({ sha256 }) => !content.named.some((each) => each.sha256 === sha256));
  return {
    ...content,
    all: [...content.named, ...others],
    change: (taken: readonly TakenPhoto[]): void => change({ taken }),
    forget,
    isLost,
    isShared,
    /** This device had no room for them. */
    isFull,
    /** Before the handoff that names them: they are on this device once it is logged. @returns whether they are. */
    keep: async (about: About, accountId: string): Promise<boolean> => {
      if (content.taken.length === 0) return true;
      try {
        await (await import('../../photos/photos-field.js')).keepPhotos(about, content.taken, accountId);
        setFull(false);
        return true;
      } catch {
        // No room is left, or the browser keeps nothing: said where the photos are.
        setFull(true);
        return false;
      }
    },
  };
}
