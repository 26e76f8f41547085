/** Enough to read a seal or an odometer by; a phone takes three times as many. */
const longestSide = 1_600;
const quality = 0.8;

/** Whether this device can name a photo by its digest: over plain HTTP at another host it cannot. */
export const mayTakePhotos = (): boolean => 'subtle' in crypto;

/**
 * A photo as it is sent: a JPEG of some 300 kB, without what a camera writes beside a picture, such as where it was taken.
 * @throws DOMException for a file that is no picture.
 */
export async function smallerPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('this device draws no pictures');
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large for this device'))),
      'image/jpeg',
      quality,
    ),
  );
}

/** SHA-256 of a content, in lower case. */
export async function digestOf(content: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
