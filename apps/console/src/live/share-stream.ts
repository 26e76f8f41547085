import { type Following, followLog } from './follow-log.js';

type State = 'live' | 'stale';

/** What tabs say to each other of a stream. */
interface Message {
  /** A document of the log. */
  readonly event?: string;
  readonly state?: State;
  /** Place in the log up to which everything has been told. */
  readonly position?: string;
  /** Somebody has just begun to listen. */
  readonly asks?: true;
}

/** How often the tab that follows says how it stands: a browser that lets it sleep lets nobody else know. */
const sayEvery = 10_000;
/** A tab that nobody sees may say something once in a minute only. */
const quietAfter = 90_000;

/**
 * Follows the log of a station, one stream to a browser: one tab has it and tells the others; when it is closed, the next
 * one takes it over where it was. Where the browser has no locks (over plain HTTP) each tab has its own.
 * @param quietFor milliseconds of silence of the tab that follows after which what the others show may be old
 */
export function shareStream(following: Following, quietFor = quietAfter): () => void {
  if (!('locks' in navigator)) return followLog(following);
  const { station, onEvent, onState } = following;
  const stop = new AbortController();
  const name = `yizhan.stream.${station}`;
  const channel = new BroadcastChannel(name);
  const tell = (message: Message): void => {
    if (!stop.signal.aborted) channel.postMessage(message);
  };
  let position = following.after;
  let own: State | undefined;
  const say = (): void => {
    if (own) tell({ state: own, ...(position !== undefined && { position }) });
  };
  let quiet: ReturnType<typeof setTimeout> | undefined;
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (own) {
      if (data.asks) say();
      return;
    }
    if (data.asks) return;
    clearTimeout(quiet);
    quiet = setTimeout(() => onState('stale'), quietFor);
    position = data.position ?? position;
    if (data.state) onState(data.state);
    if (data.event !== undefined) onEvent(data.event);
  });
  tell({ asks: true });

  const followAndTell = (): Promise<void> => {
    clearTimeout(quiet);
    own = 'stale';
    const end = followLog({
      ...following,
      after: position,
      onPosition: (now) => (position = now),
      onEvent: (event) => {
        tell({ event, state: 'live', ...(position !== undefined && { position }) });
        onEvent(event);
      },
      onState: (now) => {
        const isNew = now !== own;
        own = now;
        if (isNew) say();
        onState(now);
      },
    });
    const saying = setInterval(say, sayEvery);
    return new Promise((resolve) => {
      stop.signal.addEventListener(
        'abort',
        () => {
          clearInterval(saying);
          end();
          resolve();
        },
        { once: true },
      );
    });
  };
  void navigator.locks.request(name, { signal: stop.signal }, followAndTell).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return () => {
    stop.abort();
    clearTimeout(quiet);
    channel.close();
  };
}
