// The build puts the list of its files, and a digest of them, in the place of these two.
const files = self.__FILES__;
const version = self.__VERSION__;

const prefix = 'yizhan-';
const current = `${prefix}${version}`;
/** Says which version was at work last; versions that were loaded and never shown are not it. */
const note = 'note-of-yizhan';
const noteAt = '/version-at-work';
/** What the service answers itself; nothing of it is ever kept here. */
const elsewhere = /^\/(api|health|metrics)(\/|$)/;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(current).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});

// A person says when: a page that is in use is not exchanged under his hands.
self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldOnes());
});

/** The version that was at work before stays: another tab may still show it, and load the rest of it. */
async function forgetOldOnes() {
  const notes = await caches.open(note);
  const before = await (await notes.match(noteAt))?.text();
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);
  // A worker from before there was such a note has left none.
  const inUse = before ?? others.at(-1);
  await Promise.all(others.filter((name) => name !== inUse).map((name) => caches.delete(name)));
  await notes.put(noteAt, new Response(current));
  await self.clients.claim();
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || elsewhere.test(pathname)) return;
  if (request.mode === 'navigate') event.respondWith(kept('/', request));
  else if (pathname.startsWith('/assets/') || files.includes(pathname)) event.respondWith(kept(pathname, request));
});

async function kept(path, request) {
  const own = await caches.open(current);
  const options = { ignoreVary: true };
  return (await own.match(path, options)) ?? (await caches.match(path, options)) ?? fetch(request);
}
