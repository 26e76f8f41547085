import { useEffect, useState } from 'react';

/** Keeps the screen on while it is wanted; a device may refuse, as when its battery is low. */
export function useWakeLock(isWanted: boolean): 'on' | 'off' | 'refused' {
  const [state, setState] = useState<'on' | 'off' | 'refused'>('off');
  useEffect(() => {
    if (!isWanted) return undefined;
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || isOver) return;
      try {
        if (!('wakeLock' in navigator)) throw new Error('this device has none');
        const given = await navigator.wakeLock.request('screen');
        if (isOver) return await given.release();
        lock = given;
        setState('on');
      } catch {
        // Said in the settings, where somebody can do something about it.
        setState('refused');
      }
    };
    const askAgain = (): void => void ask();
    // It is lost whenever the page is hidden.
    document.addEventListener('visibilitychange', askAgain);
    askAgain();
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', askAgain);
      void lock?.release();
      setState('off');
    };
  }, [isWanted]);
  return state;
}
