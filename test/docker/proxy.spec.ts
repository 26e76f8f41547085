import { routes, serviceOf } from '../../apps/yizhan/src/cluster/routes.js';
import { appsOf, portOf, readCompose, readText } from './compose-file.js';

const cluster = readCompose('cluster');
const configuration = readText('docker/nginx/nginx.conf').replaceAll(/^\s*#.*\n/gm, '');

interface Location {
  /** `~`, `=`, or nothing for a prefix; none of `@` names. */
  readonly kind: string;
  readonly path: string;
  readonly body: string;
}

/** Locations of the server that listens on a port, in their order. */
function locationsOf(port: number): Location[] {
  const server = configuration.split(/^ {2}server \{/m).find((text) => text.includes(`listen ${port};`)) ?? '';
  return [...server.matchAll(/^ {4}location (?:(~|=) )?([^@ ]\S*) \{\n([\s\S]*?)^ {4}\}/gm)].map(
    ([, kind = '', path = '', body = '']) => ({ kind, path, body }),
  );
}

const locations = locationsOf(8080);
const serviceIn = (body: string): string | undefined => /set \$service ([\w-]+);/.exec(body)?.[1];
const byPattern = locations.filter(({ kind, body }) => kind === '~' && serviceIn(body));
const closed = locations.filter(({ kind, body }) => kind === '~' && !serviceIn(body));
const rest = locations.find(({ kind, path }) => kind === '' && path === '/');

/** The service that nginx would pass a path to. */
const passedTo = (path: string): string | undefined => {
  const fits = (location: Location): boolean => new RegExp(location.path, 'u').test(path);
  if (closed.some(fits)) return undefined;
  return serviceIn((byPattern.find(fits) ?? rest)?.body ?? '');
};

it('has the routes of the cluster, in their order', () => {
  expect(byPattern.map(({ path, body }) => ({ path, service: serviceIn(body) }))).toEqual(
    routes.map(({ path, service }) => ({ path: `^${path.replaceAll('*', '[^/]+')}(/|$)`, service })),
  );
});

it.each([
  '/api/v1/handoffs/8f2c/why-not',
  '/api/v1/handoffs/8f2c/why-notes',
  '/api/v1/handoffs/8f2c/completion',
  '/api/v1/events',
  '/api/v1/events/stream',
  '/api/v1/eventsource',
  '/api/v1/subscriptions',
  '/api/v1/subscriptions/8f2c/deliveries',
  '/api/v1/throughput',
  '/api/v1/consumers/station/parked',
  '/api/v1/consumers/dispatch/parked',
  '/api/docs',
  '/apiary',
  '/station/jindong',
  '/health/other',
  '/metrics',
  '/',
])('passes %s where the routes say', (path) => expect(passedTo(path)).toBe(serviceOf(path)));

it('asks each service of the cluster on its own port', () => {
  const apps = appsOf(cluster);
  const asked = locations.flatMap(({ body }) => serviceIn(body) ?? []);
  expect(new Set(asked)).toEqual(new Set(Object.keys(apps).filter((name) => name !== 'publisher')));
  for (const { body } of locations.filter((each) => serviceIn(each.body))) {
    const port = portOf(cluster.services[serviceIn(body)!]);
    expect(body).toContain(`proxy_pass http://$service:${port};`);
  }
});

it('answers nothing besides the API, its health and the pages, above all no figures', () => {
  const others = locations.filter(({ kind }) => kind !== '~');
  expect(others.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['= /health/live', '= /health/ready', ' /']);
  expect(closed.map(({ path }) => path)).toEqual(['^/(health|metrics)(/|$)']);
  expect(closed[0]?.body).toContain('return 404');
});

it('passes a stream on as it comes', () => {
  const unbuffered = byPattern.filter(({ body }) => body.includes('proxy_buffering off;'));
  expect(unbuffered.map(({ body }) => serviceIn(body))).toEqual(['dispatch']);
  expect(unbuffered[0]?.path).toContain('/events');
});

it('listens on the ports that are published, Grafana on its own', () => {
  const listening = [...configuration.matchAll(/listen (\d+);/g)].map(([, port]) => port);
  expect(cluster.services['proxy']?.ports?.map((port) => port.split(':').at(-1))).toEqual(listening);
  const grafana = locationsOf(8081);
  expect(grafana.map(({ body }) => serviceIn(body))).toEqual(['grafana']);
  expect(grafana[0]?.body).toContain('proxy_pass http://$service:3000;');
});

it('writes below /tmp alone, which is all that it may', () => {
  const paths = [...configuration.matchAll(/^\s*(?:pid|\w+_temp_path) (\S+);/gm)].map(([, path]) => path);
  expect(paths).toHaveLength(6);
  expect(paths.filter((path) => !path?.startsWith('/tmp/'))).toEqual([]);
});
