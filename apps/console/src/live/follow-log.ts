import { EventLines } from './event-lines.js';

/** What following the log needs and tells. */
export interface Following {
  readonly station: string;
  /** Position after which it begins; from now on without one. */
  readonly after: string | undefined;
  readonly token: () => Promise<string>;
  /** An event, as it lies in the log. */
  readonly onEvent: (document: string) => void;
  /** The place in the log that has been reached: told before the event that lies there. */
  readonly onPosition?: (position: string) => void;
  /** Whether events come, or the picture may be old. */
  readonly onState: (state: 'live' | 'stale') => void;
  /** Who works here has to sign in again. */
  readonly onRefused: () => void;
}

/** The service says something every 15 s. */
const silentFor = 40_000;
const retryAfter = 2_000;

/** Follows the log of a station until it is told to stop, from where it was after each interruption. */
export function followLog(following: Following): () => void {
  const stop = new AbortController();
  void keepFollowing(following, stop.signal);
  return () => stop.abort();
}

async function keepFollowing(following: Following, stop: AbortSignal): Promise<void> {
  let position = following.after;
  while (!stop.aborted) {
    try {
      await followOnce({ ...following, after: position }, stop, (id) => {
        position = id;
        following.onPosition?.(id);
      });
    } catch {
      // No network, or the service is away: that is said, and tried again.
      following.onState('stale');
    }
    if (!stop.aborted) await pause(retryAfter, stop);
  }
}

async function followOnce(following: Following, stop: AbortSignal, onPosition: (id: string) => void): Promise<void> {
  const { station, after, token, onEvent, onState, onRefused } = following;
  const query = new URLSearchParams({ stations: station, ...(after !== undefined && { after }) });
  const silence = new AbortController();
  const signal = AbortSignal.any([stop, silence.signal]);
  const headers = { authorization: `Bearer ${await token()}` };
  // A network that swallows what it is given says nothing either.
  let watch = setTimeout(() => silence.abort(), silentFor);
  try {
    const answer = await fetch(`/api/v1/events/stream?${query.toString()}`, { headers, signal });
    if (answer.status === 401) return onRefused();
    if (!answer.ok || !answer.body) throw new Error(`the stream answered ${answer.status}`);
    const lines = new EventLines();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(watch);
      watch = setTimeout(() => silence.abort(), silentFor);
      onState('live');
      for (const { id, data } of lines.add(part.value)) {
        if (id !== undefined) onPosition(id);
        if (data !== undefined) onEvent(data);
      }
    }
  } finally {
    clearTimeout(watch);
  }
}

/** Waits, no longer than until the network is back. */
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener('online', end);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
    stop.addEventListener('abort', end);
  });
}
