import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '@yizhan/kernel';
import type { BrowserContext, Page } from 'playwright-core';
import { makeAuthority } from '../../apps/yizhan/src/lan/authority.js';
import { StartedProduct } from '../support/started-product.js';
import { ConsoleWorld, signIn } from './support/console-world.js';
import { holds } from './support/holds.js';
import { TestBrowser } from './support/open-browser.js';
import { readShownCode } from './support/read-shown-code.js';
import { canTrust, trustAuthority } from './support/tablet-trust.js';

/** An address of this machine at which nothing is served but what is for tablets. */
const address = '127.0.0.7';
const plate = '浙G66666';
const test = canTrust ? it : it.skip;

let station: ConsoleWorld | undefined;
let restarted: StartedProduct | undefined;
let folder = '';
const browsers: TestBrowser[] = [];
let page: Page;
let context: BrowserContext;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-tablets-'));
  station = await ConsoleWorld.open({}, ['--lan', address, '--lan-port', '0', '--trust-port', '0']);
}, 300_000);

afterAll(async () => {
  for (const browser of browsers) await browser.close();
  await restarted?.end();
  await station?.close();
  rmSync(folder, { recursive: true, force: true });
});

const lanOf = (product = station?.product) => {
  if (!product?.lan) throw new Error('nothing is served on the local network');
  return product.lan;
};

/** A browser of somebody who has trusted nothing yet, or what lies in his folder. */
async function browserOf(home: string): Promise<TestBrowser> {
  const browser = await TestBrowser.open(lanOf().address, join(folder, home));
  browsers.push(browser);
  return browser;
}

/** In a page of its own, which shows the browser's warning from then on. */
async function assertRefused(tablet: BrowserContext): Promise<void> {
  const refused = await tablet.newPage();
  await expect(refused.goto('/')).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  await refused.close();
}

test('a tablet that has not trusted the station is refused its console, and gets the authority from the page of trust', async () => {
  const tablet = await (await browserOf('nobody')).device();
  await assertRefused(tablet.context);

  await tablet.page.goto(`${lanOf().trust}?lang=zh`);
  await tablet.page.getByText(lanOf().fingerprint, { exact: true }).waitFor();
  const [download] = await Promise.all([
    tablet.page.waitForEvent('download'),
    tablet.page.getByRole('link', { name: '下载证书' }).first().click(),
  ]);
  expect(download.suggestedFilename()).toBe('yizhan.crt');
  await download.saveAs(join(folder, 'yizhan.crt'));
});

it('at the PC itself a code for a phone leads to the address that a phone can open', async () => {
  const pc = await station!.browser.device();
  await signIn(pc.page);
  await pc.page.getByRole('button', { name: '取号' }).first().click();
  await pc.page.locator('#plate-text').fill('浙G70007');
  await pc.page.locator('#plate-text').press('Enter');
  await pc.page.locator('.ticket-number').waitFor();
  await pc.page.getByRole('button', { name: '司机扫码登记' }).click();
  await pc.page.getByText(`此码指向 ${lanOf().address}`).waitFor();
  const code = await readShownCode(pc.page.getByRole('img', { name: '司机扫码填写资料' }));
  expect(code).toMatch(new RegExp(`^${lanOf().address}/gate#token=`));
  await pc.context.close();
}, 60_000);

test('one that has trusted another station is refused as well', async () => {
  const other = join(folder, 'other.crt');
  writeFileSync(other, (await makeAuthority(new SystemClock())).certificate);
  await trustAuthority(join(folder, 'elsewhere'), other);
  const tablet = await (await browserOf('elsewhere')).device();
  await assertRefused(tablet.context);
});

test('one that has trusted this one opens the console over HTTPS, signs in, and keeps its pages', async () => {
  await trustAuthority(join(folder, 'tablet'), join(folder, 'yizhan.crt'));
  const browser = await browserOf('tablet');
  ({ page, context } = await browser.device({ width: 820, height: 1180, keepsPages: true }));
  await signIn(page);
  expect(page.url()).toBe(`${lanOf().address}/station/jindong`);
  await page.getByRole('status').getByText('实时').waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.reload();
  await holds(page, 'navigator.serviceWorker.controller?.state === "activated"');
  expect(await page.evaluate('isSecureContext')).toBe(true);
  const beat = await page.waitForResponse((response) => response.url().endsWith('/stations/jindong/heartbeat'));
  expect(beat.status()).toBe(204);
  await page.locator('.column-expected').waitFor();
});

test('with the station’s PC off it opens anew, gives a ticket, and keeps it', async () => {
  await station?.product.end();
  await page.close();
  page = await context.newPage();
  await page.goto('/station/jindong');
  await page.getByRole('status').getByText('数据可能已过时').waitFor();
  await page.locator('.column-expected').waitFor();
  await page.locator('.ticket-button').click();
  await page.locator('#plate-text').fill(plate);
  await page.getByRole('dialog').getByRole('button', { name: '取号', exact: true }).click();
  await page.locator('.ticket-number').getByText('临时号 L001').waitFor();
  await page.getByText('已保存本机，待上传 1').waitFor();
}, 120_000);

test('and has told it, once the PC is on again, with a new certificate of the same authority', async () => {
  const ports = ['--lan-port', new URL(lanOf().address).port, '--trust-port', new URL(lanOf().trust).port];
  restarted = await StartedProduct.on(station?.product.data ?? '', ['--lan', address, ...ports]);
  expect(lanOf(restarted)).toEqual(lanOf());
  await page.getByText(/已保存本机/).waitFor({ state: 'detached', timeout: 60_000 });
  // Another tablet of the same owner has nothing but what the station says.
  const other = await browsers.at(-1)?.device();
  if (!other) throw new Error('there is no browser');
  await signIn(other.page);
  const card = other.page.locator('.column-outside_queue .truck-card').filter({ hasText: '66666' });
  await card.locator('.ticket').getByText('W002').waitFor();
}, 180_000);

test('neither asks anybody else, nor breaks a rule', () => {
  expect(browsers.at(-1)?.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
