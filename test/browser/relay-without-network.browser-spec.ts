import type { Page } from 'playwright-core';
import { ConsoleWorld, phone, signIn } from './support/console-world.js';
import { handOver } from './support/hand-over.js';
import type { Network } from './support/open-browser.js';

let world: ConsoleWorld | undefined;
let page: Page;
let network: Network;

beforeAll(async () => {
  const opened = await ConsoleWorld.open();
  world = opened;
  ({ page, network } = await opened.browser.device());
  await signIn(page);
}, 300_000);

afterAll(() => world?.close());

const button = (name: string | RegExp) => page.getByRole('button', { name });
const step = (name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
const unsent = (count: number) => page.getByText(`已保存本机，待上传 ${count}`).waitFor();
const visitIdOf = () => page.url().split('/').at(-1) ?? '';

async function ticket(plate: string): Promise<void> {
  await button('取号').first().click();
  for (const key of plate) await page.getByRole('group', { name: '车牌键盘' }).getByText(key, { exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取号', exact: true }).click();
  await page.locator('.ticket-number').waitFor();
}

async function arrive(ofPhone: string): Promise<void> {
  await step('进场');
  await page.getByLabel('司机手机号').fill(ofPhone);
  await button('B2').click();
  await button('确认进场').click();
}

async function check(): Promise<void> {
  await step('查验');
  await button('全部通过').click();
  await page.getByLabel(/铅封号/).fill('S0001');
  await button('提交查验').click();
}

/** Chooses the first driver who is on duty, has him accept, and swaps. */
async function swap(): Promise<string> {
  await step('指派司机');
  await page.getByText('网络不通，无法排序').waitFor();
  const choice = page.getByRole('group', { name: '司机', exact: true }).getByRole('button', { name: /A2/ }).first();
  const driverId = /relay-\d+/.exec(await choice.innerText())?.[0] ?? '';
  await choice.click();
  await button(`指派 ${driverId}`).click();
  await step('司机接受');
  await button(`${driverId} 接受`).click();
  await step('开始换驾');
  await page.getByLabel('承运商同意人').fill('dispatcher-07');
  await button('开始换驾').click();
  await step('签字交接');
  await handOver(page);
  return driverId;
}

const eventsOf = async (visitId: string) => {
  const history = await world!.administrator.visits.readHistory({ path: { visitId } });
  return (history as unknown as { type: string; time: string }[]).map(({ type }) => type.slice('yizhan.'.length, -3));
};

it('goes on with a relay while the network is cut between its second step and its sixth', async () => {
  await ticket('浙G12345');
  await page.getByRole('link', { name: '查看车辆' }).click();
  await arrive(phone);
  await step('查验');
  const visitId = visitIdOf();
  await page.getByLabel(/铅封号/).waitFor();
  await network.cut();
  await check();
  await unsent(1);
  const driverId = await swap();
  await step('离站');
  await unsent(5);
  // Nothing of it is with the service, and nothing says that it is.
  expect(await eventsOf(visitId)).not.toContain('visit.checked');
  expect(await page.getByText('成功').count()).toBe(0);
  await network.mend();
  await page.getByText(/已保存本机/).waitFor({ state: 'detached' });
  await button('车辆离站').click();
  await step('已离站 · 已换驾');
  const visit = await world!.administrator.visits.read({ path: { visitId } });
  expect(visit).toMatchObject({ state: 'departed', outcome: 'swapped', driverId });
  const events = await eventsOf(visitId);
  for (const once of ['visit.checked', 'handoff.started', 'handoff.completed', 'cargo.released', 'visit.departed'])
    expect(events.filter((event) => event === once)).toEqual([once]);
  const truck = await world!.administrator.trucks.read({ path: { plate: '浙G12345' } });
  expect(truck.custodian).toEqual({ kind: 'driver', id: driverId });
}, 300_000);

it('neither asks anybody else, nor breaks a rule', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
