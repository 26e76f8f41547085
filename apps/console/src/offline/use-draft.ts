import { useEffect, useRef, useState } from 'react';
import { device, forgetOldDrafts } from './device-store.js';

/** What is being entered into a form, as it is kept on this device. */
export interface Draft<Content> {
  /** Undefined until it has been read. */
  readonly content: Content | undefined;
  /** This device keeps nothing now: what is entered is lost with the page. */
  readonly isLost: boolean;
  readonly change: (part: Partial<Content>) => void;
  /** Once it is logged. */
  readonly forget: () => void;
}

/**
 * What somebody enters into a form, kept on this device at each change: it outlives a reload, the closing of the tab and the end
 * of the session. `empty` is what it begins with, and says what a draft of an older version of this app does not.
 */
export function useDraft<Content extends object>(id: string, empty: Content): Draft<Content> {
  const [content, setContent] = useState<Content>();
  const [isLost, setLost] = useState(false);
  const latest = useRef<Content>(undefined);
  const begin = useRef(empty);
  useEffect(() => {
    let isOver = false;
    const show = (kept?: object): void => {
      if (isOver) return;
      latest.current = { ...begin.current, ...kept };
      setContent(latest.current);
    };
    readDraft(id).then(show, () => {
      show();
      setLost(true);
    });
    return () => {
      isOver = true;
    };
  }, [id]);
  const change = (part: Partial<Content>): void => {
    if (!latest.current) return;
    const next = { ...latest.current, ...part };
    latest.current = next;
    setContent(next);
    device()
      .drafts.put({ id, content: next, updatedAt: Date.now() })
      .then(
        () => setLost(false),
        () => setLost(true),
      );
  };
  const forget = (): void => {
    device()
      .drafts.delete(id)
      // It goes with age.
      .catch(() => undefined);
  };
  return { content, isLost, change, forget };
}

async function readDraft(id: string): Promise<object | undefined> {
  await forgetOldDrafts();
  return (await device().drafts.get(id))?.content;
}
