import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import excel from 'exceljs';
import type { Locator, Page } from 'playwright-core';
import { isQuiet } from '../../apps/command-centre/src/alerts/quiet-hours.js';
import { TextSink } from '../support/text-sink.js';
import { ConsoleWorld, password, signIn, signInWithPassword } from './support/console-world.js';
import { photograph } from './support/photograph.js';
import { sayCapacity } from './support/said-capacity.js';
import { type Shown, showTrucks } from './support/shown-trucks.js';

let world: ConsoleWorld | undefined;
let shown: Shown;
let sink: TextSink;
const folder = mkdtempSync(join(tmpdir(), 'notices-'));
const keyed = () => ({ 'Idempotency-Key': randomUUID() });
/** An area is looked at once a minute. */
const untilNextLook = 100_000;

beforeAll(async () => {
  sink = await TextSink.open();
  sink.answer(503);
  const notices = {
    text: { url: sink.url, body: { to: '{to}', text: '{text}' } },
    duties: [{ name: 'room', texts: ['13800138000'] }],
  };
  const file = join(folder, 'notices.json');
  writeFileSync(file, JSON.stringify(notices), { mode: 0o600 });
  world = await ConsoleWorld.open({ YIZHAN_NOTICES_FILE: file });
  shown = await showTrucks(world);
  const account = { accountId: 'command_centre:zhang', role: 'command_centre' as const, areas: ['yiwu'] };
  await world.administrator.accounts.create({ headers: keyed(), body: account });
  await world.administrator.accounts.setPassword({
    headers: keyed(),
    path: { accountId: account.accountId },
    body: { password },
  });
}, 300_000);

afterAll(async () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
  await world?.close();
  await sink.close();
  rmSync(folder, { recursive: true });
});

const alertOf = (page: Page) => page.locator('.centre-alert', { hasText: '准驾车型无司机' });

/** Who is on duty was to be told: at once, where the gateway takes it; at night in the morning, as it is not critical. */
async function toldOf(page: Page): Promise<void> {
  const panel = page.locator('.centre-notices');
  const told = panel.locator('.centre-notice', { hasText: '准驾车型无司机 A1' }).first();
  const all = panel.getByRole('button', { name: '全部', exact: true });
  if (isQuiet('warn', Date.now())) {
    await all.click();
    await told.getByText('待发送').waitFor();
    expect(sink.bodies).toEqual([]);
    return;
  }
  await told.getByText('网关返回错误状态').waitFor();
  await told.getByText('短信 → duty/room/1').waitFor();
  sink.answer(200);
  await panel.getByText('没有未送达的消息。').waitFor({ timeout: untilNextLook });
  await all.click();
  await told.getByText('已发送').waitFor();
  expect(sink.bodies).toContainEqual({
    to: '13800138000',
    text: expect.stringContaining('准驾车型无司机 A1') as string,
  });
}

/** A case is opened for an alert, taken, written about and handed to somebody else. @returns its line. */
async function caseOf(page: Page, alert: Locator): Promise<Locator> {
  await alert.getByRole('button', { name: '立案' }).click();
  await alert.locator('button[type=submit]', { hasText: '立案' }).click();
  const one = page.locator('.centre-cases li', { hasText: '准驾车型无司机' });
  await one.getByText('待接办').waitFor();
  await alert.getByText('已立案').waitFor();
  expect(await alert.getByRole('button', { name: '立案' }).count()).toBe(0);
  await one.getByRole('button', { name: '查看经过与办理' }).click();
  await one.getByRole('button', { name: '我来接办' }).click();
  await one.getByText('办理中').waitFor();
  await one.getByRole('button', { name: '写记录' }).click();
  await one.getByLabel('记录', { exact: true }).fill('已请金华支援一名 A1 司机');
  await one.locator('button[type=submit]').click();
  await one.locator('.case-note', { hasText: '已请金华支援一名 A1 司机' }).waitFor();
  await one.getByRole('button', { name: '移交' }).click();
  await one.getByLabel('移交给').fill('yiwu');
  await page.keyboard.press('Enter');
  await one.getByLabel('指定经办人（账号，可不填）').fill('command_centre:li');
  await one.locator('button[type=submit]').click();
  await one.getByText('→ yiwu · command_centre:li').waitFor();
  await photograph(page, 'centre-cases');
  // Whoever would close it is told that what it is about has not ended.
  await one.getByRole('button', { name: '办结', exact: true }).click();
  await one.getByText('起因仍在').waitFor();
  await one.getByRole('button', { name: '暂不' }).click();
  return one;
}

/** Its cause is gone by itself, which somebody says. */
async function closeCase(page: Page, one: Locator): Promise<void> {
  await one.getByText('起因已消除').waitFor();
  await one.getByRole('button', { name: '查看经过与办理' }).click();
  await one.getByRole('button', { name: '办结', exact: true }).click();
  await one.getByLabel('结果').click();
  await page.getByTitle('起因自行消除').click();
  await one.locator('button[type=submit]').click();
  await one.waitFor({ state: 'detached' });
  await page.locator('.centre-cases').getByRole('button', { name: '已办结' }).click();
  await one.getByText('起因自行消除').waitFor();
}

/** What is of the whole area stays, and what no county has is not shown as none. Who is on duty is shown by side. */
async function lookAtOneCounty(page: Page): Promise<void> {
  const underWay = page.locator('.centre-figures div', { hasText: '往返 过应返时间 / 在途' }).locator('dd');
  expect(await underWay.textContent()).toMatch(/^\d+ \/ \d+$/);
  const drivers = page.getByRole('region', { name: '在岗司机' });
  const inside = drivers.getByRole('row', { name: /区内/ }).locator('td');
  const [onDuty = '', idle = '', , , left = ''] = await inside.allTextContents();
  expect(Number(onDuty)).toBeGreaterThan(0);
  expect(Number(idle)).toBeGreaterThan(0);
  expect(left).toMatch(/^\d+:\d\d$/);
  await page.getByLabel('区县').click();
  await page.getByTitle('区县 330726').click();
  await underWay.getByText('–', { exact: true }).waitFor();
  await alertOf(page).waitFor();
  await photograph(page, 'centre-county');
}

it('shows an alert once, whose it is when somebody takes it, and drops it when its cause is gone', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, 'command_centre:zhang');
  await page.getByRole('link', { name: /指挥中心/ }).click();
  // Nobody of the scenario holds the licence that one of the trucks needs.
  const alert = alertOf(page);
  await alert.waitFor({ timeout: untilNextLook });
  expect(await alert.count()).toBe(1);
  await alert.getByText('准驾 A1').waitFor();
  await alert.getByRole('button', { name: '我来处理' }).click();
  await alert.getByText('command_centre:zhang 处理中').waitFor();
  expect(await alert.getByRole('button', { name: '我来处理' }).count()).toBe(0);

  await toldOf(page);
  const one = await caseOf(page, alert);

  const other = await world!.browser.device();
  await signInWithPassword(other.page, 'administrator:first');
  await other.page.goto('/centre/yiwu');
  await alertOf(other.page).getByText('command_centre:zhang 处理中').waitFor();
  await alertOf(other.page).getByText('已立案').waitFor();
  const seen = other.page.locator('.centre-cases li', { hasText: '准驾车型无司机' });
  await seen.getByRole('button', { name: '查看经过与办理' }).click();
  await seen.getByText('已请金华支援一名 A1 司机').waitFor();
  await lookAtOneCounty(other.page);

  await alert.getByRole('link', { name: '浙G·10002' }).click();
  await page.getByRole('heading', { name: '浙G·10002' }).waitFor();
  await page.goBack();
  const depart = { outcome: 'turned_away' as const };
  await world!.administrator.visits.depart({ headers: keyed(), path: { visitId: shown.waiting }, body: depart });
  await alert.waitFor({ state: 'detached', timeout: untilNextLook });
  const { items } = await world!.administrator.alerts.list({
    path: { areaCode: 'yiwu' },
    query: { rule: 'no_drivers' },
  });
  expect(items.map(({ key, state }) => [key, state])).toEqual([['no_drivers/A1', 'resolved']]);
  await closeCase(page, one);
  // The other one sees it go.
  await seen.waitFor({ state: 'detached' });
  await context.close();
  await other.context.close();
}, 300_000);

it('leads from the area to a station and to one truck, by sorting and filtering', async () => {
  const { context, page } = await world!.browser.device({ width: 1600, height: 1000 });
  await signInWithPassword(page, 'command_centre:zhang');
  await page.goto('/centre/yiwu');
  const rows = page.locator('section', { has: page.locator('#centre-stations') }).locator('tbody tr');
  await rows.nth(2).waitFor();
  const names = async () => (await rows.locator('th').allTextContents()).map((name) => name.trim());
  // Who waits longest stands first.
  const [first] = await names();
  expect(first).toContain('金东');
  await page.getByRole('button', { name: '站点', exact: true }).click();
  const byName = await names();
  expect(byName).toEqual(byName.toSorted((a, b) => a.localeCompare(b)));
  await page.getByRole('textbox', { name: '按站名查找' }).fill('jindong');
  await expect(rows.count()).resolves.toBe(1);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  const saved = await saving;
  const text = readFileSync(await saved.path(), 'utf8');
  expect(text.startsWith('\ufeff')).toBe(true);
  const [head, ...lines] = parse(text, { bom: true });
  expect(head.slice(0, 3)).toEqual(['站点编码', '站点', '状态']);
  expect(lines.map(([code, , status]) => [code, status])).toEqual([['jindong', '开放']]);
  const savingAgain = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 Excel' }).click();
  const workbook = new excel.Workbook();
  await workbook.xlsx.readFile(await (await savingAgain).path());
  const cells = [1, 2].map((row) => workbook.worksheets[0]?.getRow(row).values as unknown[]);
  expect(cells.map(([, code, , status]) => [code, status])).toEqual([
    ['站点编码', '状态'],
    ['jindong', '开放'],
  ]);

  await rows.getByRole('link').click();
  await page.waitForURL(/centre\/yiwu\/station\/jindong/);
  await page.getByText('浙G·10001').click();
  await page.getByRole('heading', { name: '浙G·10001' }).waitFor();
  // What it may do of it, and nothing that is the station's; the way back is the one that it came.
  const steps = page.locator('.other-steps').getByRole('button');
  await steps.first().waitFor();
  await expect(steps.allTextContents()).resolves.toEqual(['暂不放行']);
  for (const name of ['撤销这条', '更正所需驾照', '提交查验'])
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  await page.getByRole('link', { name: /本站车辆/ }).click();
  await page.waitForURL(/centre\/yiwu\/station\/jindong/);
  await context.close();
}, 120_000);

it('draws the flow, and has the same as a table', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, 'command_centre:zhang');
  await page.goto('/centre/yiwu');
  const flow = page.locator('.centre-flow');
  // A bar of the arrivals into the zone; hours without any have none that is seen.
  await flow.locator('svg path[fill="#0b6b54"]:visible').first().waitFor();
  await flow.getByText('以表格查看').click();
  const arrived = flow.locator('tbody tr td:nth-of-type(1)');
  await arrived.nth(23).waitFor();
  const total = (await arrived.allTextContents()).reduce((sum, count) => sum + Number(count), 0);
  expect(String(total)).toBe(
    await page.locator('.centre-figures div', { hasText: '进区到站' }).locator('dd').textContent(),
  );
  expect(total).toBe(7);
  await context.close();
}, 120_000);

it('shows what enterprises keep up, each source apart, and which truck stops which line', async () => {
  await sayCapacity(world!);
  const { context, page } = await world!.browser.device({ width: 1600, height: 1000 });
  await signInWithPassword(page, 'command_centre:zhang');
  await page.goto('/centre/yiwu');
  const capacity = page.locator('.centre-capacity');
  // 62.5 % of the one, and the other as large says nothing.
  await capacity.locator('.capacity-reported').getByText('31.3%').waitFor();
  await capacity.locator('.capacity-reported').getByText('覆盖 1 / 2 家').waitFor();
  await capacity.locator('.capacity-electricity dd', { hasText: /^40%/ }).waitFor();
  await capacity.locator('.capacity-flow dd', { hasText: /^–/ }).waitFor();
  expect(await capacity.locator('tbody tr').first().textContent()).toContain('区县 330782');
  const line = page.locator('.line-stops li');
  await line.getByText('浙G33333').waitFor();
  expect(await line.textContent()).toMatch(/ \(enterprise-01\)（parts）.*优先级 8/s);
  await page.goto('/centre/yiwu/screen');
  await page.locator('.screen-side .line-stops').getByText('浙G33333').waitFor();
  await page.goto('/centre/screen');
  await page.locator('.capacity-reported').getByText('31.3%').waitFor();
  await page.locator('.place').first().click();
  await page.waitForURL(/centre\/yiwu\/screen/);
  await context.close();
}, 120_000);

it('shows the report of a day or a week as it is printed, and has it as files', async () => {
  const { context, page } = await world!.browser.device({ width: 1280, height: 1000 });
  await signInWithPassword(page, 'command_centre:zhang');
  await page.goto('/centre/yiwu');
  await page.getByRole('link', { name: '日报周报' }).click();
  const paper = page.frameLocator('.centre-paper');
  await paper.getByRole('heading', { name: '指挥中心日报 · yiwu' }).waitFor();
  await page.getByLabel('日期').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
  await paper.getByText('本时段尚未结束').waitFor();
  const arrived = paper
    .getByRole('row', { name: /^到站车次 · 进区/ })
    .getByRole('cell')
    .nth(1);
  const { figures } = await world!.administrator.board.board({ path: { areaCode: 'yiwu' } });
  const counted = figures.find(({ kpi, flow }) => kpi === 'arrivals' && flow === 'into_zone')?.count;
  expect(counted).toBeGreaterThan(0);
  expect(await arrived.textContent()).toBe(String(counted));
  const isDrawn = `document.querySelector('.centre-paper').contentDocument.images[0].naturalWidth > 0`;
  expect(await page.evaluate(isDrawn)).toBe(true);
  await photograph(page, 'centre-report');
  await page.getByLabel('时段').click();
  await page.getByTitle('一周').click();
  await paper.getByRole('heading', { name: '指挥中心周报 · yiwu' }).waitFor();
  const begins: Readonly<Record<string, string>> = {
    '下载 PDF': '%PDF-',
    '下载 Excel': 'PK',
    '导出 CSV': '\ufeff代码',
  };
  for (const [name, content] of Object.entries(begins)) {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const file = readFileSync(await (await saving).path());
    expect([name, file.subarray(0, 20).toString().startsWith(content)]).toEqual([name, true]);
  }
  await context.close();
}, 120_000);

it.each([
  [1920, 1080],
  [3840, 2160],
  [3840, 1080],
])(
  'fills a wall of %d × %d with one sheet, every station on it',
  async (width, height) => {
    const { context, page } = await world!.browser.device({ width, height });
    await signInWithPassword(page, 'command_centre:zhang');
    await page.goto('/centre/yiwu/screen');
    await page.locator('.place').nth(2).waitFor();
    await page.locator('.screen-days').waitFor();
    const sheet = await page.evaluate<{ isCut: boolean; size: number }>(`(() => {
    const sheet = document.querySelector('.screen');
    return {
      isCut: sheet.scrollHeight > sheet.clientHeight || sheet.scrollWidth > sheet.clientWidth,
      size: Math.round(parseFloat(getComputedStyle(sheet).fontSize)),
    };
  })()`);
    expect(sheet).toEqual({ isCut: false, size: 24 * Math.min(width / 1920, height / 1080) });
    await page.locator('.place').first().click();
    await page.waitForURL(/centre\/yiwu\/station\//);
    await context.close();
  },
  120_000,
);

it('lends a driver to another area, which takes him in and gives him back; what it would do is said before', async () => {
  const api = world!.administrator;
  const location = { latitude: 29.14, longitude: 118.41 };
  await api.areas.create({ headers: keyed(), body: { areaCode: 'quzhou', name: '衢州' } });
  const opened = { stationCode: 'kaihua', areaCode: 'quzhou', countyCode: '330824', name: '开化', location };
  await api.stations.open({ headers: keyed(), body: { ...opened, bays: ['1'], zoneIds: ['yiwu'] } });
  await api.zones.share({ headers: keyed(), path: { zoneId: 'yiwu' }, body: { areaCode: 'quzhou' } });
  const driverId = 'relay-0001';
  const poolOf = async () => (await api.drivers.read({ path: { driverId } })).areaCode;

  const here = await world!.browser.device();
  await signInWithPassword(here.page, 'command_centre:zhang');
  await here.page.goto('/centre/yiwu');
  const lending = here.page.locator('.centre-lending');
  await lending.getByRole('button', { name: '借司机给另一调度区' }).click();
  await lending.getByLabel('司机', { exact: true }).fill(driverId);
  await here.page.keyboard.press('Enter');
  for (const area of ['(yiwu)', '衢州 (quzhou)']) await lending.getByText(`${area}：等得更久的车`).waitFor();
  await lending.getByRole('button', { name: '提出借出' }).click();
  const loan = lending.locator('li', { hasText: driverId });
  await loan.getByText('已提出').waitFor();

  const there = await world!.browser.device();
  await signInWithPassword(there.page, 'administrator:first');
  await there.page.goto('/centre/quzhou');
  const borrowed = there.page.locator('.centre-lending li', { hasText: driverId });
  await borrowed.getByText('衢州 (quzhou)：等得更久的车').waitFor();
  await borrowed.getByRole('button', { name: '接受' }).click();
  await borrowed.getByText('已接受，前往中').waitFor();
  expect(await poolOf()).toBe('yiwu');
  await borrowed.getByRole('button', { name: '已来报到' }).click();
  await borrowed.getByText('现属 衢州 (quzhou) 的司机池').waitFor();
  expect(await poolOf()).toBe('quzhou');
  await loan.getByText('现属 衢州 (quzhou) 的司机池').waitFor();
  await loan.getByRole('button', { name: '结束借调' }).click();
  await loan.getByRole('button', { name: '已回' }).click();
  await loan.waitFor({ state: 'detached' });
  expect(await poolOf()).toBe('yiwu');
  await here.context.close();
  await there.context.close();
}, 120_000);

it('suspends a station and lets it go on; which trucks would wait is said before', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, 'command_centre:zhang');
  await page.goto('/centre/yiwu');
  const lever = page.locator('section', { has: page.locator('#centre-stations-lever') });
  const take = async (step: string): Promise<void> => {
    await lever.getByRole('button', { name: '改变站点状态' }).click();
    await lever.getByLabel('站点', { exact: true }).fill('pujiang');
    await page.keyboard.press('Enter');
    await lever.getByRole('group', { name: '操作' }).getByRole('button', { name: step }).click();
    await lever.getByText('本站：等司机 0 辆').waitFor();
    await lever.locator('button[type=submit]').click();
    await lever.getByRole('button', { name: '改变站点状态' }).waitFor();
  };
  const stateOf = async () => (await world!.administrator.stations.read({ path: { stationCode: 'pujiang' } })).state;
  await take('暂停');
  expect(await stateOf()).toBe('suspended');
  await take('恢复');
  expect(await stateOf()).toBe('open');
  await context.close();
}, 120_000);

it('throttles a lane and lifts it; who would wait, and for how long, is said before', async () => {
  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, 'command_centre:zhang');
  await page.goto('/centre/yiwu');
  const panel = page.locator('.centre-throttles');
  await panel.getByRole('button', { name: '对一条线路限流' }).click();
  await panel.getByLabel('每小时最多几辆').fill('-3');
  await panel.getByText('应为 0 到 1000 的整数。').waitFor();
  expect(await panel.locator('button[type=submit]').isDisabled()).toBe(true);
  await panel.getByLabel('每小时最多几辆').fill('6');
  await panel.getByRole('group', { name: '多久' }).getByRole('button', { name: '4 小时' }).click();
  await panel.getByText('(yiwu)：等得更久的车').waitFor();
  await panel.getByText('优先级 8 及以上不受限。').waitFor();
  await panel.locator('button[type=submit]').click();
  const line = panel.locator('li', { hasText: '每小时最多 6 辆' });
  await line.getByText('全部站点').waitFor();
  const standing = async () =>
    (await world!.administrator.laneThrottles.list({ query: { areaCode: 'yiwu', standing: 'true' } })).items;
  const [throttle] = await standing();
  expect(throttle).toMatchObject({ trucksPerHour: 6, flow: 'into_zone', reason: 'road', byId: 'command_centre:zhang' });
  expect(Date.parse(throttle?.endsAt ?? '') - Date.parse(throttle?.throttledAt ?? '')).toBeGreaterThan(3.9 * 3_600_000);
  await line.getByRole('button', { name: '解除限流' }).click();
  await line.getByText('解除后立即按平常派司机').waitFor();
  await line.getByText('(yiwu)：等得更久的车').waitFor();
  expect(await standing()).toHaveLength(1);
  await line.getByRole('button', { name: '确认解除' }).click();
  await line.waitFor({ state: 'detached' });
  expect(await standing()).toEqual([]);
  await context.close();
}, 120_000);

it('has announced trucks come to another station, and back; whom it moves is said before', async () => {
  const api = world!.administrator;
  const visitId = randomUUID();
  const truck = { plate: '浙A30001', plateColour: 'yellow', licenceRequired: 'B2' } as const;
  const expectedAt = new Date(Date.now() + 3_600_000).toISOString();
  const place = { stationCode: 'pujiang', zoneId: 'yiwu', flow: 'into_zone' } as const;
  await api.visits.announce({ headers: keyed(), body: { visitId, ...place, truck, expectedAt, consignments: [] } });
  const announcedFor = async () => (await api.visits.read({ path: { visitId } })).stationCode;

  const { context, page } = await world!.browser.device();
  await signInWithPassword(page, 'command_centre:zhang');
  await page.goto('/centre/yiwu');
  const panel = page.locator('.centre-moves');
  await panel.getByRole('button', { name: '让预报车辆改到另一站' }).click();
  for (const [label, code] of [
    ['原定站点', '浦江'],
    ['改到站点', '金东'],
  ] as const) {
    await panel.getByLabel(label, { exact: true }).click();
    await page.locator('.ant-select-item-option', { hasText: code }).last().click();
  }
  await panel.getByText('将改站 1 辆').waitFor();
  await panel.getByText('浙A·30001').waitFor();
  await panel.getByText('最久等待').waitFor();
  await panel.getByRole('button', { name: '改 1 辆并通知承运商' }).click();
  await panel.getByText('已改 1 辆').waitFor();
  expect(await announcedFor()).toBe('jindong');
  await panel.getByRole('button', { name: '改回原站' }).click();
  await panel.getByText('已改 1 辆').waitFor({ state: 'detached' });
  expect(await announcedFor()).toBe('pujiang');
  await context.close();
}, 120_000);

it('is not shown to who works at a station', async () => {
  const { context, page } = await world!.browser.device();
  await signIn(page);
  await page.goto('/centre/yiwu');
  await page.getByRole('alert').getByText('您的角色不能这样做。').waitFor();
  await context.close();
});

it('marks its figures as old where nothing comes any more, also where no request fails', async () => {
  const { page, context } = await world!.browser.device();
  await signInWithPassword(page, 'command_centre:zhang');
  await page.goto('/centre/yiwu');
  const age = page.locator('.centre-age[role=status]');
  await age.waitFor();
  expect(await age.innerText()).not.toContain('数据可能已过时');
  // A network that is gone answers nothing.
  await context.route('**/api/**', () => undefined);
  await age.getByText('数据可能已过时').waitFor({ timeout: 30_000 });
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
}, 90_000);
