import { ManualClock } from '@yizhan/kernel';
import { NoticeSender } from '@yizhan/notices';
import type { Database } from '@yizhan/persistence';
import { dispatchMigrations } from '../../apps/dispatch/src/dispatch.module.js';
import { DeliveriesRepository } from '../../apps/dispatch/src/delivery/deliveries.repository.js';
import { BatchesRepository } from '../../apps/dispatch/src/delivery/batches.repository.js';
import { TellOfEndpoints } from '../../apps/station/src/notices/tell-of-endpoints.js';
import { RecordPersonalData } from '../../apps/station/src/personal-data/record-personal-data.js';
import { carrier, openNetwork } from '../support/network.js';
import { monday, type RunningStation, startStation } from '../support/start-station.js';
import { until } from '../support/subscribing.js';
import { TextSink } from '../support/text-sink.js';

const hour = 3_600_000;
let sink: TextSink;
let station: RunningStation;
let dispatch: Database;

async function begin(migrations: Parameters<typeof startStation>[0] = {}): Promise<void> {
  sink = await TextSink.open();
  const text = { url: sink.url, body: { to: '{to}', text: '{text}' } };
  station = await startStation({ clock: new ManualClock(monday), notices: { text, trucks: {} }, ...migrations });
  await openNetwork(station);
  const changes = { phone: '13900000001', name: '张三' };
  const recorded = { personId: `carrier:${carrier}`, changes, writes: 'all' } as const;
  await station.get(RecordPersonalData).execute(station.request('phone'), recorded);
}
afterEach(async () => {
  await sink.close();
  await station.close();
});

const ids = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
  '00000000-0000-4000-8000-000000000003',
];

const subscribe = (id: string, carrierId: string | null) =>
  dispatch.rows(
    `INSERT INTO dispatch.subscriptions (subscription_id, carrier_id, url, filter, secret_sealed, secret_made_at, ordered, state,
       position, created_at, created_by, changed_at)
     VALUES ($1, $2, 'https://hooks.example.com/secret-path', '{}', '', now(), false, 'active', 0, now(), 'test', now())`,
    [id, carrierId],
  );

async function look(): Promise<void> {
  station.clock.moveTo(station.clock.now() + 30_000);
  await station.get(TellOfEndpoints).fireDue();
  station.get(NoticeSender).look();
}

const sent = () => (sink.bodies as { to: string; text: string }[]).map(({ to, text }) => `${to} ${text}`);

it('tells a carrier once that its endpoint is disabled, whether it is gone or has failed for a week, and nobody else', async () => {
  await begin({ migrations: [dispatchMigrations] });
  dispatch = await station.test.open('dispatch');
  const owners = [carrier, 'without-a-phone', null];
  for (const [index, id] of ids.entries()) await subscribe(id, owners[index] ?? null);
  const deliveries = new DeliveriesRepository(dispatch, new BatchesRepository(dispatch));
  for (const id of ids) await deliveries.disable({ id, version: 1 }, 'gone', 'it answered 410', station.clock.now());
  await look();
  await until(() => sink.messages.length === 1, 10);
  expect(sent()).toEqual([
    '13900000001 贵公司的事件接收地址答复不再接收，已于08:00停用推送。事件不会丢失，请登录驿站控制台“订阅”处理。',
  ]);
  await Promise.all([look(), look()]);
  // Taken up again, it fails for good.
  await dispatch.rows(
    `UPDATE dispatch.subscriptions SET state = 'active', disabled_reason = NULL WHERE subscription_id = $1`,
    [ids[0]],
  );
  await look();
  const week = { id: ids[0] ?? '', version: 2 };
  await deliveries.disable(week, 'failing', 'nothing for a week', station.clock.now() + hour);
  await look();
  await until(() => sink.messages.length === 2, 10);
  expect(sent()[1]).toContain('连续一周未能接收，已于09:0');
  // Whoever looks after a day has been told, or sees it in the console.
  station.clock.moveTo(monday + 60 * hour);
  await dispatch.rows(`UPDATE dispatch.subscriptions SET carrier_id = $1 WHERE subscription_id = $2`, [
    carrier,
    ids[1],
  ]);
  await look();
  const rows = await station.database.rows('SELECT about, recipient, area_code FROM station.notices ORDER BY made_at');
  const row = { about: `subscription/${ids[0]}`, recipient: `carrier:${carrier}`, area_code: '' };
  expect(rows).toEqual([row, row]);
});

it('does nothing where dispatch has nothing to show yet, and sees nothing of a subscription but whose it is', async () => {
  await begin();
  expect(await station.get(TellOfEndpoints).fireDue()).toBe(0);
  await station.close();
  await sink.close();
  await begin({ migrations: [dispatchMigrations] });
  for (const sql of ['SELECT url FROM dispatch.subscriptions', 'SELECT 1 FROM dispatch.deliveries'])
    await expect(station.database.rows(sql)).rejects.toMatchObject({ code: '42501' });
  expect(await station.database.rows('SELECT * FROM dispatch.disabled_endpoints')).toEqual([]);
});
