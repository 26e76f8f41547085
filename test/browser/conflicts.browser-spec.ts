import type { BrowserContext, Page } from 'playwright-core';
import { ConsoleWorld, pin, signIn } from './support/console-world.js';
import type { Network } from './support/open-browser.js';
import { type Shown, showTrucks } from './support/shown-trucks.js';

let world: ConsoleWorld | undefined;
let shown: Shown;
let page: Page;
let context: BrowserContext;
let network: Network;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  shown = await showTrucks(world);
}, 300_000);

beforeEach(async () => {
  ({ page, context, network } = await world!.browser.device());
  await signIn(page);
});

afterEach(() => context.close());
afterAll(() => world?.close());

const unsent = (on: Page, count: number) => on.getByText(`已保存本机，待上传 ${count}`).waitFor();
const allSent = (on: Page) => on.getByText(/已保存本机/).waitFor({ state: 'detached' });
const step = (on: Page, name: string) => on.getByRole('heading', { level: 2, name, exact: true }).waitFor();

const eventsOf = async (visitId: string, name: string) => {
  const history = await world!.administrator.visits.readHistory({ path: { visitId } });
  return (history as unknown as { type: string }[]).filter(({ type }) => type === `yizhan.${name}.v1`).length;
};

/** As a passed check of the operator asks for it, with somebody to choose the driver. */
async function checkedTruck(plate: string, number: number): Promise<string> {
  const { administrator: api } = world!;
  const headers = (key: string) => ({ 'Idempotency-Key': `truck-${number}-${key}` });
  const stationCode = 'jindong';
  const visitId = `019a9c00-0000-7000-8000-00000000000${number}`;
  const taken = await api.intakes.takeIn({
    headers: headers('intake'),
    body: { stationCode, plate, phone: `1370000000${number}` },
  });
  await api.visits.arrive({
    headers: headers('arrive'),
    body: {
      visitId,
      stationCode,
      zoneId: 'yiwu',
      flow: 'into_zone',
      truck: { plate, plateColour: 'yellow', licenceRequired: 'B2' },
      driverId: taken.driverId,
      carrierId: taken.carrierId,
      consignments: [],
    },
  });
  const checks = ['person', 'vehicle', 'pass', 'seal'].map((check) => ({ check, passed: true }));
  await api.visits.check({ headers: headers('check'), path: { visitId }, body: { checks, sealNumber: 'S0001' } });
  return visitId;
}

it('tells one of two operators who race for a driver at once that he is gone, and to which truck', async () => {
  await world!.administrator.stations.changeAssignmentMode({
    headers: { 'Idempotency-Key': 'a-person-confirms' },
    path: { stationCode: 'jindong' },
    body: { assignmentMode: 'review' },
  });
  const plates = ['浙G20001', '浙G20002'];
  const other = await world!.browser.device();
  await signIn(other.page);
  const both = [page, other.page];
  for (const [index, plate] of plates.entries()) {
    const visitId = await checkedTruck(plate, index + 1);
    await both[index]?.goto(`/truck/${visitId}`);
  }
  const choiceOf = (on: Page) => on.getByRole('group', { name: '司机', exact: true }).getByRole('button');
  const driverId = /relay-\d+/.exec(await choiceOf(page).first().innerText())?.[0] ?? '';
  for (const on of both) await choiceOf(on).filter({ hasText: driverId }).click();
  await Promise.all(both.map((on) => on.getByRole('button', { name: `指派 ${driverId}` }).click()));
  const outcomes = await Promise.all(
    both.map((on) =>
      Promise.race([
        step(on, '司机接受').then(() => 'won'),
        on
          .getByRole('alert')
          .first()
          .waitFor()
          .then(() => 'told'),
      ]),
    ),
  );
  expect(outcomes.toSorted()).toEqual(['told', 'won']);
  const loser = both[outcomes.indexOf('told')];
  const winner = plates[outcomes.indexOf('won')] ?? '';
  await loser?.getByText(/已被指派给别的车|现在不能接这辆车/).waitFor();
  await loser?.getByText(`现在：${driverId} 负责 ${winner.slice(0, 2)}·${winner.slice(2)}`).waitFor();
  await other.context.close();
}, 120_000);

it('does nothing twice where the answer was lost, whichever answer it was', async () => {
  await page.goto(`/truck/${shown.checking}`);
  await page.getByRole('button', { name: '全部通过' }).waitFor();
  const lost: string[] = [];
  await context.route(/\/(checks|offline-records)$/, async (route) => {
    const { pathname } = new URL(route.request().url());
    const isFirst = route.request().method() === 'POST' && !lost.includes(pathname);
    if (!isFirst) return route.fallback();
    lost.push(pathname);
    await route.fetch();
    return route.abort();
  });
  await page.getByRole('button', { name: '全部通过' }).click();
  await page.getByLabel(/铅封号/).fill('S0001');
  await page.getByRole('button', { name: '提交查验' }).click();
  await page.getByRole('heading', { level: 2, name: /^(指派司机|司机接受)$/ }).waitFor();
  await allSent(page);
  expect(lost).toHaveLength(2);
  expect(await eventsOf(shown.checking, 'visit.checked')).toBe(1);
  expect(await eventsOf(shown.checking, 'handoff.requested')).toBe(1);
});

it('shows what is true now where something else has happened meanwhile, and lets a person settle it', async () => {
  await page.goto(`/truck/${shown.accepted}`);
  await step(page, '开始换驾');
  await page.getByLabel('承运商同意人').fill('dispatcher-07');
  await network.cut();
  await page.getByRole('button', { name: '开始换驾' }).click();
  await step(page, '签字交接');
  await unsent(page, 1);
  const path = { visitId: shown.accepted };
  const headers = { 'Idempotency-Key': 'sent-away-elsewhere' };
  await world!.administrator.visits.depart({ headers, path, body: { outcome: 'turned_away' } });
  await network.mend();
  await page.getByRole('link', { name: /需处理 1/ }).click();
  const card = page.locator('.refused-steps > li');
  await card.getByText('现在的情况').waitFor();
  await card.getByText('已离站').waitFor();
  const answered = page.waitForResponse(/offline-records$/);
  await card.getByRole('button', { name: '再次上传' }).click();
  await answered;
  await page.getByRole('link', { name: /待上传/ }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: /需处理 1/ }).waitFor();
  await card.getByRole('button', { name: '不再上传' }).click();
  await card.getByRole('button', { name: '已另行处理' }).click();
  await card.getByRole('button', { name: '确认不再上传' }).click();
  await card.waitFor({ state: 'detached' });
  await page.getByText('未上传：已另行处理').waitFor();
  expect(await eventsOf(shown.accepted, 'handoff.started')).toBe(0);
});

it('enters a refused step anew, in its place', async () => {
  await page.goto(`/truck/${shown.announced}`);
  await step(page, '进场');
  await page.getByLabel('司机手机号').fill('12345678');
  await network.cut();
  await page.getByRole('button', { name: '确认进场' }).click();
  await step(page, '查验');
  await unsent(page, 1);
  await network.mend();
  await page.getByRole('link', { name: /需处理 1/ }).click();
  const card = page.locator('.refused-steps > li');
  await card.getByText('填写的内容不正确').waitFor();
  await card.getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('司机手机号').fill('13700009999');
  await form.getByRole('button', { name: '确认进场' }).click();
  await card.waitFor({ state: 'detached' });
  await allSent(page);
  const visit = await world!.administrator.visits.read({ path: { visitId: shown.announced } });
  expect(visit.state).toBe('arrived');
  expect(await eventsOf(shown.announced, 'visit.arrived')).toBe(1);
});

it('lets a person look at what waits, enter it anew or leave it, before it is sent', async () => {
  await page.goto(`/truck/${shown.announced}`);
  await step(page, '查验');
  // The pages that are not kept on the device come some seconds after the first one.
  await page.waitForTimeout(6_000);
  await network.cut();
  await page.getByRole('button', { name: '全部通过' }).click();
  await page.getByLabel(/铅封号/).fill('S0007');
  await page.getByRole('button', { name: '提交查验' }).click();
  await unsent(page, 1);
  await page.locator('.other-steps').getByRole('button', { name: '叫号', exact: true }).click();
  await page.locator('form').getByRole('button', { name: '叫号', exact: true }).click();
  await unsent(page, 2);
  await page.getByRole('link', { name: /待上传 2/ }).click();
  const card = (name: string) =>
    page.locator('.waiting-steps .logged-part').filter({ has: page.getByText(name, { exact: true }) });
  await card('查验').getByText('operator:lin').waitFor();
  await card('查验').getByText('当时填写的内容').click();
  await card('查验').getByText('sealNumber: S0007').waitFor();

  await card('查验').getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('button', { name: '全部通过' }).click();
  await form.getByLabel(/铅封号/).fill('S0008');
  await form.getByRole('button', { name: '提交查验' }).click();
  await form.waitFor({ state: 'detached' });
  await unsent(page, 2);

  // Who leaves one is told what was entered behind it.
  await card('查验').getByRole('button', { name: '不再上传' }).click();
  await card('查验')
    .getByText(/^本车有 1 条记录在它之后录入/)
    .waitFor();
  await card('查验').getByRole('button', { name: '返回' }).click();
  await card('叫号').getByRole('button', { name: '不再上传' }).click();
  await card('叫号').getByRole('button', { name: '没有发生' }).click();
  await card('叫号').getByRole('button', { name: '确认不再上传' }).click();
  await unsent(page, 1);

  await network.mend();
  await allSent(page);
  const { plate } = await world!.administrator.visits.read({ path: { visitId: shown.announced } });
  expect(await world!.administrator.trucks.read({ path: { plate } })).toMatchObject({ sealNumber: 'S0008' });
  expect(await eventsOf(shown.announced, 'visit.checked')).toBe(1);
  expect(await eventsOf(shown.announced, 'visit.called')).toBe(0);
}, 90_000);

it('asks to sign in again where the session ended while steps were waiting, and then sends them', async () => {
  await page.goto(`/truck/${shown.started}`);
  await page.getByRole('button', { name: '中止换驾' }).click();
  await page.getByRole('button', { name: '车辆故障' }).click();
  await network.cut();
  await page.locator('form').getByRole('button', { name: '中止换驾' }).click();
  await unsent(page, 1);
  await page.evaluate(`localStorage.setItem('yizhan.session', JSON.stringify(
    { ...JSON.parse(localStorage.getItem('yizhan.session')), endsAt: 0, refreshToken: 'yzr_${'0'.repeat(64)}' }))`);
  await page.close();
  await network.mend();
  page = await context.newPage();
  await page.goto('/unsent');
  const again = page.getByRole('dialog', { name: '请重新登录' });
  await again.getByText('PIN').first().click();
  await again.getByRole('textbox', { name: /PIN/ }).fill(pin);
  expect(await eventsOf(shown.started, 'handoff.aborted')).toBe(0);
  await again.getByRole('button', { name: '登录', exact: true }).click();
  await allSent(page);
  await page.getByText('没有待上传的记录。').waitFor();
  expect(await eventsOf(shown.started, 'handoff.aborted')).toBe(1);
});

it('does all of it within the rules', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
