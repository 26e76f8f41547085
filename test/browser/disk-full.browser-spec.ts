import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartedProduct } from '../support/started-product.js';
import { password, signInWithPassword } from './support/console-world.js';
import { TestBrowser } from './support/open-browser.js';

/** So much is to be kept free that no disk has it: this one is full from the beginning. */
const moreThanAnyDisk = { YIZHAN_DISK_RESERVE_MEGABYTES: '999999' };
const data = join(tmpdir(), `yizhan-full-${randomUUID()}`);
let product: StartedProduct | undefined;
let browser: TestBrowser | undefined;

beforeAll(async () => {
  product = await StartedProduct.on(data, ['--empty'], moreThanAnyDisk);
  browser = await TestBrowser.open(product.address);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it('every page says that the disk is full, before and after somebody has signed in, which goes on', async () => {
  const { page } = await browser!.device();
  await page.goto(product!.claim ?? '');
  await page.getByRole('alert').filter({ hasText: '本站电脑磁盘已满' }).waitFor();
  await page.getByLabel('管理员名称').fill('first');
  await page.getByLabel(/^密码/).fill(password);
  await page.getByRole('button', { name: '认领', exact: true }).click();
  await page.getByText('还没有中转站。').waitFor();
  await page.getByRole('alert').filter({ hasText: '本站电脑磁盘已满' }).waitFor();
});

it('tells who works here, and nobody else, that backups fail', async () => {
  const { page } = await browser!.device();
  // It takes hours to become so by itself.
  await page.route('**/api/v1/storage', (route) => route.fulfill({ json: { state: 'ok', backups: 'overdue' } }));
  const shown = page.waitForResponse('**/api/v1/storage');
  await page.goto('/sign-in');
  await shown;
  expect(await page.getByText('未能备份').count()).toBe(0);
  await signInWithPassword(page, 'administrator:first');
  await page.getByText('还没有中转站。').waitFor();
  await page.getByRole('status').filter({ hasText: '本站数据已有数小时未能备份' }).waitFor();
});

it('says it in English where English is read, and by night', async () => {
  const { page } = await browser!.device({ language: 'en', isDark: true });
  await page.goto('/');
  await page.getByRole('alert').filter({ hasText: 'The disk of this station is full.' }).waitFor();
});

it('neither asks anybody else, nor breaks a rule', () => {
  expect(browser?.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
