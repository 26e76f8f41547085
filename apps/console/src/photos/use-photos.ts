import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';
import { device } from '../offline/device-store.js';
import type { KeptPhoto } from './photo.js';

/** Photos that lie on this device, whichever tab has taken them; without what they show. */
export function usePhotos(): readonly KeptPhoto[] {
  const [photos, setPhotos] = useState<readonly KeptPhoto[]>([]);
  useEffect(() => {
    const watching = liveQuery(() => device().photos.toArray()).subscribe(setPhotos);
    return () => watching.unsubscribe();
  }, []);
  return photos;
}
