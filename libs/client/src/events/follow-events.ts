import { connect, isProblem, ProblemError } from '../connect.js';
import type { EventDocument } from '../generated/index.js';
import { type EventFilter, queryOf } from './event-filter.js';
import { pause } from './pause.js';
import { StreamLines } from './stream-lines.js';

export interface FollowSettings extends EventFilter {
  /** Of Yizhan. @example http://127.0.0.1:7700 */
  readonly address: string;
  /** Asked for each request where it is a function, so that one that ends soon can be renewed. */
  readonly token: string | (() => string | Promise<string>);
  /** Position of the last event that you have: `'0'` for everything. */
  readonly after: string;
  /** `pull` asks for pages and waits for the next event (long poll); `stream` is sent each event as it comes. */
  readonly by?: 'pull' | 'stream';
  /** Ends it. */
  readonly signal?: AbortSignal;
  /**
   * Told where to go on with `after`, once every event up to there was dealt with: also past what the filter leaves out. What it throws
   * ends everything.
   */
  readonly onPosition?: (position: string) => void | Promise<void>;
  /** Told what has interrupted it; it tries again. */
  readonly onInterruption?: (error: unknown) => void;
  /** Milliseconds before it tries again, twice as many each time up to 30 s; 1000 without. */
  readonly retryAfter?: number;
}

/** What one request gives: events, and where they bring whoever has dealt with them. */
interface Part {
  readonly events: readonly EventDocument[];
  readonly next: string;
}

const longestPause = 30_000;
/** A stream says something every 15 s. */
const silentFor = 40_000;
const pullWait = 30;
/** A page comes after `pullWait`, and may have 10 MB; later than this its connection is lost. */
const longestPull = 120_000;

/**
 * Events after a position, in the order of the log, without an end: none is left out and none comes twice, however often the
 * connection is lost. The next event is given when the loop comes round, so what was dealt with is known.
 * @throws ProblemError where it is refused for good: no such position, no such right; what `onPosition` throws
 */
export async function* followEvents(settings: FollowSettings): AsyncGenerator<EventDocument, void, void> {
  const { by = 'pull', signal, onPosition, onInterruption, retryAfter = 1_000 } = settings;
  const partsAfter = by === 'pull' ? pulled : streamed;
  let after = settings.after;
  for (let wait = retryAfter; !signal?.aborted; wait = Math.min(longestPause, wait * 2)) {
    try {
      for await (const { events, next } of partsAfter(settings, after)) {
        wait = retryAfter;
        for (const event of unlessEnded(events, signal)) {
          yield event;
          after = event.position;
        }
        // What was not given is not dealt with.
        if (signal?.aborted) return;
        after = next;
        await kept(onPosition, after);
      }
    } catch (error) {
      if (error instanceof NotKept) throw error.cause;
      if (signal?.aborted) return;
      if (isFinal(error)) throw error;
      onInterruption?.(error);
    }
    await pause(wait, signal);
  }
}

/** What whoever follows has thrown: no interruption of ours. */
class NotKept extends Error {}

async function kept(onPosition: FollowSettings['onPosition'], position: string): Promise<void> {
  try {
    await onPosition?.(position);
  } catch (cause) {
    throw new NotKept('the position could not be kept', { cause });
  }
}

function* unlessEnded<T>(all: readonly T[], signal: AbortSignal | undefined): Generator<T, void, void> {
  for (const each of all) {
    if (signal?.aborted) return;
    yield each;
  }
}

async function* pulled(settings: FollowSettings, from: string): AsyncGenerator<Part, void, void> {
  const { address, token, signal } = settings;
  const yizhan = connect(address, token);
  for (let after = from; !signal?.aborted;) {
    const query = { ...queryOf(settings), after, limit: 500, wait: pullWait };
    const { events, next } = await inTime(signal, (ending) => yizhan.events.list({ query, signal: ending }));
    yield { events, next };
    after = next;
  }
}

/** One request, which is ended too where nothing comes of it: not every platform gives up a lost connection by itself. */
async function inTime<T>(signal: AbortSignal | undefined, ask: (ending: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  signal?.addEventListener('abort', end);
  const watch = setTimeout(end, longestPull);
  try {
    return await ask(stop.signal);
  } finally {
    clearTimeout(watch);
    signal?.removeEventListener('abort', end);
  }
}

async function* streamed(settings: FollowSettings, after: string): AsyncGenerator<Part, void, void> {
  const { address, token, signal } = settings;
  const stop = new AbortController();
  const end = (): void => stop.abort();
  signal?.addEventListener('abort', end);
  let watch = setTimeout(end, silentFor);
  try {
    const authorization = `Bearer ${typeof token === 'function' ? await token() : token}`;
    const url = new URL('/api/v1/events/stream', address);
    for (const [name, list] of Object.entries(queryOf(settings))) if (list) url.searchParams.set(name, list.join(','));
    const answer = await fetch(url, { headers: { authorization, 'last-event-id': after }, signal: stop.signal });
    if (!answer.ok || !answer.body) throw await refusalOf(answer, url);
    const lines = new StreamLines();
    const decoder = new TextDecoder();
    const reader = answer.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(watch);
      for (const { id, data } of lines.add(decoder.decode(part.value, { stream: true }))) {
        const events = data === undefined ? [] : [JSON.parse(data) as EventDocument];
        const next = id ?? events[0]?.position;
        if (next !== undefined) yield { events, next };
      }
      watch = setTimeout(end, silentFor);
    }
  } finally {
    clearTimeout(watch);
    signal?.removeEventListener('abort', end);
    stop.abort();
  }
}

async function refusalOf(answer: Response, url: URL): Promise<Error> {
  const text = await answer.text();
  const asked = `GET ${url.href}`;
  if (answer.headers.get('content-type')?.includes('problem+json')) {
    const problem: unknown = JSON.parse(text);
    if (isProblem(problem)) return new ProblemError(problem, asked);
  }
  return new Error(`${asked} was answered with ${answer.status}`);
}

/** Too many requests, and what lies with the service, pass. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { status } = error.problem;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
