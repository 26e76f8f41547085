import type { BrowserContext, Page } from 'playwright-core';
import { until } from '../support/subscribing.js';
import { ConsoleWorld, phone, pin, signIn } from './support/console-world.js';
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

/** What this address answers reaches the page only when the result is called, after the event that tells the same. */
async function heldBack(url: string): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(url, async (route) => {
    const answer = await route.fetch();
    await released;
    await route.fulfill({ response: answer });
  });
  return async () => {
    const answered = page.waitForResponse(url);
    release();
    await answered;
    // Long enough for the page to take it in.
    await page.waitForTimeout(500);
    await page.unroute(url);
  };
}

afterAll(() => world?.close());

it('is shown in the other language at once, and stays in it', async () => {
  await page.getByRole('heading', { level: 2, name: /场外排队/ }).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 2, name: /Outside queue/ }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.reload();
  await page.getByRole('heading', { level: 2, name: /Outside queue/ }).waitFor();
});

it('loses nothing where the session ends in the middle of a form', async () => {
  await page.goto(`/truck/${shown.announced}`);
  await page.getByLabel('司机手机号').fill(phone);
  await page.evaluate(`localStorage.setItem('yizhan.session', JSON.stringify(
    { ...JSON.parse(localStorage.getItem('yizhan.session')), endsAt: 0, refreshToken: 'yzr_${'0'.repeat(64)}' }))`);
  // Sent without a token that is good: it waits, whatever stands over the page by then.
  await page.getByRole('button', { name: '确认进场' }).dispatchEvent('click');
  const again = page.getByRole('dialog', { name: '请重新登录' });
  await again.getByText('PIN').first().click();
  await again.getByRole('textbox', { name: /PIN/ }).fill(pin);
  await again.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: '查验', exact: true }).waitFor();
  expect((await world!.administrator.visits.read({ path: { visitId: shown.announced } })).state).toBe('arrived');
});

it('keeps what was entered while another one changes the truck', async () => {
  await page.goto(`/truck/${shown.announced}`);
  await page.getByLabel('铅封号').fill('S4711');
  await world!.administrator.visits.call({
    headers: { 'Idempotency-Key': 'called-elsewhere' },
    path: { visitId: shown.announced },
    body: { bayCode: 'B09' },
  });
  await page.locator('.history').getByText('叫号').waitFor({ timeout: 5_000 });
  expect(await page.getByLabel('铅封号').inputValue()).toBe('S4711');
});

it('shows what another one does, without being asked', async () => {
  await page.locator('.column-expected').waitFor();
  const visitId = shown.checking;
  await page.locator('.column-checking').getByText('浙G·10001').waitFor();
  const key = { 'Idempotency-Key': 'turned-away-elsewhere' };
  await world!.administrator.visits.depart({ headers: key, path: { visitId }, body: { outcome: 'turned_away' } });
  await page.locator('.column-gone').getByText('浙G·10001').waitFor({ timeout: 5_000 });
});

it('says that it may be out of date while the log cannot be followed, and that it is live again', async () => {
  await context.route('**/api/v1/events/stream*', (route) => route.abort());
  await page.reload();
  await page.getByText('数据可能已过时').waitFor();
  await context.unroute('**/api/v1/events/stream*');
  await page.getByRole('status').getByText('实时').waitFor();
});

it('is right again within two seconds of a network that is back', async () => {
  await page.getByRole('status').getByText('实时').waitFor();
  await network.cut();
  await page.getByText('数据可能已过时').waitFor();
  const headers = { 'Idempotency-Key': 'called-while-it-was-away' };
  const path = { visitId: shown.waiting };
  await world!.administrator.visits.call({ headers, path, body: { bayCode: 'B07' } });
  await network.mend();
  const began = performance.now();
  await page.locator('.bay', { hasText: 'B07' }).getByText('已叫号').waitFor();
  expect(performance.now() - began).toBeLessThan(2_000);
});

it('has one stream for all tabs of a browser, which the next one takes over', async () => {
  let streams = 0;
  context.on('request', (request) => (streams += Number(request.url().includes('/events/stream'))));
  await page.reload();
  await page.getByRole('status').getByText('实时').waitFor();
  const other = await context.newPage();
  await other.goto('/station/jindong');
  // It is told at once, and does not wait until the first one says something again.
  await other.getByRole('status').getByText('实时').waitFor({ timeout: 5_000 });
  expect(streams).toBe(1);
  await page.close();
  const headers = { 'Idempotency-Key': 'called-for-the-other-tab' };
  const path = { visitId: shown.waiting };
  await world!.administrator.visits.call({ headers, path, body: { bayCode: 'B08' } });
  await other.locator('.bay', { hasText: 'B08' }).getByText('已叫号').waitFor({ timeout: 5_000 });
  // The tab that closes may have passed it on yet.
  await until(() => streams === 2, 5);
});

it('says why a truck waits, what would help, and who cannot take it', async () => {
  await page.goto(`/truck/${shown.waiting}`);
  await page.getByRole('heading', { name: '为什么在等' }).waitFor();
  await page
    .getByText(/准驾车型不符/)
    .first()
    .waitFor();
  await page.getByText('调一名准驾 A1 的司机').first().waitFor();
  await page.getByText('目前无人可接。').waitFor();
  await page.getByText(/名司机不可接/).click();
  await page
    .getByText(/准驾车型不符: relay-\d+, relay-\d+/)
    .first()
    .waitFor();
});

it('shows what has gone wrong, and lets who is responsible see to it and end it', async () => {
  await page.goto('/station/jindong');
  await page.getByRole('link', { name: '1 张异常单' }).click();
  const card = page.getByRole('listitem').filter({ hasText: '查验不合格' });
  await card.getByRole('button', { name: '我来处理' }).click();
  await card.getByText(/operator:lin 正在处理/).waitFor();
  await card.getByRole('button', { name: '结案' }).click();
  await card.getByRole('button', { name: '已处理' }).click();
  await card.getByRole('button', { name: '结案' }).click();
  await card.waitFor({ state: 'detached' });
});

it('makes the slip as a PDF, and counts the copy', async () => {
  await page.goto(`/truck/${shown.started}`);
  await page.getByRole('button', { name: '打印 A5' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载交接单' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('slip-a5.pdf');
});

it('lets a driver sign on his phone behind the link, and nobody for him', async () => {
  const operator = page;
  await operator.goto(`/truck/${shown.accepted}`);
  await operator.getByLabel('承运商同意人').fill('dispatcher-07');
  await operator.getByRole('button', { name: '开始换驾' }).click();
  await operator.getByRole('heading', { level: 2, name: '签字交接' }).waitFor();
  const phoneOfDriver = await world!.browser.device({ width: 390, height: 844 });
  await phoneOfDriver.page.goto(`/driver#token=${shown.driverToken}`);
  await phoneOfDriver.page.getByText('苏E·10003').waitFor();
  await phoneOfDriver.page.getByText('进区 · yiwu').waitFor();
  await phoneOfDriver.page.getByText(/可驾驶 \d+:\d\d/).waitFor();
  await phoneOfDriver.page.getByRole('button', { name: '我已查看车辆，签字接车' }).click();
  await phoneOfDriver.page.getByText('您已签字').waitFor();
  await operator.getByText(/接车司机 relay-\d+ 已签/).waitFor();
  await phoneOfDriver.context.close();
});

it('lets a driver decline, so that somebody else is asked', async () => {
  const { administrator } = world!;
  const { handoffId = '', driverId } = await administrator.visits.read({ path: { visitId: shown.assigned } });
  await page.goto(`/truck/${shown.assigned}`);
  const linkFor = async (driver = ''): Promise<string> => {
    await page.getByRole('button', { name: `给 ${driver} 的手机链接` }).click();
    return (await page.getByRole('link', { name: '打开链接' }).getAttribute('href')) ?? '';
  };
  const phoneOfDriver = await world!.browser.device({ width: 390, height: 844 });
  await phoneOfDriver.page.goto(await linkFor(driverId));
  await phoneOfDriver.page.getByRole('button', { name: '我不能接' }).click();
  await phoneOfDriver.page.getByRole('button', { name: '疲劳' }).click();
  await phoneOfDriver.page.getByRole('button', { name: '确认谢绝' }).click();
  await phoneOfDriver.page.getByText('现在没有安排给您的车').waitFor();
  await page
    .getByRole('button', { name: /接受$/ })
    .filter({ hasNotText: driverId ?? '' })
    .waitFor();
  const after = await administrator.handoffs.read({ path: { handoffId } });
  expect(after.driverId).toBeDefined();
  expect(after.driverId).not.toBe(driverId);
  // The code of who has declined is gone from the page, and the next one is his own.
  await page.getByRole('button', { name: `给 ${after.driverId} 的手机链接` }).waitFor();
  expect(await page.getByRole('img', { name: '司机扫码打开' }).count()).toBe(0);
  const phoneOfNext = await world!.browser.device({ width: 390, height: 844 });
  await phoneOfNext.page.goto(await linkFor(after.driverId));
  await phoneOfNext.page.getByRole('button', { name: '接受', exact: true }).waitFor();
  await phoneOfNext.context.close();
  const history = (await administrator.visits.readHistory({ path: { visitId: shown.assigned } })) as object[];
  expect(history).toContainEqual(
    expect.objectContaining({
      data: expect.objectContaining({ reason: 'declined', declineReason: 'tired' }) as unknown,
    }),
  );
  // The event is faster than the answer: what is entered into the next step meanwhile stays.
  const answer = await heldBack('**/acceptance');
  await page.getByRole('button', { name: `${after.driverId ?? ''} 接受` }).click();
  await page.getByRole('heading', { level: 2, name: '开始换驾' }).waitFor();
  const consent = page.getByLabel('承运商同意人');
  await consent.fill('dispatcher-09');
  await answer();
  expect(await consent.inputValue()).toBe('dispatcher-09');
  expect(await page.evaluate(`document.activeElement.value`)).toBe('dispatcher-09');
  await phoneOfDriver.context.close();
});

it('lets a device that has never checked a truck do so without a network', async () => {
  const fresh = await world!.browser.device();
  const read = fresh.page.waitForResponse((response) => response.url().endsWith('/jindong/checks') && response.ok());
  await signIn(fresh.page);
  await read;
  // The pages of the work are loaded a moment after the board.
  await fresh.page.waitForTimeout(6_000);
  await fresh.network.cut();
  await fresh.page.locator('.column-checking .truck-card').first().click();
  await fresh.page.getByRole('button', { name: '全部通过' }).waitFor();
  await fresh.context.close();
}, 60_000);

it('lifts the hold that the station has put on', async () => {
  const path = { visitId: shown.waiting };
  await page.goto(`/truck/${shown.waiting}`);
  await page.getByRole('button', { name: '暂不放行', exact: true }).click();
  await page.getByRole('button', { name: '待检查' }).click();
  // The event is faster than the answer: the form that is opened meanwhile stays open.
  const answer = await heldBack('**/holds');
  await page.locator('form').getByRole('button', { name: '暂不放行' }).click();
  await page.getByRole('button', { name: '解除暂扣' }).click();
  const whichOne = page.getByRole('group', { name: '哪一项' });
  await whichOne.getByText('待检查').waitFor();
  await answer();
  expect(await whichOne.count()).toBe(1);
  await page.getByRole('button', { name: '已检查' }).click();
  await page.locator('form').getByRole('button', { name: '解除', exact: true }).click();
  await page.locator('.history').getByText('解除暂扣').waitFor();
  expect(await world!.administrator.visits.read({ path })).toMatchObject({ held: false, holds: [] });
});

it('does all of it within the rules', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
