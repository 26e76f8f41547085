import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { verifyWebhook } from '@yizhan/client';
import { until } from '../support/subscribing.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import { faultsOf } from './support/axe.js';
import { photograph, sizes } from './support/photograph.js';
import { ConsoleWorld, password, signInWithPassword } from './support/console-world.js';

const accountId = 'carrier:one';
const keyed = () => ({ 'Idempotency-Key': randomUUID() });

let world: ConsoleWorld | undefined;
let receiver: WebhookReceiver | undefined;

beforeAll(async () => {
  world = await ConsoleWorld.open({ YIZHAN_WEBHOOK_NETWORKS: '127.0.0.0/8' });
  receiver = await WebhookReceiver.open();
  const account = { accountId, role: 'carrier' as const, carrierId: 'carrier-01' };
  await world.administrator.accounts.create({ headers: keyed(), body: account });
  await world.administrator.accounts.setPassword({ headers: keyed(), path: { accountId }, body: { password } });
  await announce('浙G10001', 'carrier-01');
  await announce('浙G20002', 'carrier-02');
}, 300_000);

afterAll(async () => {
  await receiver?.close();
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
  await world?.close();
});

async function announce(plate: string, carrierId: string): Promise<void> {
  const body = {
    visitId: randomUUID(),
    stationCode: 'jindong',
    zoneId: 'yiwu',
    flow: 'into_zone',
    carrierId,
    truck: { plate, plateColour: 'yellow', licenceRequired: 'B2' },
    expectedAt: new Date(Date.now() + 3_600_000).toISOString(),
  } as const;
  await world!.administrator.visits.announce({ headers: keyed(), body: { ...body, consignments: [] } });
}

it('a carrier sees its own trucks, and the life of one', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, accountId);
  await page.waitForURL(/\/carrier$/);
  await page.getByText('浙G·10001').click();
  await page.getByRole('heading', { name: /金东中转站 \(jindong\) · 预报未到/ }).waitFor();
  await page.locator('.carrier-history').getByText('预报', { exact: true }).waitFor();
  await page.getByRole('link', { name: '我的车辆' }).first().click();
  await page.getByText('浙G·10001').waitFor();
  expect(await page.getByText('浙G·20002').count()).toBe(0);
  await page.getByRole('textbox', { name: '按车牌查找' }).fill('9');
  await page.getByText('这里没有您的车辆。').waitFor();
  await context.close();
}, 120_000);

it('a carrier sees where its truck is inside, and says who takes it back', async () => {
  const api = world!.administrator;
  const [plate, runId] = ['浙G10009', randomUUID()];
  const truck = { plate, plateColour: 'yellow', licenceRequired: 'B2' } as const;
  const registered = { ...truck, areaCode: 'yiwu', carrierId: 'carrier-01', baseZoneId: 'yiwu' };
  await api.trucks.register({ headers: keyed(), body: registered });
  const begins = { runId, dueBackAt: new Date(Date.now() + 3_600_000).toISOString() };
  const from = { kind: 'enterprise', id: 'enterprise-01' } as const;
  const handed = { from, to: { kind: 'driver', id: 'relay-0001' }, place: from.id, reason: 'starts_inside' } as const;
  await api.trucks.moveCustody({ headers: keyed(), path: { plate }, body: { ...handed, items: [], run: begins } });
  const step = { step: 'loaded', enterpriseId: from.id } as const;
  await api.runs.recordStep({ headers: keyed(), path: { runId }, body: step });

  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, accountId);
  const line = page.locator('.carrier-line', { hasText: '浙G·10009' });
  await line.getByText('出区往返 · 已装货 enterprise-01').waitFor();
  await line.getByText('应于', { exact: false }).waitFor();
  await line.click();
  await page.getByText('还没有指定接回的司机。').waitFor();
  await page.getByLabel('接回的司机').fill('nobody');
  await page.getByRole('button', { name: '保存接回安排' }).click();
  await page.getByText('系统里没有这位司机。').waitFor();
  await page.getByLabel('接回的司机').fill('');
  await page.getByRole('button', { name: '在中转站等候' }).click();
  await page.getByRole('button', { name: '保存接回安排' }).click();
  await until(async () => (await api.runs.read({ path: { runId } })).wait === 'station', 30);
  await context.close();
}, 120_000);

it('a carrier subscribes, proves, tests, is told, has it told again, rotates, pauses and ends it', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, accountId);
  await page.getByRole('link', { name: '订阅' }).click();
  await page.getByRole('button', { name: '新建订阅' }).click();
  await page.getByLabel('接收地址').fill('http://10.1.2.3/hooks');
  await page.getByRole('button', { name: '订阅', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('接收地址').fill(receiver!.url);
  await page.getByLabel('只要这些事件').fill('yizhan.visit.*');
  await page.getByText('更多：').click();
  await page.getByLabel('只要这些车辆').fill('浙G10003');
  await page.getByLabel('每秒上限').fill('50');
  await page.getByRole('button', { name: '订阅', exact: true }).click();
  const secret = (await page.locator('.secret code').textContent()) ?? '';
  expect(secret).toMatch(/^whsec_/);
  await page.getByRole('link', { name: /下一步/ }).click();

  await page.getByText('待验证', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: '验证接收地址' }).click();
  await page.locator('.badge', { hasText: '启用' }).waitFor();
  // Nobody is showered with messages: the next one is a moment later.
  await page.waitForTimeout(2_100);
  await page.getByRole('button', { name: '发送测试' }).click();
  await page.locator('.attempt').getByText('已收下').waitFor();
  expect(receiver!.probes).toHaveLength(2);

  const facts = page.locator('.carrier-facts');
  await facts.getByText('浙G10003').waitFor();
  await facts.getByText('50', { exact: true }).waitFor();
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.getByLabel('自定义请求头').fill('x-tenant: shunfa');
  await page.getByLabel('每秒上限').fill('');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await facts.getByText('x-tenant').waitFor();
  expect(await facts.getByText('每秒上限').count()).toBe(0);

  await announce('浙G10004', 'carrier-01');
  await announce('浙G10003', 'carrier-01');
  await announce('浙G20004', 'carrier-02');
  const delivery = page.locator('.delivery').first();
  await delivery.getByText('已送达').waitFor();
  expect(receiver!.messages).toHaveLength(1);
  const [message] = receiver!.messages;
  expect(message.headers['x-tenant']).toBe('shunfa');
  const { body } = await verifyWebhook(message, secret);
  expect(JSON.parse(body)).toMatchObject({ type: 'yizhan.visit.announced.v1', data: { truck: { plate: '浙G10003' } } });
  await delivery.getByText('1 次尝试').click();
  await delivery.locator('.attempt', { hasText: '204' }).waitFor();
  await delivery.getByRole('button', { name: '重新发送' }).click();
  await until(() => receiver!.messages.length === 2, 60);
  const ids = receiver!.messages.map(({ headers }) => headers['webhook-id']);
  expect(ids[1]).toBe(ids[0]);

  await page.getByRole('button', { name: '更换密钥，旧密钥保留一天' }).click();
  await page.locator('.secret code').waitFor();
  expect(await page.locator('.secret code').textContent()).not.toBe(secret);
  await page.reload();
  await page.getByText('更换了密钥').waitFor();
  expect(await page.locator('.secret').count()).toBe(0);
  expect(await page.content()).not.toContain('whsec_');

  await page.getByRole('button', { name: '暂停', exact: true }).click();
  await page.locator('.badge', { hasText: '已暂停' }).waitFor();
  await page.getByRole('button', { name: '从中断处继续' }).click();
  await page.locator('.badge', { hasText: '启用' }).waitFor();
  await page.getByRole('button', { name: '删除' }).click();
  await page.getByRole('button', { name: '再点一次：永久删除' }).click();
  await page.getByText('还没有订阅。').waitFor();
  await context.close();
}, 180_000);

it('a carrier agrees beforehand, and revokes it', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, accountId);
  await page.getByRole('link', { name: '同意' }).click();
  await page.getByText('没有生效的同意').waitFor();
  await page.getByRole('button', { name: '事先同意' }).click();
  await page.getByRole('button', { name: '一辆车' }).click();
  await page.getByLabel('车牌（您自己的车辆）').fill('浙G20002');
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('车牌（您自己的车辆）').fill('浙G10001');
  await page.getByRole('button', { name: '同意', exact: true }).click();
  const line = page.locator('.carrier-list .panel', { hasText: '浙G10001' });
  await line.getByText('生效').waitFor();
  await line.getByText(`${accountId} 于`, { exact: false }).waitFor();
  await line.getByRole('button', { name: '撤销' }).click();
  await line.getByRole('button', { name: '再点一次：撤销' }).click();
  await page.getByText('没有生效的同意').waitFor();
  await page.getByRole('button', { name: '显示已失效的 1 份' }).click();
  await line.getByText('已撤销').waitFor();
  await context.close();
}, 120_000);

it('a carrier lets a system of its own in with a key, sees when it was there, and shuts it out', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, accountId);
  await page.getByRole('link', { name: 'API 密钥' }).click();
  await page.getByText('还没有任何系统持有密钥').waitFor();
  await page.getByRole('button', { name: '新建密钥' }).click();
  await page.getByLabel('给哪个系统用').fill('a/b');
  await page.getByRole('button', { name: '生成密钥' }).click();
  await page.getByText('名称过长，或含有斜杠').waitFor();
  await page.getByLabel('给哪个系统用').fill('tms');
  await page.getByRole('button', { name: '生成密钥' }).click();
  const key = (await page.locator('.secret code').textContent()) ?? '';
  expect(key).toMatch(/^yz_/);
  const line = page.locator('.carrier-list .panel', { hasText: 'tms' });
  await line.getByText('从未使用').waitFor();
  const events = `${world!.product.address}/api/v1/events?limit=200`;
  const asking = { headers: { authorization: `Bearer ${key}` } };
  const answer = await fetch(events, asking);
  const { events: told } = (await answer.json()) as { events: { carrierid: string }[] };
  expect(new Set(told.map(({ carrierid }) => carrierid))).toEqual(new Set(['carrier-01']));
  await line.getByText('最近使用').waitFor();
  const stream = await fetch(`${world!.product.address}/api/v1/events/stream`, asking);
  await line.getByRole('button', { name: '吊销' }).click();
  await line.getByRole('button', { name: '再点一次：立即吊销' }).click();
  await line.getByText('已吊销').waitFor();
  // It ends by itself: what it was let in with is looked at again.
  for await (const part of stream.body ?? []) expect(part).toBeDefined();
  expect((await fetch(events, asking)).status).toBe(401);
  await context.close();
}, 120_000);

it('a carrier reads its waiting statement, and has it as CSV and as Excel', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, accountId);
  await page.getByRole('link', { name: '等待对账单' }).click();
  await page.getByText('当天没有您的车辆离站。').waitFor();
  const heads: Record<string, string> = {};
  for (const [button, end] of [
    ['下载 CSV', 'csv'],
    ['下载 Excel', 'xlsx'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^waits-carrier-01-\\d{4}-\\d\\d-\\d\\d\\.${end}$`));
    heads[end] = readFileSync(await download.path())
      .subarray(0, 3)
      .toString('latin1');
  }
  // A byte order mark, without which Excel takes Chinese for something else; and a zip.
  expect(heads).toEqual({ csv: '\u00ef\u00bb\u00bf', xlsx: 'PK\u0003' });
  await context.close();
}, 120_000);

it('a carrier asks a time again, sees how far that is, its usage, and why an attempt failed in its own language', async () => {
  const api = world!.administrator;
  const refusing = await WebhookReceiver.open();
  const asked = { url: refusing.url, carrierId: 'carrier-01' };
  const { subscriptionId } = await api.subscriptions.create({ headers: keyed(), body: asked });
  await api.subscriptionSteps.prove({ headers: keyed(), path: { subscriptionId } });
  await refusing.close();
  await announce('浙G10006', 'carrier-01');
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, accountId);
  await page.goto(`/carrier/subscriptions/${subscriptionId}`);
  await page.locator('.delivery').first().getByText('次尝试').click();
  await page.locator('.attempt').first().getByText('连接被拒绝').waitFor();
  await page.getByRole('button', { name: '请求补发' }).click();
  await page.getByRole('button', { name: '全部重发' }).click();
  await page.getByRole('button', { name: '开始补发' }).click();
  await page.locator('.replay', { hasText: '已完成' }).waitFor();
  await page.locator('.replay', { hasText: '已安排' }).waitFor();
  await page.getByRole('link', { name: '用量' }).click();
  const table = page.locator('section.panel', { hasText: asked.url }).locator('table');
  await table.locator('tbody tr').first().waitFor();
  expect(await table.locator('tbody tr').count()).toBe(14);
  expect(Number(await table.locator('tfoot td').nth(3).textContent())).toBeGreaterThan(0);
  await api.subscriptions.delete({ headers: keyed(), path: { subscriptionId } });
  await context.close();
}, 180_000);

it('a carrier looks an event up, with its fields and an example', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, accountId);
  await page.getByRole('link', { name: '事件目录' }).click();
  await page.getByLabel('按类型或含义查找').fill('handoff.completed');
  const entry = page.locator('.carrier-list .panel');
  await entry.getByText('三方签字', { exact: false }).waitFor();
  await entry.getByText(/个字段/).click();
  await entry.getByText('odometerKm', { exact: true }).waitFor();
  await entry.getByText(/· km ·/).waitFor();
  await entry.getByText('示例').click();
  await entry.locator('pre', { hasText: '"yizhan.handoff.completed.v1"' }).waitFor();
  expect(await entry.count()).toBe(1);
  await context.close();
}, 120_000);

it('no page of a carrier has a serious fault of accessibility, in both languages and three sizes', async () => {
  const api = world!.administrator;
  const body = { url: receiver!.url, carrierId: 'carrier-01' };
  const { subscriptionId } = await api.subscriptions.create({ headers: keyed(), body });
  await api.subscriptionSteps.prove({ headers: keyed(), path: { subscriptionId } });
  await announce('浙G10005', 'carrier-01');
  const pages = [
    ['carrier', '/carrier', '.carrier-line'],
    ['carrier-truck', `/carrier/trucks/${encodeURIComponent('浙G10001')}`, '.carrier-history li'],
    ['carrier-truck-inside', `/carrier/trucks/${encodeURIComponent('浙G10009')}`, '#run-driver'],
    ['carrier-consents', '/carrier/consents', 'section > .ant-btn-primary'],
    ['carrier-keys', '/carrier/keys', '.carrier-list li'],
    ['carrier-waits', '/carrier/waits', '.empty'],
    ['carrier-usage', '/carrier/usage', '.carrier-table'],
    ['carrier-events', '/carrier/events', '.carrier-list details'],
    ['carrier-subscriptions', '/carrier/subscriptions', '.carrier-line'],
    ['carrier-subscription', `/carrier/subscriptions/${subscriptionId}`, '.delivery'],
  ] as const;
  const faults: Record<string, string[]> = {};
  for (const language of ['zh-CN', 'en'] as const) {
    for (const [size, [width, height]] of Object.entries(sizes)) {
      const { context, page } = await world!.browser.device({ width, height, isDark: language === 'en' });
      await signInWithPassword(page, accountId);
      await page.evaluate(`localStorage.setItem('yizhan.language', '${language}')`);
      for (const [name, path, sign] of pages) {
        await page.goto(path);
        await page.locator(sign).first().waitFor();
        if (/subscriptions$|consents$/.test(path)) await page.locator('section > .ant-btn-primary').click();
        if (path.endsWith('/subscriptions')) await page.locator('details > summary').click();
        if (path.endsWith(subscriptionId)) await page.locator('section > .ant-btn').first().click();
        await page.waitForTimeout(300);
        await photograph(page, `${name}.${language}.${size}`);
        const found = await faultsOf(page);
        if (found.length > 0) faults[`${name} ${language} ${size}`] = found;
      }
      await context.close();
    }
  }
  expect(faults).toEqual({});
}, 480_000);
