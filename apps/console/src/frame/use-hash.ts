import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** What stands behind `#` in the address: another link that is opened in the same tab changes nothing else. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);
