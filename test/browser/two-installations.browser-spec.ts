import type { Page } from 'playwright-core';
import { CuttingProxy } from '../support/cutting-proxy.js';
import { ConsoleWorld, pin, signIn } from './support/console-world.js';
import { TestBrowser } from './support/open-browser.js';

/** Both have an operator of the same name with the same PIN: nothing but the installation tells them apart. */
let station: ConsoleWorld | undefined;
let other: ConsoleWorld | undefined;
let proxy: CuttingProxy | undefined;
let browser: TestBrowser | undefined;

const portOf = (world: ConsoleWorld | undefined): number => Number(new URL(world?.product.address ?? '').port);

beforeAll(async () => {
  station = await ConsoleWorld.open();
  other = await ConsoleWorld.open();
  proxy = await CuttingProxy.to(portOf(station));
  browser = await TestBrowser.open(proxy.address);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await other?.close();
  await station?.close();
});

const plate = '浙G77777';
const platesAt = async (world: ConsoleWorld | undefined): Promise<readonly string[]> => {
  const { items } = await world!.administrator.visits.list({ query: { stationCode: 'jindong', limit: 200 } });
  return items.map((visit) => visit.plate);
};

const storesOn = (page: Page) =>
  page.evaluate<readonly string[]>(`indexedDB.databases().then((all) => all.map(({ name }) => name).sort())`);

it('shows and sends nothing of one installation where another one answers at its address, and has it all again with its own', async () => {
  const { page, context, network } = await browser!.device();
  await signIn(page);
  await page.locator('.column-expected').waitFor();
  await network.cut();
  await page.locator('.ticket-button').click();
  await page.locator('#plate-text').fill(plate);
  await page.getByRole('dialog').getByRole('button', { name: '取号', exact: true }).click();
  await page.getByText('已保存本机，待上传 1').waitFor();

  proxy?.leadTo(portOf(other));
  await network.mend();
  await page.goto('/');
  await page.waitForURL(/sign-in/);
  await page.getByLabel('账号').fill('operator:lin');
  await page.getByText('PIN', { exact: false }).first().click();
  await page.getByRole('textbox', { name: /PIN/ }).fill(pin);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/station\/jindong/);
  await page.getByRole('status').getByText('实时').waitFor();
  await page.locator('.unsent').click();
  await page.locator('#waiting').waitFor();
  expect(await page.getByText(/77777/).count()).toBe(0);
  expect(await page.getByText(/已保存本机/).count()).toBe(0);
  expect(await platesAt(other)).not.toContain(plate);
  expect((await storesOn(page)).filter((name) => name.startsWith('yizhan'))).toHaveLength(2);

  proxy?.leadTo(portOf(station));
  await page.goto('/');
  await page.waitForURL(/station\/jindong/);
  await page.getByText(/已保存本机/).waitFor({ state: 'detached', timeout: 60_000 });
  await page.locator('.column-outside_queue').getByText(/77777/).first().waitFor();
  expect(await platesAt(station)).toContain(plate);
  expect(await platesAt(other)).not.toContain(plate);
  // Nothing was left to be sent to the other one: of that no store is kept.
  while ((await storesOn(page)).length > 1) await page.waitForTimeout(200);
  expect(await storesOn(page)).toEqual(['yizhan']);
  await context.close();
}, 240_000);

it('does all of it within the rules', () => {
  expect(browser?.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
