/** Services that answer requests, each in processes of its own. */
export const routedServices = ['station', 'scheduler', 'dispatch', 'command-centre'] as const;

export type RoutedService = (typeof routedServices)[number];

export interface Route {
  /** The address and everything below it; `*` is any one segment. */
  readonly path: string;
  readonly service: RoutedService;
}

/**
 * Which service answers what behind the one address of a cluster: the first route that fits. Data, so that the
 * configuration of another reverse proxy can be written from it.
 */
export const routes: readonly Route[] = [
  { path: '/api/v1/handoffs/*/why-not', service: 'scheduler' },
  { path: '/api/v1/handoffs/*/candidates', service: 'scheduler' },
  { path: '/api/v1/handoffs/*/withdrawal-preview', service: 'scheduler' },
  { path: '/api/v1/zones/*/plan-preview', service: 'scheduler' },
  { path: '/api/v1/areas/*/loan-preview', service: 'scheduler' },
  { path: '/api/v1/stations/*/state-preview', service: 'scheduler' },
  { path: '/api/v1/stations/*/move-preview', service: 'scheduler' },
  { path: '/api/v1/areas/*/throttle-preview', service: 'scheduler' },
  { path: '/api/v1/areas/*/line-stops', service: 'scheduler' },
  { path: '/api/v1/events', service: 'dispatch' },
  { path: '/api/v1/subscriptions', service: 'dispatch' },
  { path: '/api/v1/command-centre', service: 'command-centre' },
  { path: '/api/v1/throughput', service: 'command-centre' },
  { path: '/api/v1/consumers/scheduler', service: 'scheduler' },
  { path: '/api/v1/consumers/dispatch', service: 'dispatch' },
  { path: '/api/v1/consumers/command-centre', service: 'command-centre' },
  { path: '/api', service: 'station' },
];

/** Which service serves the pages of the console: every process has them, and those of dispatch have most time. */
const pagesFrom: RoutedService = 'dispatch';
/** What is asked of a process itself, and of no service behind the one address. */
const ofProcesses: ReadonlySet<string> = new Set(['health', 'metrics']);

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const patterns = routes.map(({ path, service }) => ({ segments: segmentsOf(path), service }));

/** The service that answers a path (without its query), where one does. */
export function serviceOf(path: string): RoutedService | undefined {
  const asked = segmentsOf(path);
  const fits = (pattern: readonly string[]): boolean =>
    pattern.every((segment, index) => (segment === '*' ? Boolean(asked[index]) : segment === asked[index]));
  const routed = patterns.find(({ segments }) => fits(segments))?.service;
  if (routed) return routed;
  return path.startsWith('/') && !ofProcesses.has(asked[0] ?? '') ? pagesFrom : undefined;
}

/** Whether an answer may be held open until something happens, as those of the feed of events are. */
export const mayWait = (path: string): boolean => path === '/api/v1/events' || path.startsWith('/api/v1/events/');
