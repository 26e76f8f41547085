import { pause } from './pause.js';

const idle = 10_000;
/** After the first, second … failure in a row. */
const pauses = [1_000, 2_000, 5_000, 10_000] as const;

let wake = new AbortController();

/** Tells the tab that sends, where it is this one, that there is something new. */
export function sendSoon(): void {
  wake.abort();
}

/**
 * Sends again and again until it is told to stop, and then at once, whatever is waited for: the next tab waits for this one.
 * `sendNext` says whether something was answered.
 */
export async function keepSending(
  sendNext: (stop: AbortSignal) => Promise<boolean>,
  onSettled: () => void,
  stop: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    wake = new AbortController();
    try {
      const hasSent = await untilStopped(sendNext(stop), stop);
      failures = 0;
      if (hasSent) onSettled();
      else await pause(idle, stop, wake.signal);
    } catch {
      // No network, or the service is away: the page says what waits, and it is tried again.
      const wait = pauses[Math.min(failures, pauses.length - 1)] ?? idle;
      failures += 1;
      await pause(wait, stop, wake.signal);
    }
  }
}

/** Something, or nothing once it is told to stop. */
function untilStopped(something: Promise<boolean>, stop: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(false);
    stop.addEventListener('abort', end, { once: true });
    void something.then(resolve, reject).finally(() => stop.removeEventListener('abort', end));
  });
}
