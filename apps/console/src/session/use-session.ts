import { useSyncExternalStore } from 'react';
import { currentSession } from './current-session.js';
import type { SessionState } from './session.js';

const subscribe = (listener: () => void): (() => void) => currentSession.subscribe(listener);

/** Who is signed in, as it changes. */
export function useSession(): { readonly state: SessionState; readonly accountId: string | undefined } {
  const state = useSyncExternalStore(subscribe, () => currentSession.state);
  const accountId = useSyncExternalStore(subscribe, () => currentSession.accountId);
  return { state, accountId };
}
