import { showVersion } from './newer-version.js';

/** What is done to show a version whose worker stands like this. */
function shownFrom(state: ServiceWorkerState): { readonly told: readonly string[]; readonly container: EventTarget } {
  const told: string[] = [];
  const container = new EventTarget();
  const worker = { state, postMessage: (message: unknown) => void told.push(String(message)) };
  showVersion(worker, container, () => told.push('reload'));
  return { told, container };
}

it('lets a version that waits take over first', () => {
  const { told, container } = shownFrom('installed');
  expect(told).toEqual(['take-over']);
  container.dispatchEvent(new Event('controllerchange'));
  container.dispatchEvent(new Event('controllerchange'));
  expect(told).toEqual(['take-over', 'reload']);
});

it.each(['activated', 'redundant'] as const)('shows at once what another tab has taken over: %s', (state) => {
  expect(shownFrom(state).told).toEqual(['reload']);
});
