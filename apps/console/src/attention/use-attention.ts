import { useEffect, useMemo, useRef } from 'react';
import type { Board } from '../board/use-board.js';
import { useTexts } from '../i18n/use-texts.js';
import { useSession } from '../session/use-session.js';
import { attentionSettings } from './attention-settings.js';
import { bayNumber, callsOf, type Needs, needsOf, newCalls, newNeed, spelled } from './needs.js';
import { playSound } from './sounds.js';
import { say } from './speech.js';

/**
 * Draws attention to what needs a person at a station: a sound for what is new, and the number of all of it in the window's
 * name and on the installed app; a truck that is called is called aloud where the device is set to. @returns what it is.
 */
export function useAttention(board: Pick<Board, 'visits' | 'openExceptions' | 'overrideRequests'>): Needs {
  const { visits, openExceptions, overrideRequests } = board;
  const { accountId } = useSession();
  const { t, isEnglish } = useTexts();
  const needs = useMemo(
    () => needsOf({ visits, openExceptions, overrideRequests }, accountId),
    [visits, openExceptions, overrideRequests, accountId],
  );
  const calls = useMemo(() => callsOf(visits), [visits]);
  // What is there when the board is opened is not new.
  const before = useRef({ needs, calls });

  useEffect(() => {
    const { sounds, voice, volume } = attentionSettings();
    const kind = newNeed(before.current.needs, needs);
    if (kind && sounds) playSound(kind, volume);
    for (const { plate, bay } of voice ? newCalls(before.current.calls, calls) : []) {
      const text =
        bay === undefined
          ? t('attention.call_in', { plate: spelled(plate) })
          : t('attention.call', { plate: spelled(plate), bay: bayNumber(bay) });
      say(text, isEnglish ? 'en-US' : 'zh-CN', volume);
    }
    before.current = { needs, calls };
  }, [needs, calls, t, isEnglish]);

  useEffect(() => {
    if (!('setAppBadge' in navigator)) return undefined;
    // Only where it is installed; nobody waits for it.
    navigator.setAppBadge(needs.size).catch(() => undefined);
    return () => void navigator.clearAppBadge().catch(() => undefined);
  }, [needs.size]);
  return needs;
}
