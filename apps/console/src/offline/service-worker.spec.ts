import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

type Kept = Map<string, Map<string, Response>>;
type Handler = (event: { waitUntil(work: Promise<unknown>): void }) => void;

const source = readFileSync(new URL('../../service-worker.js', import.meta.url), 'utf8');

/** A version of the worker, on the caches of one browser: in the order in which they were made, as it keeps them. */
function workerOf(version: string, kept: Kept) {
  const handlers = new Map<string, Handler>();
  const open = (name: string) => {
    const cache = kept.get(name) ?? new Map<string, Response>();
    kept.set(name, cache);
    return Promise.resolve({
      addAll: () => Promise.resolve(),
      match: (path: string) => Promise.resolve(cache.get(path)?.clone()),
      put: (path: string, response: Response) => Promise.resolve(void cache.set(path, response)),
    });
  };
  const caches = {
    open,
    keys: () => Promise.resolve([...kept.keys()]),
    delete: (name: string) => Promise.resolve(kept.delete(name)),
  };
  const self = {
    addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
    clients: { claim: () => Promise.resolve() },
  };
  const built = source.replace('self.__FILES__', '[]').replace('self.__VERSION__', JSON.stringify(version));
  runInNewContext(built, { self, caches, Response, Request, URL });
  return async (name: 'install' | 'activate'): Promise<void> => {
    const works: Promise<unknown>[] = [];
    handlers.get(name)?.({ waitUntil: (work) => works.push(work) });
    await Promise.all(works);
  };
}

const versionsIn = (kept: Kept) => [...kept.keys()].filter((name) => name.startsWith('yizhan-'));

it('keeps the version that was at work before, whatever was loaded since and never shown', async () => {
  const kept: Kept = new Map();
  const first = workerOf('one', kept);
  await first('install');
  await first('activate');
  await workerOf('two', kept)('install');
  const third = workerOf('three', kept);
  await third('install');
  await third('activate');
  expect(versionsIn(kept)).toEqual(['yizhan-one', 'yizhan-three']);
  const fourth = workerOf('four', kept);
  await fourth('install');
  await fourth('activate');
  expect(versionsIn(kept)).toEqual(['yizhan-three', 'yizhan-four']);
});
