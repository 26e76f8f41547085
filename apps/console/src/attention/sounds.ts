import type { NeedKind } from './needs.js';

/** Hertz, and seconds from the beginning and of its length. */
type Tone = readonly [hertz: number, from: number, lasts: number];

/** Told apart with the eyes elsewhere: an alarm falls and comes twice, an override knocks, a driver who is ready rises, a check is one bell, leaving is low. */
const melodies: Readonly<Record<NeedKind, readonly Tone[]>> = {
  exception: [
    [988, 0, 0.16],
    [659, 0.18, 0.22],
    [988, 0.5, 0.16],
    [659, 0.68, 0.22],
  ],
  override: [
    [740, 0, 0.14],
    [740, 0.18, 0.14],
    [988, 0.36, 0.24],
  ],
  driver_ready: [
    [523, 0, 0.14],
    [659, 0.15, 0.14],
    [784, 0.3, 0.26],
  ],
  check: [[880, 0, 0.4]],
  leave: [
    [392, 0, 0.18],
    [330, 0.2, 0.24],
  ],
};

let device: AudioContext | undefined;

/** Plays what stands for a kind of need. Until somebody has touched the page a browser keeps it silent. @param volume 0 to 100. */
export function playSound(kind: NeedKind, volume: number): void {
  device ??= new AudioContext();
  // Refused until the first touch: the browser plays nothing then, and the badge says the same.
  void device.resume();
  const { currentTime } = device;
  for (const [hertz, from, lasts] of melodies[kind]) {
    const tone = device.createOscillator();
    const loudness = device.createGain();
    const at = currentTime + from;
    tone.type = 'triangle';
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime((volume / 100) * 0.6, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + lasts);
    tone.connect(loudness).connect(device.destination);
    tone.start(at);
    tone.stop(at + lasts);
  }
}
