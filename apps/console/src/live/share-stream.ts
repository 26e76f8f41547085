import { type Following, followLog } from './follow-log.js';

type Message = { readonly event: string } | { readonly state: 'live' | 'stale' };

/** How often the tab that follows says how it stands, for tabs that were opened later. */
const sayEvery = 10_000;

/**
 * Follows the log of a station, one stream to a browser: one tab has it and tells the others; when it is closed, the next
 * one takes it over. Where the browser has no locks (over plain HTTP) each tab has its own.
 */
export function shareStream(following: Following): () => void {
  if (!('locks' in navigator)) return followLog(following);
  const stop = new AbortController();
  const name = `yizhan.stream.${following.station}`;
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('event' in data) following.onEvent(data.event);
    else following.onState(data.state);
  });
  void navigator.locks
    .request(name, { signal: stop.signal }, () => followAndTell(following, channel, stop.signal))
    .catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
  return () => {
    stop.abort();
    channel.close();
  };
}

function followAndTell(following: Following, channel: BroadcastChannel, stop: AbortSignal): Promise<void> {
  let state: 'live' | 'stale' = 'stale';
  const tell = (message: Message): void => {
    if (!stop.aborted) channel.postMessage(message);
  };
  const end = followLog({
    ...following,
    onEvent: (event) => {
      tell({ event });
      following.onEvent(event);
    },
    onState: (now) => {
      state = now;
      tell({ state });
      following.onState(now);
    },
  });
  const saying = setInterval(() => tell({ state }), sayEvery);
  return new Promise((resolve) => {
    stop.addEventListener(
      'abort',
      () => {
        clearInterval(saying);
        end();
        resolve();
      },
      { once: true },
    );
  });
}
