import type { ReadVideo } from './camera-scan.js';

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

/** Not in the types of the DOM: some browsers have it and some have not. */
interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** More is no help to a reader, and takes it long. */
const mostPixels = 800;

/** The reader of the device where it has one for QR codes, else one in JavaScript, which is fetched then. */
export async function qrReader(): Promise<ReadVideo> {
  const own = 'BarcodeDetector' in window ? (window.BarcodeDetector as DetectorClass) : undefined;
  if (own && (await own.getSupportedFormats()).includes('qr_code')) {
    const detector = new own({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { default: jsQr } = await import('jsqr');
  const canvas = document.createElement('canvas');
  const picture = canvas.getContext('2d', { willReadFrequently: true });
  return (video) => {
    const scale = Math.min(1, mostPixels / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!picture || canvas.width === 0) return Promise.resolve(undefined);
    picture.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = picture.getImageData(0, 0, canvas.width, canvas.height);
    return Promise.resolve(jsQr(data, width, height)?.data);
  };
}
