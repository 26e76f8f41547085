import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventName, YizhanEvent } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import type { Claims } from '@yizhan/identity';
import { ManualClock } from '@yizhan/kernel';
import type { NoticeToPersonResponse, NoticeSettings } from '@yizhan/notices';
import { exampleEvents } from '../../../../test/support/example-events.js';
import { MailSink } from '../../../../test/support/mail-sink.js';
import { idOf } from '../../../../test/support/relay.js';
import {
  type CommandCentreGround,
  type CommandCentreProcess,
  openCommandCentreGround,
} from '../../../../test/support/start-command-centre.js';
import { until } from '../../../../test/support/subscribing.js';
import { TextSink } from '../../../../test/support/text-sink.js';

type Who = Omit<Claims, 'sub'>;
const minute = 60_000;
const morning = Date.parse('2026-03-02T02:00:00.000Z');
const elevenAtNight = Date.parse('2026-03-02T15:00:00.000Z');
const centre: Who = { role: 'command_centre', areas: ['yiwu'] };
const path = '/api/v1/command-centre/areas/yiwu/notices';

let clock: ManualClock;
let ground: CommandCentreGround;
let process: CommandCentreProcess;
let sink: TextSink;
let settings: NoticeSettings;

beforeEach(async () => {
  clock = new ManualClock(morning);
  ground = await openCommandCentreGround(clock);
  sink = await TextSink.open();
  settings = {
    text: { url: sink.url, body: { to: '{to}', text: '{text}' } },
    duties: [{ name: 'room', areas: ['yiwu'], texts: ['13800138000'] }],
  };
});
afterEach(async () => {
  await sink.close();
  await ground.close();
});

async function begin(given?: NoticeSettings): Promise<void> {
  process = await ground.start(given);
  const bays = Array.from({ length: 9 }, (_none, index) => `B0${index + 1}`);
  await happen(['station.opened', 'station/jindong', { stationCode: 'jindong', bays }]);
}

type Told = readonly [name: EventName, subject: string, data: object];

async function happen(...events: readonly Told[]): Promise<void> {
  await ground.write(
    events.map(([name, subject, data]) => {
      const example = exampleEvents.get(`yizhan.${name}.v1.json`) as YizhanEvent;
      const whole = { ...example.data, ...data };
      return newEvent({ name, subject, areaCode: 'yiwu', time: clock.now(), data: whole });
    }),
  );
  await process.drain();
}

/** A station with a truck is suspended: one cause, a warning. Ten trucks make it critical. */
const trucks = (from: number, to: number): Told[] =>
  Array.from({ length: to - from }, (_none, index) => {
    const visitId = idOf(`truck ${from + index}`);
    const data = { visitId, stationCode: 'jindong', arrivedAt: new Date(clock.now()).toISOString() };
    return ['visit.arrived', `visit/${visitId}`, data];
  });
const suspended: Told = ['station.suspended', 'station/jindong', { stationCode: 'jindong' }];
const resumed: Told = ['station.resumed', 'station/jindong', { stationCode: 'jindong' }];

async function pass(minutes: number): Promise<void> {
  clock.moveTo(clock.now() + minutes * minute);
  await process.look();
  process.sendDue();
}

async function notices(query = '', who: Who = centre): Promise<NoticeToPersonResponse[]> {
  const { status, body } = await process.ask(who, `${path}${query}`);
  expect([status, query]).toEqual([200, query]);
  return (body as unknown as { items: NoticeToPersonResponse[] }).items;
}

const states = async (): Promise<string[][]> =>
  (await notices()).map(({ template, state }) => [template, state]).toReversed();
const settled = (...expected: string[][]): Promise<void> =>
  until(async () => JSON.stringify(await states()) === JSON.stringify(expected), 10);
const texts = (): string[] => (sink.bodies as { text: string }[]).map(({ text }) => text.split('：')[0] ?? '');

it('tells each step of an alert once, though several processes look and send', async () => {
  await begin(settings);
  const others = [await ground.start(settings), await ground.start(settings)];
  const everybody = [process, ...others];
  const passAll = async (minutes: number): Promise<void> => {
    clock.moveTo(clock.now() + minutes * minute);
    await Promise.all(everybody.map((each) => each.drain()));
    await Promise.all(everybody.map((each) => each.look()));
    for (const each of everybody) each.sendDue();
  };
  await happen(...trucks(0, 1), suspended);
  await passAll(1);
  await settled(['alert_opened', 'sent']);
  await happen(...trucks(1, 10));
  await passAll(1);
  await settled(['alert_opened', 'sent'], ['alert_raised', 'sent']);
  await passAll(5);
  await happen(resumed);
  await passAll(1);
  await until(async () => (await states()).every(([, state]) => state === 'sent') && sink.messages.length === 4);
  expect(texts()).toEqual(['预警', '升为严重', '超时无人认领，严重', '已解除']);
  expect(sink.bodies[0]).toEqual({
    to: '13800138000',
    text: '预警：yiwu jindong站点停用而有车，1辆（阈值1辆）。始于03-02 10:01。',
  });
});

it('keeps why an attempt failed, tries again, and shows both', async () => {
  await begin(settings);
  sink.answer(503);
  await happen(...trucks(0, 1), suspended);
  await pass(1);
  await until(async () => (await notices()).some(({ failure }) => failure === 'status'));
  const [failed] = await notices('?troubled=true');
  expect(failed).toMatchObject({
    state: 'waiting',
    channel: 'text',
    recipient: 'duty/room/1',
    tries: 1,
    failureWords: 'it answered 503',
  });
  expect(Date.parse(failed.nextAttemptAt ?? '')).toBeGreaterThanOrEqual(clock.now() + 5_000);
  expect(JSON.stringify(failed)).not.toContain('13800138000');
  sink.answer(200);
  await pass(1);
  await settled(['alert_opened', 'sent']);
  expect(await notices('?troubled=true')).toEqual([]);
  // What both attempts had in common tells whoever took both that they are one.
  expect(new Set(sink.messages.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
});

it('gives up in the end, and does not tell that it is over to whom it never told', async () => {
  await begin(settings);
  sink.answer(500);
  await happen(...trucks(0, 1), suspended);
  await pass(1);
  await until(async () => (await notices()).some(({ failure }) => failure !== undefined));
  await happen(resumed);
  await pass(1);
  await settled(['alert_opened', 'overtaken']);
  expect(sink.messages.length).toBeLessThanOrEqual(2);
});

it('is quiet at night, and in the morning tells what still stands', async () => {
  clock.moveTo(elevenAtNight);
  await begin(settings);
  await happen(...trucks(0, 1), suspended);
  await pass(1);
  await settled(['alert_opened', 'waiting']);
  await happen(resumed);
  await pass(1);
  await settled(['alert_opened', 'overtaken']);
  await happen(suspended);
  await pass(1);
  await settled(['alert_opened', 'overtaken'], ['alert_opened', 'waiting']);
  expect(sink.messages).toEqual([]);
  await pass(7 * 60);
  // By then the station is silent too, which is critical and was told at once.
  await until(async () => (await states()).every(([, state]) => state !== 'waiting'));
  const told = (sink.bodies as { text: string }[]).filter(({ text }) => text.includes('站点停用'));
  expect(told.map(({ text }) => text)).toEqual(['预警：yiwu jindong站点停用而有车，1辆（阈值1辆）。始于03-02 23:03。']);
});

it('one gateway that does not answer keeps no other', async () => {
  const mails = await MailSink.open();
  try {
    sink.answering = () => undefined;
    await begin({
      ...settings,
      mail: { server: `smtp://127.0.0.1:${mails.port}`, from: 'yizhan@example.org' },
      duties: [{ name: 'room', texts: ['13800138000'], mails: ['duty@example.org'] }],
    });
    await happen(...trucks(0, 1), suspended);
    await pass(1);
    await until(() => mails.mails.length === 1, 5);
    expect((await notices()).map(({ gateway, state }) => `${gateway} ${state}`).toSorted()).toEqual([
      'mail sent',
      'text waiting',
    ]);
  } finally {
    await mails.close();
  }
});

it('what a killed process had in hand is sent by another one, and what it says later changes nothing', async () => {
  let late: ServerResponse | undefined;
  sink.answering = (response) => void (late = response);
  await begin(settings);
  await happen(...trucks(0, 1), suspended);
  await pass(1);
  await until(() => sink.messages.length === 1, 5);
  // As long as it may live nobody else takes it.
  const other = await ground.start(settings);
  other.sendDue();
  await pause(300);
  expect(sink.messages).toHaveLength(1);
  sink.answer(200);
  await ground.database.rows(`UPDATE command_centre.notices SET leased_until = now() - interval '1 second'`);
  other.sendDue();
  await settled(['alert_opened', 'sent']);
  late?.writeHead(500).end();
  await pause(300);
  expect(await notices()).toMatchObject([{ state: 'sent', tries: 2 }]);
  expect(new Set(sink.messages.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
});

it('without a gateway alerts are as they were, and nobody is told', async () => {
  await begin();
  await happen(...trucks(0, 1), suspended);
  await pass(1);
  expect(await notices()).toEqual([]);
  const { body } = await process.ask(centre, '/api/v1/command-centre/notice-gateways');
  expect(body).toEqual([]);
});

it('shows what was told to whose area it is, by page', async () => {
  await begin({ ...settings, duties: [{ name: 'room', texts: ['13800138000', '13900139000'] }] });
  await happen(...trucks(0, 1), suspended);
  await pass(1);
  await settled(['alert_opened', 'sent'], ['alert_opened', 'sent']);
  const all = await notices();
  const { body } = await process.ask(centre, `${path}?limit=1`);
  const { items, next } = body as unknown as { items: NoticeToPersonResponse[]; next: string };
  expect([...items, ...(await notices(`?after=${next}`))]).toEqual(all);
  expect(await notices('?state=failed')).toEqual([]);
  const county: Who = { role: 'command_centre', counties: ['330726'], stations: ['pujiang'] };
  expect(await notices('', county)).toEqual([]);
  expect((await process.ask({ role: 'command_centre', areas: ['ningbo'] }, path)).status).toBe(403);
  expect((await process.ask({ role: 'operator', stations: ['jindong'] }, path)).status).toBe(403);
  expect((await process.ask(centre, `${path}?after=x`)).status).toBe(400);
  expect((await process.ask(centre, '/api/v1/command-centre/notice-gateways')).body).toEqual([
    { gateway: 'text', channel: 'text' },
  ]);
});
