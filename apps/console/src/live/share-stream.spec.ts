import type { Following } from './follow-log.js';
import { shareStream } from './share-stream.js';

/** A stream that was asked for, and what the service says in it. */
interface Asked {
  readonly after: string | null;
  say(text: string): void;
}

const asked: Asked[] = [];
const network = new EventTarget();
let stops: (() => void)[] = [];

/** As a browser has them: one at a time for a name, in the order in which they asked. */
class FakeLocks {
  #last: Promise<unknown> = Promise.resolve();

  request(_name: string, { signal }: { readonly signal: AbortSignal }, work: () => Promise<void>): Promise<void> {
    const mine = this.#last.then(() => (signal.aborted ? undefined : work()));
    this.#last = mine;
    return mine;
  }
}

function answerWithStream(address: string, { signal }: RequestInit): Promise<Response> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (text: string): void => controller.enqueue(new TextEncoder().encode(text));
      asked.push({ after: new URL(address, 'http://here').searchParams.get('after'), say });
      signal?.addEventListener('abort', () => controller.error(new Error('ended')));
    },
  });
  return Promise.resolve(new Response(body));
}

beforeAll(() => {
  const given = {
    navigator: { locks: new FakeLocks() },
    fetch: answerWithStream,
    addEventListener: network.addEventListener.bind(network),
    removeEventListener: network.removeEventListener.bind(network),
  };
  for (const [name, value] of Object.entries(given))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
});

beforeEach(() => {
  asked.length = 0;
});

afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
});

function openTab(station: string, quietFor?: number) {
  const heard = { events: [] as string[], states: [] as string[] };
  const following: Following = {
    station,
    after: undefined,
    token: () => Promise.resolve('a token'),
    onEvent: (document) => heard.events.push(document),
    onState: (state) => heard.states.push(state),
    onRefused: () => undefined,
  };
  const close = shareStream(following, quietFor);
  stops.push(close);
  return { heard, close };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 200 && !isSo(); look += 1) await new Promise((done) => setTimeout(done, 5));
  expect(isSo()).toBe(true);
}

it('is one for all tabs: the next one knows at once how it stands, and goes on where the first one was', async () => {
  const first = openTab('jindong');
  await until(() => asked.length === 1);
  asked[0]?.say('id: 7\n\n');
  await until(() => first.heard.states.includes('live'));

  const second = openTab('jindong');
  await until(() => second.heard.states.at(-1) === 'live');
  asked[0]?.say('id: 8\ndata: one\n\n');
  await until(() => second.heard.events.length === 1);
  expect(first.heard.events).toEqual(['one']);
  expect(asked).toHaveLength(1);

  first.close();
  await until(() => asked.length === 2);
  expect(asked[1]?.after).toBe('8');
  asked[1]?.say('id: 9\ndata: two\n\n');
  await until(() => second.heard.events.length === 2);
  expect(second.heard.events).toEqual(['one', 'two']);
});

it('may be old where the tab that has it says nothing any more', async () => {
  const first = openTab('pujiang');
  await until(() => asked.length === 1);
  asked[0]?.say('id: 7\n\n');
  await until(() => first.heard.states.includes('live'));
  const second = openTab('pujiang', 60);
  await until(() => second.heard.states.includes('live'));
  await until(() => second.heard.states.at(-1) === 'stale');
  asked[0]?.say('id: 8\ndata: one\n\n');
  await until(() => second.heard.events.length === 1);
  expect(second.heard.states.at(-1)).toBe('live');
});

it('is asked for again as soon as the network is back', async () => {
  const away = globalThis.fetch;
  let tries = 0;
  globalThis.fetch = () => {
    tries += 1;
    return Promise.reject(new TypeError('no network'));
  };
  const tab = openTab('dongyang');
  await until(() => tries === 1 && tab.heard.states.includes('stale'));
  globalThis.fetch = away;
  network.dispatchEvent(new Event('online'));
  const began = performance.now();
  await until(() => asked.length === 1);
  expect(performance.now() - began).toBeLessThan(500);
});
