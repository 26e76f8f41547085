import { asking, keyed, yizhanOf } from '../api/yizhan.js';
import { device } from '../offline/device-store.js';
import { isRefused } from '../offline/is-refused.js';
import { forgetPhoto } from './keep-photos.js';
import { nextPhoto } from './photo.js';

/** A weak network takes its time for a photo, milliseconds. */
const patience = 120_000;

/** Sends one photo that lies here. @returns whether there was one. @throws where no answer came: it is sent again with the same key. */
export async function sendNextPhoto(account: string, stop: AbortSignal): Promise<boolean> {
  const store = device();
  const [photos, waiting] = await Promise.all([
    store.photos.toArray(),
    store.steps.where('state').equals('waiting').toArray(),
  ]);
  const photo = nextPhoto(photos, account, new Set(waiting.map(({ about }) => about.plate)));
  const picture = photo && (await store.pictures.get(photo.id));
  if (!photo || !picture) return false;
  const { id, visitId, requestId } = photo;
  try {
    await asking(() =>
      yizhanOf(account).visits.addPhoto({
        path: { visitId },
        headers: keyed(requestId),
        body: picture.content,
        signal: AbortSignal.any([AbortSignal.timeout(patience), stop]),
      }),
    );
    await forgetPhoto(id);
  } catch (error) {
    if (!isRefused(error)) throw error;
    const { code, detail } = error.problem;
    await store.photos.update(id, { state: 'refused', problem: { code, detail } });
  }
  return true;
}
