import { setTimeout as pause } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { Caller } from '@yizhan/identity';
import { productRoutes } from '../../docs/generate/product-routes.js';
import { type MarkedCarrier, marksIn, openMarkedCarriers } from '../support/marked-carriers.js';
import { openTenancyGround, type TenancyGround, type TenantAnswer } from '../support/tenancy-ground.js';
import { until } from '../support/subscribing.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

const isFull = process.env.YIZHAN_TEST_TENANCY === 'full';
const requests = isFull ? 200_000 : 2_000;
const atOnce = 8;

/** What a carrier has with dispatch. */
interface Subscribed {
  readonly subscriptionId: string;
  readonly position: string;
}
type Known = MarkedCarrier & Subscribed;

/** An address for each route that a carrier may read: its own, or that of somebody else's. */
const readable: Readonly<Record<string, (of: Known) => readonly string[]>> = {
  '/api/v1/areas': () => [''],
  '/api/v1/areas/:areaCode': () => ['/jinhua'],
  '/api/v1/areas/:areaCode/policies': () => ['/jinhua/policies'],
  '/api/v1/caller': () => [''],
  '/api/v1/carriers/:carrierId': ({ carrierId }) => [`/${carrierId}`],
  '/api/v1/carriers/:carrierId/api-keys': ({ carrierId }) => [`/${carrierId}/api-keys`],
  '/api/v1/consents': ({ plate, carrierId }) => ['', `?plate=${plate}`, `?carrierId=${carrierId}`],
  '/api/v1/handoffs/:handoffId/slip': ({ handoffId }) => [`/${handoffId}/slip`, `/${handoffId}/slip?format=a5&lang=en`],
  '/api/v1/handoffs/:handoffId/slip-code': ({ handoffId }) => [`/${handoffId}/slip-code`],
  '/api/v1/passes': ({ plate }) => ['', `?plate=${plate}`],
  '/api/v1/passes/:passId': ({ passId }) => [`/${passId}`],
  '/api/v1/personal-data/:personId': ({ carrierId }) => [`/carrier:${carrierId}`],
  '/api/v1/personal-data/:personId/reads': ({ carrierId }) => [`/carrier:${carrierId}/reads`],
  '/api/v1/runs': ({ plate }) => ['', `?plate=${plate}`, '?state=open'],
  '/api/v1/runs/:runId': ({ runId }) => [`/${runId}`],
  '/api/v1/sheets/:sheet/template': () => ['/consignments/template'],
  '/api/v1/sheets/consignments/export': () => ['', '?format=xlsx', '?stationCode=JD'],
  '/api/v1/stations': () => [''],
  '/api/v1/stations/:stationCode': () => ['/JD'],
  '/api/v1/trucks': ({ carrierId }) => ['', `?carrierId=${carrierId}`, '?custodianKind=driver'],
  '/api/v1/trucks/:plate': ({ plate }) => [`/${plate}`],
  '/api/v1/visits': ({ plate }) => ['', `?plate=${plate}`, '?stationCode=JD&limit=2', '?state=announced'],
  '/api/v1/visits/:visitId': ({ visitId }) => [`/${visitId}`],
  '/api/v1/visits/:visitId/corrections': ({ visitId }) => [`/${visitId}/corrections`],
  '/api/v1/visits/:visitId/history': ({ visitId }) => [`/${visitId}/history`],
  '/api/v1/zones': () => [''],
  '/api/v1/zones/:zoneId': () => ['/yiwu'],
  '/api/v1/zones/:zoneId/places': () => ['/yiwu/places'],
  '/api/v1/carriers/:carrierId/reports/waits': ({ carrierId }) =>
    ['json', 'csv', 'xlsx', 'html'].map((format) => `/${carrierId}/reports/waits?day=2026-03-02&format=${format}`),
  '/api/v1/events': ({ plate, mark }) => [
    '?limit=500',
    `?plates=${plate}&limit=500`,
    `?references=${mark}-W-in&types=yizhan.visit.*`,
    `?consignments=${mark}-in`,
  ],
  '/api/v1/events/stream': ({ plate }) => ['?after=0', `?after=0&plates=${plate}`],
  '/api/v1/subscriptions': ({ carrierId }) => ['', `?carrierId=${carrierId}`],
  '/api/v1/subscriptions/:subscriptionId': ({ subscriptionId }) => [`/${subscriptionId}`],
  '/api/v1/subscriptions/:subscriptionId/deliveries': ({ subscriptionId }) => [`/${subscriptionId}/deliveries`],
  '/api/v1/subscriptions/:subscriptionId/deliveries/:position': ({ subscriptionId, position }) => [
    `/${subscriptionId}/deliveries/${position}`,
  ],
  '/api/v1/subscriptions/:subscriptionId/replays': ({ subscriptionId }) => [`/${subscriptionId}/replays`],
  '/api/v1/subscriptions/:subscriptionId/usage': ({ subscriptionId }) => [`/${subscriptionId}/usage`],
};

/** Changes that would tell of, or touch, what is somebody else's. */
const forbiddenChanges: readonly ((of: Known) => readonly [path: string, body?: object])[] = [
  ({ handoffId }) => [`/api/v1/handoffs/${handoffId}/authorisation`, {}],
  ({ runId }) => [`/api/v1/runs/${runId}/return-plan`, { wait: 'away' }],
  ({ plate, carrierId }) => [`/api/v1/trucks/${plate}/details`, { carrierId }],
  ({ plate }) => ['/api/v1/consents', { scope: 'truck', areaCode: 'jinhua', plate }],
  ({ consentId }) => [`/api/v1/consents/${consentId}/revocation`],
  ({ carrierId }) => [`/api/v1/carriers/${carrierId}/api-keys`, { name: 'mine', access: 'read' }],
  ({ subscriptionId }) => [`/api/v1/subscriptions/${subscriptionId}/test`],
  ({ subscriptionId }) => [`/api/v1/subscriptions/${subscriptionId}/secret`, {}],
  ({ subscriptionId }) => [`/api/v1/subscriptions/${subscriptionId}/pause`],
  ({ carrierId }) => ['/api/v1/subscriptions', { url: 'https://hooks.example.com/', carrierId }],
];

let ground: TenancyGround;
let carriers: Known[];
const receivers = new Map<string, WebhookReceiver>();

beforeAll(async () => {
  ground = await openTenancyGround();
  const marked = await openMarkedCarriers(ground.station, 50);
  await ground.station.drain();
  carriers = await Promise.all(marked.map(subscribed));
  // Half of them ask as people do, half as their systems.
  await Promise.all(carriers.map(async (each, index) => letSystemIn(each, index % 2 === 1)));
}, 240_000);
afterAll(async () => {
  await ground.close();
  for (const receiver of receivers.values()) await receiver.close();
});

async function subscribed(carrier: MarkedCarrier): Promise<Known> {
  const receiver = await WebhookReceiver.open();
  receivers.set(carrier.mark, receiver);
  const body = { url: receiver.url, description: `${carrier.mark} hooks`, after: '0' };
  const made = jsonOf(await ground.ask(carrier.carrierId, 'POST', '/api/v1/subscriptions', body));
  const { subscriptionId } = made as { subscriptionId: string };
  const proof = await ground.ask(carrier.carrierId, 'POST', `/api/v1/subscriptions/${subscriptionId}/proof`);
  expect(proof.status).toBe(200);
  await until(() => receiver.messages.length > 0, 60);
  const { position } = JSON.parse(receiver.messages[0].body) as { position: string };
  return { ...carrier, subscriptionId, position };
}

async function letSystemIn({ carrierId, mark }: Known, isUsed: boolean): Promise<void> {
  const body = { name: `${mark}-tms`, access: 'write' };
  const { key } = jsonOf(await ground.ask(carrierId, 'POST', `/api/v1/carriers/${carrierId}/api-keys`, body)) as {
    key: string;
  };
  expect(key).toMatch(/^yz_/);
  if (isUsed) ground.useKey(carrierId, key);
}

/** The part of a route before its first parameter. */
const rootOf = (route: string): string => route.split('/:')[0] ?? route;

const jsonOf = ({ bytes }: TenantAnswer): unknown => JSON.parse(bytes.toString('utf8'));

/** Everything that a person could read in an answer. */
async function textOf({ type, headers, bytes }: TenantAnswer): Promise<string> {
  if (!type.includes('spreadsheetml')) return headers + bytes.toString('utf8');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as never);
  return headers + JSON.stringify(workbook.worksheets.map((sheet) => sheet.getSheetValues()));
}

/** Marks of others in what a carrier was answered; what he has named himself is no news to him. */
const crossed = (text: string, mine: Known, named: string): string[] =>
  [...marksIn(text.replaceAll(decodeURIComponent(named), ''))].filter((mark) => mark !== mine.mark);

async function streamed(mine: Known, path: string): Promise<string> {
  const stream = await ground.follow(mine.carrierId, path);
  const ofOwn = decodeURIComponent(path).includes(mine.plate) || !path.includes('plates');
  if (ofOwn) await stream.until(() => stream.events.length >= 3);
  // What is to bring nothing is given a moment to bring what it should not.
  else await pause(20);
  stream.cut();
  return JSON.stringify([stream.headers, stream.events]);
}

it('has an address for every route that a carrier may read', () => {
  const open = productRoutes().filter(
    ({ method, roles, path }) =>
      method === 'GET' && roles !== 'public' && roles.includes('carrier') && path.startsWith('/api/v1/'),
  );
  expect(Object.keys(readable).toSorted()).toEqual(open.map(({ path }) => path).toSorted());
});

it('gives a carrier its own by each of them, and nothing of another one', async () => {
  const [mine, other] = [carriers[7], carriers[31]];
  for (const [route, addresses] of Object.entries(readable)) {
    const prefix = rootOf(route);
    if (route.endsWith('/stream')) continue;
    for (const [index, address] of addresses(mine).entries()) {
      const own = await ground.ask(mine.carrierId, 'GET', prefix + address);
      expect([route, own.status]).toEqual([route, 200]);
      const foreign = addresses(other)[index] ?? '';
      if (foreign === address) continue;
      const answer = await ground.ask(mine.carrierId, 'GET', prefix + foreign);
      const isRefused = foreign.startsWith('/') ? answer.status >= 400 : answer.status === 200;
      expect([prefix + foreign, isRefused]).toEqual([prefix + foreign, true]);
    }
  }
}, 120_000);

it(`lets no mark cross in ${requests} mixed requests over every way out`, async () => {
  const found: object[] = [];
  const statuses = new Map<number, number>();
  const routes = Object.entries(readable);
  const asked = fc.sample(
    fc.record({
      who: fc.nat(carriers.length - 1),
      whose: fc.nat(carriers.length - 1),
      isOwn: fc.boolean(),
      route: fc.nat(routes.length - 1),
      variant: fc.nat(3),
      isChange: fc.integer({ min: 1, max: 10 }).map((each) => each === 1),
    }),
    { numRuns: requests, seed: 7 },
  );
  const work = asked[Symbol.iterator]();
  const one = async ({ who, whose, isOwn, route, variant, isChange }: (typeof asked)[number]): Promise<void> => {
    const mine = carriers[who];
    const target = carriers[isOwn ? who : whose];
    if (isChange && target !== mine) {
      const [path, body] = forbiddenChanges[(route + variant) % forbiddenChanges.length](target);
      const answer = await ground.ask(mine.carrierId, 'POST', path, body);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status < 400 && !path.endsWith('/subscriptions'))
        found.push({ mine: mine.mark, path, status: answer.status });
      look(mine, path, await textOf(answer), JSON.stringify(body ?? {}));
      return;
    }
    const [path, addresses] = routes[route];
    const all = addresses(target);
    const address = rootOf(path) + all[variant % all.length];
    if (path.endsWith('/stream')) return look(mine, address, await streamed(mine, address));
    const answer = await ground.ask(mine.carrierId, 'GET', address);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    look(mine, address, await textOf(answer));
  };
  const look = (mine: Known, address: string, text: string, body = ''): void => {
    // Each thing that he named, as he named it: a plate, an id, or a parameter of the query.
    let rest = text;
    for (const named of [...address.split(/[/?&=]/), ...body.split('"')]) {
      if (marksIn(named).size > 0) rest = rest.replaceAll(decodeURIComponent(named), '');
    }
    const others = crossed(rest, mine, address);
    if (others.length > 0) found.push({ mine: mine.mark, address, others });
  };
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const each of work) await one(each);
    }),
  );
  expect(found).toEqual([]);
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(requests / 4);
  expect(ground.faults).toEqual([]);
}, 3_600_000);

it('lets no mark cross in webhooks, which bring each carrier its own', async () => {
  for (const { mark } of carriers) {
    const { messages, probes } = receivers.get(mark)!;
    expect(messages.length).toBeGreaterThan(5);
    for (const { headers, body } of [...messages, ...probes]) {
      expect([...marksIn(JSON.stringify(headers) + body)].filter((each) => each !== mark)).toEqual([]);
    }
  }
});

it('lets nothing out where the guard is taken away: the database says no by itself', async () => {
  const guard = jest.spyOn(Caller.prototype, 'maySeeCarrier').mockReturnValue(true);
  const [mine, other] = [carriers[3], carriers[44]];
  for (const path of [
    `/api/v1/visits/${other.visitId}`,
    `/api/v1/visits/${other.visitId}/history`,
    `/api/v1/visits/${other.visitId}/corrections`,
    `/api/v1/handoffs/${other.handoffId}/slip-code`,
    `/api/v1/handoffs/${other.handoffId}/slip`,
    `/api/v1/runs/${other.runId}`,
    `/api/v1/carriers/${other.carrierId}`,
  ]) {
    expect([path, (await ground.ask(mine.carrierId, 'GET', path)).status]).toEqual([path, 404]);
  }
  const keys = await ground.ask(mine.carrierId, 'GET', `/api/v1/carriers/${other.carrierId}/api-keys`);
  expect(jsonOf(keys)).toEqual({ items: [], next: null });
  const feed = await ground.ask(mine.carrierId, 'GET', '/api/v1/events?limit=500');
  expect([...marksIn(feed.bytes.toString('utf8'))]).toEqual([mine.mark]);
  expect(crossed(await streamed(mine, '/api/v1/events/stream?after=0'), mine, '')).toEqual([]);
  expect(guard).toHaveBeenCalled();
  guard.mockRestore();
});
