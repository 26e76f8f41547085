import type { Page } from 'playwright-core';
import { ConsoleWorld, phone, signIn } from './support/console-world.js';
import { handOver } from './support/hand-over.js';
import { holds } from './support/holds.js';

let world: ConsoleWorld | undefined;
let page: Page;

beforeAll(async () => {
  const opened = await ConsoleWorld.open();
  world = opened;
  ({ page } = await opened.browser.device());
}, 300_000);

afterAll(() => world?.close());

const button = (name: string | RegExp) => page.getByRole('button', { name });
const step = (name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor();

async function typePlate(plate: string): Promise<void> {
  for (const key of plate) await page.getByRole('group', { name: '车牌键盘' }).getByText(key, { exact: true }).click();
}

async function ticket(plate: string): Promise<void> {
  await button('取号').first().click();
  await typePlate(plate);
  await page.getByRole('dialog').getByRole('button', { name: '取号', exact: true }).click();
  await page.locator('.ticket-number').waitFor();
}

it('signs in with a PIN and comes to the board of the station', async () => {
  await signIn(page);
  await page.getByRole('status').getByText('实时').waitFor();
  for (const phase of ['预报未到', '场外排队', '查验', '等待司机', '换驾中', '已换驾', '已离站'])
    expect(await page.getByRole('heading', { level: 2, name: new RegExp(phase) }).count()).toBe(1);
});

it('names the columns that do not fit, and shows them with one tap', async () => {
  const ends = async () => {
    const box = await page.locator('.column-gone').boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0);
  };
  expect(await ends()).toBeGreaterThan(1280);
  await page.getByRole('button', { name: /^还有：.*已离站 0$/ }).click();
  await page.getByRole('button', { name: /^还有：预报未到 0/ }).waitFor();
  expect(await ends()).toBeLessThanOrEqual(1280);
});

it('leads a truck through the whole relay by clicks', async () => {
  await ticket('浙G12345');
  await page.getByRole('link', { name: '查看车辆' }).click();
  await step('进场');
  await page.getByLabel('司机手机号').fill(phone);
  await button('B2').click();
  await button('确认进场').click();
  await step('查验');
  await button('全部通过').click();
  await page.getByLabel(/铅封号/).fill('S0001');
  await button('提交查验').click();
  // The scheduler looks for a driver by itself.
  await step('司机接受');
  await button(/接受$/).first().click();
  await step('开始换驾');
  await page.getByLabel('承运商同意人').fill('dispatcher-07');
  await button('开始换驾').click();
  await step('签字交接');
  await handOver(page);
  await step('离站');
  await button('车辆离站').click();
  await step('已离站 · 已换驾');
  expect(await page.locator('.milestones .done').count()).toBe(7);
  await page.locator('.history').getByText('离站').waitFor();
  const written = await page.locator('.history').innerText();
  for (const event of ['排队', '进场', '查验', '司机接受', '换驾开始', '换驾完成', '放行', '离站'])
    expect(written).toContain(event);
}, 300_000);

it('shows it among those that are gone, and writes a log that says so', async () => {
  await page.getByRole('link', { name: /回到看板/ }).click();
  await page.locator('.column-gone').getByText('浙G·12345').waitFor();
  const truck = await world!.administrator.trucks.read({ path: { plate: '浙G12345' } });
  expect(truck.custodian).toMatchObject({ kind: 'driver', id: expect.stringMatching(/^relay-/) });
});

it('takes a step back with one tap, for as long as it has just been done', async () => {
  await page.goto('/station/jindong');
  await button('取号').first().click();
  // Typed, or read by a device that types: the key that ends it takes the ticket.
  await holds(page, `document.activeElement.id === 'plate-text'`);
  await page.keyboard.insertText('浙G54300');
  await page.keyboard.press('Enter');
  await page.locator('.ticket-number').waitFor();
  await page.getByRole('link', { name: '查看车辆' }).click();
  await step('进场');
  await page.locator('.other-steps').getByRole('button', { name: '叫号', exact: true }).click();
  await page.locator('form').getByRole('button', { name: '叫号', exact: true }).click();
  await button('撤销：叫号').click();
  await page.locator('.history-gone').getByText('叫号').waitFor();
  await button('撤销：叫号').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: /回到看板/ }).click();
}, 60_000);

it('takes back a mistake, which stays in the history as taken back', async () => {
  await ticket('浙G54321');
  await page.getByRole('link', { name: '查看车辆' }).click();
  await step('进场');
  await page.getByLabel('司机手机号').fill('13800005678');
  await button('确认进场').click();
  await step('查验');
  await button('撤销进场').click();
  await step('撤销进场');
  await page.locator('form').getByRole('button', { name: '撤销进场' }).click();
  await step('进场');
  expect(await page.locator('.history-gone').innerText()).toContain('已撤销');
  await page.locator('.history').getByRole('button', { name: '撤销这条' }).waitFor();
}, 120_000);

it('counts down until when a driver who is asked has to accept: on the board, of the truck and on his own phone', async () => {
  await page.goto('/station/jindong');
  await ticket('浙G20001');
  await page.getByRole('link', { name: '查看车辆' }).click();
  await step('进场');
  await page.getByLabel('司机手机号').fill('13800007777');
  await button('确认进场').click();
  await step('查验');
  await button('全部通过').click();
  await page.getByLabel(/铅封号/).fill('S0009');
  await button('提交查验').click();
  const asked = page.getByRole('region', { name: /^已询问：/ });
  await asked.getByText('到时未接受').waitFor();
  const left = async (clock = asked.getByRole('timer')) => {
    const [, minutes, seconds] = /剩 (\d):(\d\d)/.exec(await clock.innerText()) ?? [];
    return Number(minutes) * 60 + Number(seconds);
  };
  const first = await left();
  expect(first).toBeGreaterThan(240);
  const clock = await asked.getByRole('timer').innerText();
  await asked.getByRole('timer').filter({ hasNotText: clock }).waitFor();
  expect(await left()).toBeLessThan(first);
  await button(/的手机链接/).click();
  const phonePage = await page.context().newPage();
  await phonePage.goto((await page.getByRole('link', { name: '打开链接' }).getAttribute('href')) ?? '');
  expect(await left(phonePage.getByRole('timer'))).toBeGreaterThan(200);
  await phonePage.close();
  await page.locator('.other-steps').getByRole('button', { name: '撤回指派' }).click();
  await page.getByText(/^现在询问的是 /).waitFor();
  await page
    .getByRole('alert')
    .getByText(/^撤回后调度.*relay-/)
    .waitFor();
  await page.getByRole('link', { name: /回到看板/ }).click();
  const card = page.locator('.truck-card', { hasText: '浙G·20001' });
  expect(await left(card.getByRole('timer'))).toBeGreaterThan(200);
}, 120_000);

it('takes no tap for a moment after the large button has become another one', async () => {
  await page.locator('.truck-card', { hasText: '浙G·20001' }).click();
  await step('司机接受');
  const steady = await page.evaluate(`(async () => {
    const isOpen = () => getComputedStyle(document.querySelector('.big-button')).pointerEvents;
    document.querySelector('.big-button span').textContent = 'R-9 接受';
    await new Promise((done) => setTimeout(done, 50));
    const atOnce = isOpen();
    await new Promise((done) => setTimeout(done, 800));
    return [atOnce, isOpen()];
  })()`);
  expect(steady).toEqual(['none', 'auto']);
}, 60_000);

it('asks nobody else for anything, and breaks no rule of its content security policy', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
