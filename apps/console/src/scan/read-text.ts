import type { ReadVideo } from './camera-scan.js';

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

/** Of the Shape Detection API; not in the types of the DOM: most browsers have none. */
type DetectorClass = new () => Detector;

const own = (): DetectorClass | undefined =>
  'TextDetector' in window ? (window.TextDetector as DetectorClass) : undefined;

/** Whether this device reads text in what its camera shows. */
export const readsText = (): boolean => own() !== undefined;

/** Reads text, a line for each block, where there is some. @throws Error where the device reads none. */
export function textReader(): Promise<ReadVideo> {
  const Detects = own();
  if (!Detects) return Promise.reject(new Error('this device reads no text'));
  const detector = new Detects();
  return Promise.resolve(async (video) => {
    const blocks = await detector.detect(video);
    return blocks.length === 0 ? undefined : blocks.map(({ rawValue }) => rawValue).join('\n');
  });
}
