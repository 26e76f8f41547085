import { useEffect, useState } from 'react';

type Storage = Pick<StorageManager, 'persist' | 'persisted'>;

/**
 * Whether the browser clears nothing here to make room; it is asked for that where it does not yet. It has nothing to ask over
 * plain HTTP, and then promises nothing.
 */
export async function keptForGood(storage: Storage | undefined): Promise<boolean> {
  if (!storage) return false;
  return (await storage.persisted()) || (await storage.persist());
}

// There is none over plain HTTP, whatever its type says.
const storage = (): Storage | undefined => (navigator as { readonly storage?: StorageManager }).storage;

/** Whether what waits here may be cleared by the browser; not said before that is known. */
export function useMayBeCleared(): boolean {
  const [mayBeCleared, setMayBeCleared] = useState(false);
  useEffect(() => {
    void keptForGood(storage()).then((isKept) => setMayBeCleared(!isKept));
  }, []);
  return mayBeCleared;
}
