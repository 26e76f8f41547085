import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { ManualClock } from '@yizhan/kernel';
import { Client } from 'pg';
import type { AlertResponse } from '../../apps/command-centre/src/alerts/alerts.dto.js';
import { commandCentreMigrations } from '../../apps/command-centre/src/command-centre.module.js';
import { exampleEvents } from '../support/example-events.js';
import { feedEvent } from '../support/feed-events.js';
import { type CommandCentreProcess, startCommandCentre } from '../support/start-command-centre.js';
import { type DispatchGround, type DispatchProcess, openDispatchGround } from '../support/start-dispatch.js';
import { administrator, loopback, subscribe, until } from '../support/subscribing.js';
import { type Answering, WebhookReceiver } from '../support/webhook-receiver.js';

const minute = 60_000;
const morning = Date.parse('2026-03-02T02:00:00.000Z');
const refuses: Answering = (_message, response) => void response.writeHead(503).end();
const hangs: Answering = () => undefined;
const accepts: Answering = (_message, response) => void response.writeHead(204).end();

let clock: ManualClock;
let ground: DispatchGround;
let dispatches: DispatchProcess[];
let centre: CommandCentreProcess;
let receiver: WebhookReceiver;

beforeEach(async () => {
  clock = new ManualClock(morning);
  ground = await openDispatchGround([commandCentreMigrations]);
  dispatches = [await startDispatch(), await startDispatch()];
  centre = await startCommandCentre(ground.test, clock, ground.keystore);
  receiver = await WebhookReceiver.open();
  for (const areaCode of ['yiwu', 'ningbo']) await openStation(areaCode);
  await ground.sequence();
  await centre.drain();
});
afterEach(async () => {
  for (const { faults } of dispatches) expect(faults).toEqual([]);
  await centre.stop();
  await ground.close();
  await receiver.close();
});

const startDispatch = (): Promise<DispatchProcess> =>
  ground.start({ clock, webhooks: loopback, delivery: { lookEvery: 20, within: 2_000, lease: 6_000 } });

async function openStation(areaCode: string): Promise<void> {
  const { data } = exampleEvents.get('yizhan.station.opened.v1.json') as YizhanEvent<'station.opened'>;
  const stationCode = `station-${areaCode}`;
  const subject = `station/${stationCode}`;
  const opened = { ...data, areaCode, stationCode };
  await ground.write([newEvent({ name: 'station.opened', subject, areaCode, time: clock.now(), data: opened })]);
}

/** Something happens to trucks in Yiwu. */
async function happen(...visits: readonly string[]): Promise<void> {
  await ground.write(
    visits.map((id) => feedEvent('visit.queued', { areaCode: 'yiwu', subject: `visit/${id}`, correlationId: id })),
  );
  await ground.sequence();
}

/** Minutes go by, and the command centre looks. */
async function goBy(minutes: number): Promise<void> {
  clock.moveTo(clock.now() + minutes * minute);
  await centre.look();
}

async function alerts(areaCode = 'yiwu'): Promise<AlertResponse[]> {
  const path = `/api/v1/command-centre/areas/${areaCode}/alerts?rule=webhook_backlog`;
  const { status, body } = await centre.ask({ role: 'command_centre', areas: [areaCode] }, path);
  expect(status).toBe(200);
  return (body as unknown as { items: AlertResponse[] }).items;
}

const open = async (): Promise<string[]> =>
  (await alerts()).filter(({ state }) => state === 'open').map(({ level, count }) => `${level} ${count}`);

const ask = async (id: string): Promise<Record<string, unknown>> =>
  (await dispatches[1].ask(administrator, `/api/v1/subscriptions/${id}`)).body;

const isFailing = async (id: string): Promise<boolean> => (await ask(id))['failingSince'] !== undefined;

const step = async (id: string, what: string, body?: object): Promise<number> =>
  (await dispatches[0].post(administrator, `/api/v1/subscriptions/${id}/${what}`, body)).status;

it('warns of an area whose messages do not get out, once, says when it grows worse, and ends by itself', async () => {
  receiver.answering = refuses;
  const { id } = await subscribe(dispatches[0], receiver.url);
  // Whoever wants nothing of it has no part in it.
  await subscribe(dispatches[1], receiver.url, { filter: { areas: ['ningbo'] } });
  await happen('a', 'b', 'c');
  await until(() => isFailing(id));
  await goBy(14);
  expect(await alerts()).toEqual([]);
  await goBy(2);
  const [opened, ...others] = await alerts();
  expect(others).toEqual([]);
  expect(opened).toMatchObject({
    key: 'webhook_backlog',
    stationCode: '',
    level: 'warn',
    value: 16 * 60,
    unit: 'seconds',
    count: 3,
    counts: 'messages',
    subjects: [`subscription/${id}`],
  });
  expect(await alerts('ningbo')).toEqual([]);
  // What waits is seen though nobody is there who would send it.
  for (const dispatch of dispatches) await dispatch.stop();
  await goBy(110);
  expect(await alerts()).toMatchObject([{ alertId: opened.alertId, level: 'critical', openedAt: opened.openedAt }]);
  receiver.answering = accepts;
  dispatches = [await startDispatch(), await startDispatch()];
  await until(async () => (await ask(id))['pending'] === 0);
  await goBy(1);
  expect(await alerts()).toMatchObject([{ alertId: opened.alertId, state: 'resolved', level: 'critical' }]);
});

/** Happens until the endpoint is known to have accepted something since it refused: a process may not know yet that it has. */
async function getThrough(id: string): Promise<void> {
  for (let sent = 0; await isFailing(id); sent += 1) {
    await happen(`well-${clock.now()}-${sent}`);
    await until(async () => (await ask(id))['pending'] === 1);
    await pause(100);
  }
}

it('is none where one message alone is refused', async () => {
  receiver.answering = (message, response) =>
    void response.writeHead(message.body.includes('visit/poison') ? 500 : 204).end();
  const { id } = await subscribe(dispatches[0], receiver.url);
  await happen('poison');
  await until(() => isFailing(id));
  await getThrough(id);
  await goBy(1);
  await until(() => isFailing(id));
  await getThrough(id);
  // It is tried again after five minutes at the earliest.
  await goBy(4);
  expect(await open()).toEqual([]);
  const database = await ground.test.open('dispatch');
  await database.rows(`UPDATE dispatch.deliveries SET made_at = made_at - interval '1 day' WHERE state = 'pending'`);
  await database.rows(`UPDATE dispatch.subscriptions SET changed_at = changed_at - interval '1 day'`);
  await goBy(1);
  expect(await open()).toEqual([]);
});

it('is none of a pause, nor at once of what waited before it', async () => {
  receiver.answering = refuses;
  const { id } = await subscribe(dispatches[0], receiver.url, { ordered: true });
  await happen('a', 'a', 'b');
  await until(() => isFailing(id));
  expect(await step(id, 'pause')).toBe(200);
  await goBy(60);
  expect(await alerts()).toEqual([]);
  expect(await step(id, 'resumption', {})).toBe(200);
  await until(() => isFailing(id));
  await goBy(1);
  expect(await open()).toEqual([]);
  await goBy(16);
  expect(await open()).toEqual(['warn 3']);
});

it('is none at once of what is asked for again long after it was made', async () => {
  const { id } = await subscribe(dispatches[0], receiver.url);
  await happen('a', 'b', 'c');
  await until(async () => receiver.messages.length === 3 && (await ask(id))['pending'] === 0);
  await goBy(300);
  receiver.answering = hangs;
  expect(await step(id, 'deliveries/3/redelivery')).toBe(200);
  await until(async () => (await ask(id))['pending'] === 1);
  await goBy(1);
  expect(await open()).toEqual([]);
  const since = new Date(morning - 1_440 * minute).toISOString();
  const all = { what: 'all', since, until: '2100-01-01T00:00:00Z' };
  expect(await step(id, 'replays', all)).toBe(201);
  await until(async () => Number((await ask(id))['pending']) >= 3);
  await goBy(1);
  expect(await open()).toEqual([]);
});

it('shows the command centre which messages wait, and nothing else of them', async () => {
  const database = await ground.test.open('commandCentre');
  for (const sql of ['SELECT url FROM dispatch.subscriptions', 'SELECT 1 FROM dispatch.deliveries'])
    await expect(database.rows(sql)).rejects.toMatchObject({ code: '42501' });
  expect(await database.rows('SELECT * FROM dispatch.waiting_messages')).toEqual([]);
});

it('leaves what it saw last where it cannot see, and looks for everything else', async () => {
  receiver.answering = refuses;
  const { id } = await subscribe(dispatches[0], receiver.url);
  await happen('a');
  await until(() => isFailing(id));
  await goBy(20);
  expect(await open()).toEqual(['warn 1']);
  await administer('REVOKE SELECT ON dispatch.waiting_messages FROM yizhan_command_centre');
  await expect(goBy(1)).rejects.toThrow(AggregateError);
  expect(await open()).toEqual(['warn 1']);
  const database = await ground.test.open('commandCentre');
  const looked = await database.rows('SELECT looked_at FROM command_centre.alert_watches');
  expect(looked).toEqual([{ looked_at: clock.now() }, { looked_at: clock.now() }]);
});

async function administer(statement: string): Promise<void> {
  const client = new Client(ground.test.admin);
  await client.connect();
  await client.query(statement);
  await client.end();
}
