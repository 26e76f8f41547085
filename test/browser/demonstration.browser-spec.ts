import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { StartedProduct } from '../support/started-product.js';
import { holds } from './support/holds.js';
import { TestBrowser } from './support/open-browser.js';

const folder = join(tmpdir(), `yizhan-first-${randomUUID()}`);
const banner = /演示：.*--empty/;
let product: StartedProduct | undefined;
let browser: TestBrowser | undefined;

async function begin(...args: readonly string[]): Promise<{ readonly page: Page; readonly address: string }> {
  mkdirSync(folder, { recursive: true });
  product = await StartedProduct.firstIn(folder, args);
  browser = await TestBrowser.open(product.address);
  const { page } = await browser.device();
  return { page, address: product.address };
}

afterEach(async () => {
  const { misdeeds } = browser ?? {};
  await browser?.close();
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
}, 60_000);

/** Which plate stands in which column. */
const standing = (page: Page): Promise<string> =>
  page
    .locator('.column')
    .evaluateAll((columns) => columns.map((column) => [...column.querySelectorAll('.plate')].map((e) => e.textContent)))
    .then((columns) => JSON.stringify(columns));

it('is what a first start opens on: signed in by one tap, trucks move by themselves, and each page says what it is', async () => {
  const { page } = await begin();
  await page.goto('/');
  await page.getByText(banner).waitFor();
  await page.getByRole('button', { name: '操作员（金东中转站）' }).click();
  await page.waitForURL(/station\/jindong/);
  await page.locator('.column .plate').first().waitFor();
  await page.getByText(banner).waitFor();
  const seen = new Set([await standing(page)]);
  for (let look = 0; look < 300 && seen.size < 4; look += 1) {
    await page.waitForTimeout(200);
    seen.add(await standing(page));
  }
  expect(seen.size).toBe(4);
  // No data of real work have come to be, nor any place that could be taken for theirs.
  expect(readdirSync(folder)).toEqual(['.yizhan-demo']);
}, 240_000);

it('shows a command centre enterprises that keep up more or less, and lines that wait for trucks', async () => {
  const { page } = await begin();
  await page.goto('/');
  await page.getByRole('button', { name: '指挥中心', exact: true }).click();
  await page.locator('a[href="/centre/yiwu"]').click();
  const capacity = page.locator('section', { has: page.getByRole('heading', { name: '产能保持率' }) });
  // Not all report: what they keep stands beside for how many that is.
  await capacity.getByText('覆盖 7 / 8 家').first().waitFor();
  expect(await page.getByText('本区还没有登记规上企业。').count()).toBe(0);
  for (const name of [/^未结异常/, /^过应返时间/, '结果与原因']) await page.getByRole('heading', { name }).waitFor();
  // A county can be linked to; one that there is not is said to be none.
  await page.goto('/centre/yiwu?county=330703');
  await page.getByText('这个区县没有登记规上企业。').waitFor();
  await page.goto('/centre/yiwu?county=999999');
  await page.getByText('本辖区不含这个区县。').first().waitFor();
}, 240_000);

it('is loaded anew without a network with the clock that it has: what is logged then has the time of the demonstration', async () => {
  mkdirSync(folder, { recursive: true });
  product = await StartedProduct.firstIn(folder);
  browser = await TestBrowser.open(product.address);
  const { page, network } = await browser.device({ keepsPages: true });
  await page.goto('/');
  await page.getByRole('button', { name: '操作员（金东中转站）' }).click();
  await page.locator('.column .plate').first().waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.reload();
  await holds(page, 'navigator.serviceWorker.controller?.state === "activated"');
  await page.locator('.column .plate').first().waitFor();
  const nowThere = async (): Promise<number> => {
    const { now } = (await (await fetch(`${product?.address}/api/v1/demonstration`)).json()) as { now: string };
    return Date.parse(now);
  };
  // The board is kept on the device a moment after it was read.
  await page.waitForTimeout(4_000);
  const before = await nowThere();
  await network.cut();
  await page.reload();
  await page.locator('.column .plate').first().waitFor();
  // Long enough for a clock that runs at the speed of the wall's to be minutes behind.
  await page.waitForTimeout(15_000);
  await page.locator('.ticket-button').click();
  await page.locator('#plate-text').fill('浙G90909');
  await page.locator('#plate-text').press('Enter');
  await page.locator('.ticket-number').waitFor();
  const after = await nowThere();
  const logged = (await page.evaluate(`new Promise((done, failed) => {
    indexedDB.databases().then(([{ name }]) => {
      const opening = indexedDB.open(name);
      opening.onerror = failed;
      opening.onsuccess = () => {
        const asking = opening.result.transaction('steps').objectStore('steps').getAll();
        asking.onsuccess = () => done(asking.result.map(({ time }) => Date.parse(time)));
      };
    });
  })`)) as number[];
  expect(logged.length).toBeGreaterThan(0);
  // Within a minute there of the end, while minutes have gone by: the clock on the wall would be far behind.
  expect(after - before).toBeGreaterThan(120_000);
  for (const time of logged) expect(Math.abs(after - time)).toBeLessThan(60_000);
}, 240_000);

it('is none where real work is begun with --empty: no banner, nobody to sign in as, a link to claim', async () => {
  const { page, address } = await begin('--empty');
  expect(product?.claim).toMatch(/#token=yzc_/);
  const told = async (at: string): Promise<Record<string, unknown>> =>
    (await (await fetch(`${at}/api/v1/demonstration`)).json()) as Record<string, unknown>;
  const one = await told(address);
  expect(Object.keys(one)).toEqual(['installationId', 'now']);
  await page.goto('/');
  await page.getByLabel('账号').waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.getByText('演示').count()).toBe(0);
  expect(existsSync(join(folder, '.yizhan-demo'))).toBe(false);
  await product?.end();
  // What has begun goes on: the next plain start opens it again.
  product = await StartedProduct.firstIn(folder);
  expect((await told(product.address))['installationId']).toBe(one['installationId']);
  expect(readdirSync(folder)).toEqual(['.yizhan']);
}, 240_000);
