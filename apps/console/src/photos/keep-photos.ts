import { newId } from '../api/new-id.js';
import { device } from '../offline/device-store.js';
import { sendSoon } from '../offline/keep-sending.js';
import type { About } from '../offline/step-kinds.js';
import type { TakenPhoto } from './photo.js';

/** Keeps photos on this device until the service has them; before the handoff that names them is logged. */
export async function keepPhotos(
  { visitId, plate }: Pick<About, 'visitId' | 'plate'>,
  photos: readonly TakenPhoto[],
  account: string,
): Promise<void> {
  const store = device();
  await store.transaction('rw', store.photos, store.pictures, async () => {
    for (const { sha256, content } of photos) {
      const id = `${visitId} ${sha256}`;
      if (await store.photos.get(id)) continue;
      await store.pictures.put({ id, content });
      await store.photos.put({ id, visitId, plate, sha256, requestId: newId(), account, state: 'waiting' });
    }
  });
  sendSoon();
}

/** As it is: what was in its way may be out of it. */
export async function sendPhotoAgain(id: string): Promise<void> {
  await device().photos.update(id, { state: 'waiting', problem: undefined });
  sendSoon();
}

export async function forgetPhoto(id: string): Promise<void> {
  const store = device();
  await store.transaction('rw', store.photos, store.pictures, async () => {
    await store.pictures.delete(id);
    await store.photos.delete(id);
  });
}
