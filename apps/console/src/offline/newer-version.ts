type Listener = () => void;

let waiting: ServiceWorker | undefined;
const listeners = new Set<Listener>();

function found(worker: ServiceWorker | null): void {
  if (!worker) return;
  waiting = worker;
  for (const each of listeners) each();
}

/** A new version that is loaded and waits; it is shown once a person says so. */
export const newerVersion = (): ServiceWorker | undefined => waiting;

export function onNewerVersion(listener: Listener): Listener {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps the pages themselves on this device, where the browser does that: not over plain HTTP from another host. */
export async function keepPages(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const registration = await navigator.serviceWorker.getRegistration();
  // A device that is set to keep nothing has none.
  if (!registration) return;
  // Without one that has been at work before, there is nothing newer.
  const look = (): void => found(navigator.serviceWorker.controller ? registration.waiting : null);
  look();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  // A tablet stays open for days.
  setInterval(() => void registration.update().catch(() => undefined), 30 * 60_000);
}

/** Shows the new version in this tab; others go on as they are, until somebody says so there. */
export function takeNewerVersion(): void {
  if (waiting) showVersion(waiting, navigator.serviceWorker, () => location.reload());
}

/** Where another tab has taken the version over, nothing is to come any more: it is shown at once. */
export function showVersion(
  worker: Pick<ServiceWorker, 'state' | 'postMessage'>,
  container: Pick<ServiceWorkerContainer, 'addEventListener'>,
  reload: () => void,
): void {
  if (worker.state === 'activated' || worker.state === 'redundant') {
    reload();
    return;
  }
  container.addEventListener('controllerchange', reload, { once: true });
  worker.postMessage('take-over');
}
