import { liveQuery } from 'dexie';
import { useEffect, useRef, useState } from 'react';
import { newId } from '../api/new-id.js';
import { device, forgetOldDrafts, type KeptDraft } from './device-store.js';

/** What is being entered into a form, as it is kept on this device. */
export interface Draft<Content> {
  /** Undefined until it has been read. */
  readonly content: Content | undefined;
  /** This device keeps nothing now: what is entered is lost with the page. */
  readonly isLost: boolean;
  /** Another page of this device enters into the same form; what it enters is shown here too. */
  readonly isShared: boolean;
  readonly change: (part: Partial<Content>) => void;
  /** Once it is logged. */
  readonly forget: () => void;
}

/** This page, among those of this device that write drafts. */
const thisPage = newId();

/**
 * What somebody enters into a form, kept on this device at each change: it outlives a reload, the closing of the tab and the end
 * of the session. Two pages with the same form have one draft, in which each changes what is entered there. `empty` is what it
 * begins with, and says what a draft of an older version of this app does not.
 */
export function useDraft<Content extends object>(id: string, empty: Content): Draft<Content> {
  const [content, setContent] = useState<Content>();
  const [isLost, setLost] = useState(false);
  const [isShared, setShared] = useState(false);
  const latest = useRef<Content>(undefined);
  const begin = useRef(empty);
  useEffect(() => {
    let [isOver, isRead] = [false, false];
    let watching: { unsubscribe(): void } | undefined;
    const show = (kept?: object): void => {
      if (isOver) return;
      isRead = true;
      latest.current = { ...begin.current, ...kept };
      setContent(latest.current);
    };
    const read = (kept: KeptDraft | undefined): void => {
      const isElsewhere = isRead && kept !== undefined && kept.by !== thisPage;
      if (isElsewhere) setShared(true);
      if (isElsewhere || !isRead) show(kept?.content);
    };
    const lose = (): void => {
      if (!isRead) show();
      setLost(true);
    };
    forgetOldDrafts().then(() => {
      if (!isOver) watching = liveQuery(() => device().drafts.get(id)).subscribe(read, lose);
    }, lose);
    return () => {
      isOver = true;
      watching?.unsubscribe();
    };
  }, [id]);
  const change = (part: Partial<Content>): void => {
    if (!latest.current) return;
    const next = { ...latest.current, ...part };
    latest.current = next;
    setContent(next);
    writeDraft<Content>(id, next, part).then(
      (kept) => {
        setLost(false);
        // What another page has entered meanwhile, unless more was entered here since.
        if (latest.current === next) setContent((latest.current = kept));
      },
      () => setLost(true),
    );
  };
  const forget = (): void => {
    device()
      .drafts.delete(id)
      // It goes with age.
      .catch(() => undefined);
  };
  return { content, isLost, isShared, change, forget };
}

/** What another page has entered meanwhile stays, but for what is changed here. */
function writeDraft<Content extends object>(id: string, content: Content, part: Partial<Content>): Promise<Content> {
  return device().transaction('rw', device().drafts, async () => {
    const kept = await device().drafts.get(id);
    const all: Content = { ...content, ...kept?.content, ...part };
    await device().drafts.put({ id, content: all, by: thisPage, updatedAt: Date.now() });
    return all;
  });
}
