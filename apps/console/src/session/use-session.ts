import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { asking, yizhan } from '../api/yizhan.js';
import { currentSession } from './current-session.js';
import type { SessionState } from './session.js';

const subscribe = (listener: () => void): (() => void) => currentSession.subscribe(listener);

/** Who is signed in, as it changes. */
export function useSession(): { readonly state: SessionState; readonly accountId: string | undefined } {
  const state = useSyncExternalStore(subscribe, () => currentSession.state);
  const accountId = useSyncExternalStore(subscribe, () => currentSession.accountId);
  return { state, accountId };
}

/** Whoever is signed in, as the service knows him. */
export const useCaller = () => useQuery({ queryKey: ['caller'], queryFn: () => asking(() => yizhan.caller.read()) });
