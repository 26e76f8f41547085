import type { ServerResponse } from 'node:http';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import { NoticeBook, NoticeSender, Notices, NoticesQuery } from '@yizhan/notices';
import {
  carrier,
  area,
  enterprise,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
  zone,
} from '../../../../test/support/network.js';
import { ExceptionsSeen } from '../../../../test/support/exceptions-seen.js';
import { idOf, Relay, truckOf } from '../../../../test/support/relay.js';
import { monday, type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { until } from '../../../../test/support/subscribing.js';
import { TextSink } from '../../../../test/support/text-sink.js';
import { MoveArrivals } from '../arrival-moves/move-arrivals.js';
import { StateAtGate } from '../gate/state-at-gate.js';
import { ErasePerson } from '../personal-data/erase-person.js';
import { RecordPersonalData } from '../personal-data/record-personal-data.js';
import { RecordRunStep } from '../runs/record-run-step.js';
import { AnnounceVisit } from '../visits/announce-visit.js';
import { CallVisit } from '../visits/call-visit.js';
import { EndCall } from '../visits/end-call.js';
import { TellOfTrucks } from './tell-of-trucks.js';

const phones: Readonly<Record<string, string>> = { 'driver:O1': '13800000001', [`carrier:${carrier}`]: '13900000001' };
let station: RunningStation;
let relay: Relay;
let sink: TextSink;

async function begin(trucks: object | null = {}): Promise<void> {
  sink = await TextSink.open();
  station = await startStation({
    clock: new ManualClock(monday),
    notices: { text: { url: sink.url, body: { to: '{to}', text: '{text}' } }, ...(trucks && { trucks }) },
  });
  await openNetwork(station);
  relay = new Relay(station);
  for (const driver of ['O1', 'O2']) await outsideDriver(station, driver);
  for (const [personId, phone] of Object.entries(phones))
    await station
      .get(RecordPersonalData)
      .execute(station.request(`phone of ${personId}`), { personId, changes: { phone, name: '张三' }, writes: 'all' });
  await tell();
}
afterEach(async () => {
  await sink.close();
  await station.close();
});

/** What has happened is told, and sent. */
async function tell(): Promise<void> {
  await station.drain();
  station.clock.moveTo(station.clock.now() + 1_000);
  await station.get(TellOfTrucks).fireDue();
  station.get(NoticeSender).look();
}

const sent = () => (sink.bodies as { to: string; text: string }[]).map(({ to, text }) => `${to} ${text}`);
const settled = (count: number) => until(() => sink.messages.length >= count, 10);
const rows = () =>
  station.database.rows<{ template: string; recipient: string; state: string; failure: string | null }>(
    `SELECT template, recipient, state, failure FROM station.notices ORDER BY made_at, recipient`,
  );

it('tells the driver that he is called to a bay, and that he is not any more, each once', async () => {
  await begin();
  await relay.arrive('1', 'G1', 'O1');
  await relay.arrive('2', 'G2', 'O2');
  for (const visit of ['1', '2'])
    await station.get(CallVisit).execute(relay.next(), { visitId: idOf(visit), bayCode: visit });
  await station.drain();
  station.clock.moveTo(station.clock.now() + 1_000);
  const { database, clock } = station.ports;
  const again = (): TellOfTrucks =>
    new TellOfTrucks(database, clock, new NoticeBook(database, 'station', clock, new SeededIds('other')), {});
  await Promise.all([station.get(TellOfTrucks), again(), again(), again()].map((each) => each.fireDue()));
  await again().fireDue();
  station.get(NoticeSender).look();
  await settled(1);
  await station.get(EndCall).execute(relay.next(), { visitId: idOf('1'), reason: 'withdrawn' });
  await tell();
  await settled(2);
  // O2 has given no phone: he hears and sees it.
  expect(sent()).toEqual(['13800000001 请G1到JD 1号位。', '13800000001 G1在JD的叫号已撤回，请等候再次叫号。']);
  // Whoever asks who has looked at his number finds it.
  expect(
    await database.rows(
      `SELECT DISTINCT person_id, fields FROM station.personal_data_reads WHERE caller = 'system:notices'`,
    ),
  ).toEqual([{ person_id: 'driver:O1', fields: ['phone'] }]);
  const [{ all }] = await database.rows<{ all: string }>(`SELECT json_agg(n)::text AS all FROM station.notices n`);
  expect(all).not.toMatch(/13800000001|张三/);
});

it('tells who waits outside at the phone that he has given at the gate', async () => {
  await begin();
  const visitId = idOf('announced');
  const truck = truckOf('浙G12345');
  const visit = { visitId, stationCode: jindong, zoneId: zone, flow: 'into_zone' as const, truck, consignments: [] };
  await station.get(AnnounceVisit).execute(relay.next(), { ...visit, expectedAt: station.clock.now() });
  await station.get(StateAtGate).execute(relay.next(), { visitId, phone: '137 0000 0001', name: '李四' });
  await station.get(CallVisit).execute(relay.next(), { visitId });
  await tell();
  await settled(1);
  expect(sent()).toEqual(['13700000001 请浙G12345到JD。']);
  await until(async () => (await rows())[0].state === 'sent');
  expect((await rows()).map(({ recipient }) => recipient)).toEqual([`gate:${visitId}`]);
});

it('tells a carrier that its truck is to come to another station', async () => {
  await begin();
  const visitId = idOf('moved');
  const truck = truckOf('浙G12345');
  const visit = { visitId, stationCode: jindong, zoneId: zone, flow: 'into_zone' as const, truck, consignments: [] };
  const expectedAt = station.clock.now() + 3_600_000;
  await station.get(AnnounceVisit).execute(relay.next(), { ...visit, carrierId: carrier, expectedAt });
  const move = { stationCode: jindong, toStationCode: pujiang, visitIds: [visitId], reason: 'crowded' };
  for (const ends of [monday + 8 * 3_600_000, monday + 9 * 3_600_000])
    await station.get(MoveArrivals).execute(relay.next(), { ...move, until: ends });
  await tell();
  await settled(1);
  // Asked for twice it is told once.
  expect(sent()).toEqual(['13900000001 浙G12345的到站已改，请到PJ，此安排到16:00。']);
});

it('does not send a call that is over before it could be sent', async () => {
  await begin();
  sink.answer(503);
  await relay.arrive('1', 'G1', 'O1');
  await station.get(CallVisit).execute(relay.next(), { visitId: idOf('1'), bayCode: '1' });
  await tell();
  await until(async () => (await rows()).some(({ failure }) => failure === 'status'));
  await station.get(EndCall).execute(relay.next(), { visitId: idOf('1'), reason: 'withdrawn' });
  await tell();
  await until(async () => (await called()).state === 'overtaken');
  expect(await called()).toMatchObject({ failure: 'status' });
});

const called = async () => (await rows()).find(({ template }) => template === 'called_to_bay') ?? { state: 'missing' };

it('does not send a call again that was over while it was sent, and did not arrive', async () => {
  await begin();
  const held: ServerResponse[] = [];
  sink.answering = (response) => void held.push(response);
  await relay.arrive('1', 'G1', 'O1');
  await station.get(CallVisit).execute(relay.next(), { visitId: idOf('1'), bayCode: '1' });
  await tell();
  await settled(1);
  await station.get(EndCall).execute(relay.next(), { visitId: idOf('1'), reason: 'withdrawn' });
  await tell();
  sink.answer(200);
  held[0].writeHead(503).end();
  await until(async () => (await called()).state === 'overtaken');
  // He may have read it: that it is withdrawn is said all the same.
  await settled(2);
  station.clock.moveTo(station.clock.now() + 600_000);
  station.get(NoticeSender).look();
  await until(async () => (await rows()).every(({ state }) => state !== 'waiting'));
  expect(sent()).toEqual(['13800000001 请G1到JD 1号位。', '13800000001 G1在JD的叫号已撤回，请等候再次叫号。']);
});

it('tells who brought a truck, and its carrier, that there is no driver yet', async () => {
  await begin();
  await relay.arrive('1', 'G1', 'O1');
  await relay.check('1');
  await new ExceptionsSeen(station).wait(31);
  await tell();
  await settled(2);
  expect(sent().toSorted()).toEqual([
    '13800000001 G1在JD暂无接车司机，站点正在处理，请等候。',
    '13900000001 G1在JD暂无接车司机，站点正在处理，请等候。',
  ]);
});

it('tells who is to take a truck over, and its carrier, that it is on its way back', async () => {
  await begin();
  await relayDriver(station, 'R1');
  await relay.swap('1', 'G1', 'O1', 'R1');
  await relay.depart('1');
  const [opened] = await station.eventsOf('run.opened');
  const { runId, dueBackAt } = opened.data;
  await station.get(RecordRunStep).execute(relay.next(), { runId, step: 'left', enterpriseId: enterprise });
  await tell();
  await settled(2);
  const due = dueBackAt && new Date(Date.parse(dueBackAt) + 8 * 3_600_000).toISOString().slice(11, 16);
  expect(sent().toSorted()).toEqual([
    `13800000001 G1已从区内返程，应于${due}前回到JD，请接车司机到站。`,
    `13900000001 G1已从区内返程，应于${due}前回到JD，请接车司机到站。`,
  ]);
});

it('reaches nobody who has been erased since, and shows that', async () => {
  await begin();
  sink.answer(503);
  await relay.arrive('1', 'G1', 'O1');
  await relay.check('1');
  await new ExceptionsSeen(station).wait(31);
  await tell();
  await until(async () => (await rows()).every(({ failure }) => failure === 'status'));
  const personId = `carrier:${carrier}`;
  // The clock goes on only when he is gone: the next attempt must not come in between.
  await station.get(ErasePerson).execute(station.request('erasing'), { personId, reason: 'asked_for_it' });
  station.clock.moveTo(station.clock.now() + 60_000);
  await tell();
  await until(async () => (await rows()).some(({ state }) => state === 'failed'));
  const { items } = await station
    .get(Notices)
    .list({ areaCode: area }, Object.assign(new NoticesQuery(), { troubled: 'true' }));
  expect(items.find(({ recipient }) => recipient === personId)).toMatchObject({
    failure: 'no_recipient',
    channel: 'text',
    tries: 2,
  });
  expect((sink.bodies as { to: string }[]).filter(({ to }) => to === phones[personId])).toHaveLength(1);
});

it('tells nobody where nobody is to be told, and nothing of what was before', async () => {
  await begin(null);
  await relay.arrive('1', 'G1', 'O1');
  await station.get(CallVisit).execute(relay.next(), { visitId: idOf('1'), bayCode: '1' });
  await station.drain();
  station.clock.moveTo(station.clock.now() + 1_000);
  expect(await station.get(TellOfTrucks).fireDue()).toBe(0);
  const { database, clock } = station.ports;
  const book = new NoticeBook(database, 'station', clock, new SeededIds('other'));
  expect(await new TellOfTrucks(database, clock, book, {}).fireDue()).toBe(0);
  expect(await rows()).toEqual([]);
  expect(sink.messages).toEqual([]);
});
