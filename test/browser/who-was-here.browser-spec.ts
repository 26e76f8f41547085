import type { Page } from 'playwright-core';
import { ConsoleWorld, pin, signIn } from './support/console-world.js';

let world: ConsoleWorld | undefined;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  const { administrator } = world;
  const accountId = 'shift_lead:mei';
  const body = { accountId, role: 'shift_lead' as const, stations: ['jindong'] };
  await administrator.accounts.create({ headers: { 'Idempotency-Key': 'mei' }, body });
  const headers = { 'Idempotency-Key': 'pin-of-mei' };
  await administrator.accounts.setPin({ headers, path: { accountId }, body: { pin } });
}, 300_000);
afterAll(() => world?.close());

/** Whose answers lie on the device. */
const answersOn = (page: Page) =>
  page.evaluate<readonly string[]>(`new Promise((resolve, reject) => {
    const opened = indexedDB.open('yizhan');
    opened.onerror = () => reject(opened.error);
    opened.onsuccess = () => {
      const all = opened.result.transaction('answers').objectStore('answers').getAll();
      all.onsuccess = () => {
        opened.result.close();
        resolve([...new Set(all.result.map(({ account }) => account))]);
      };
    };
  })`);

it('leaves nothing of who was here where somebody else takes over: not in the tab, in another one, or on the device', async () => {
  const { page, context } = await world!.browser.device();
  // A blank page has no storage.
  await context.addInitScript(`if (navigator.storage) {
    navigator.storage.persisted = async () => false;
    navigator.storage.persist = async () => { localStorage.setItem('asked', 'yes'); return false; };
  }`);
  await signIn(page);
  const other = await context.newPage();
  await other.goto('/unsent');
  await other.getByText('浏览器可能清除这里的待上传记录').waitFor();
  expect(await other.evaluate(`localStorage.getItem('asked')`)).toBe('yes');
  // Written some seconds after they were read.
  while ((await answersOn(page)).length === 0) await page.waitForTimeout(200);
  expect(await answersOn(page)).toEqual(['operator:lin']);
  await page.evaluate(`localStorage.setItem('yizhan.session', JSON.stringify(
    { ...JSON.parse(localStorage.getItem('yizhan.session')), endsAt: 0, refreshToken: 'yzr_${'0'.repeat(64)}' }))`);
  await page.reload();
  await page.getByRole('button', { name: '换一个账号登录' }).click();
  await page.waitForURL(/sign-in/);
  await other.waitForURL(/sign-in/);
  expect(await answersOn(page)).toEqual([]);
  // Whatever is shown of the station now is what was there before.
  await context.route(/\/board$/, (route) => route.abort());
  await page.getByLabel('账号').fill('shift_lead:mei');
  await page.getByText('PIN', { exact: false }).first().click();
  await page.getByRole('textbox', { name: /PIN/ }).fill(pin);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: /shift_lead:mei/ }).waitFor();
  await page.waitForURL(/station\/jindong/);
  await page.locator('main').getByRole('alert').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(0);
  expect(await answersOn(page)).not.toContain('operator:lin');
  await context.close();
});

it('does all of it within the rules', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
