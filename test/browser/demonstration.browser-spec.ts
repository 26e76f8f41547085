import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { StartedProduct } from '../support/started-product.js';
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

it('is none where real work is begun with --empty: no banner, nobody to sign in as, a link to claim', async () => {
  const { page, address } = await begin('--empty');
  expect(product?.claim).toMatch(/#token=yzc_/);
  const one = await (await fetch(`${address}/api/v1/demonstration`)).json();
  expect(one).toEqual({ installationId: expect.any(String) as unknown });
  await page.goto('/');
  await page.getByLabel('账号').waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.getByText('演示').count()).toBe(0);
  expect(existsSync(join(folder, '.yizhan-demo'))).toBe(false);
  await product?.end();
  // What has begun goes on: the next plain start opens it again.
  product = await StartedProduct.firstIn(folder);
  expect(await (await fetch(`${product.address}/api/v1/demonstration`)).json()).toEqual(one);
  expect(readdirSync(folder)).toEqual(['.yizhan']);
}, 240_000);
