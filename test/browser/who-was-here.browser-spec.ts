import { connect } from '@yizhan/client';
import type { Page } from 'playwright-core';
import { ConsoleWorld, pin, signIn } from './support/console-world.js';

interface Kept {
  readonly refreshToken: string;
}

let world: ConsoleWorld | undefined;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  const { administrator } = world;
  for (const [accountId, role, station] of [
    ['shift_lead:mei', 'shift_lead', 'jindong'],
    ['operator:pu', 'operator', 'pujiang'],
  ] as const) {
    const headers = (what: string) => ({ 'Idempotency-Key': `${what}-of-${accountId}` });
    const body = { accountId, role, stations: [station] };
    await administrator.accounts.create({ headers: headers('account'), body });
    await administrator.accounts.setPin({ headers: headers('pin'), path: { accountId }, body: { pin } });
  }
}, 300_000);
afterAll(() => world?.close());

/** With the PIN, where the page of signing in is shown. */
async function signInWithPin(page: Page, accountId: string): Promise<void> {
  await page.getByLabel('账号').fill(accountId);
  await page.getByText('PIN', { exact: false }).first().click();
  await page.getByRole('textbox', { name: /PIN/ }).fill(pin);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

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
  await signInWithPin(page, 'shift_lead:mei');
  await page.getByRole('button', { name: /shift_lead:mei/ }).waitFor();
  await page.waitForURL(/station\/jindong/);
  await page.locator('main').getByRole('alert').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(0);
  expect(await answersOn(page)).not.toContain('operator:lin');
  await context.close();
});

it('leads whoever comes after somebody who has signed out to his own work, and whoever opens a page first to that page', async () => {
  const { page, context } = await world!.browser.device();
  await page.goto('/station/jindong/passes');
  await page.waitForURL(/sign-in/);
  await signInWithPin(page, 'operator:lin');
  await page.waitForURL(/station\/jindong\/passes$/);
  await page.getByRole('button', { name: /operator:lin/ }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.waitForURL(/sign-in/);
  await signInWithPin(page, 'operator:pu');
  await page.getByRole('button', { name: /operator:pu/ }).waitFor();
  await page.waitForURL(/station\/pujiang$/);
  await context.close();
});

it('lets the next operator take a tablet over with a PIN, and signs out whoever worked there', async () => {
  const { page, context } = await world!.browser.device();
  await signIn(page);
  while ((await answersOn(page)).length === 0) await page.waitForTimeout(200);
  const kept = JSON.parse(String(await page.evaluate(`localStorage.getItem('yizhan.session')`))) as Kept;
  const takeOver = async (from: string) => {
    await page.getByRole('button', { name: new RegExp(from) }).click();
    await page.getByRole('menuitem', { name: '换人' }).click();
    return page.getByRole('dialog', { name: '换人' });
  };
  let dialog = await takeOver('operator:lin');
  expect(await dialog.getByRole('group', { name: '谁接手' }).count()).toBe(0);
  await dialog.getByLabel('账号').fill('operator:pu');
  await dialog.getByRole('textbox', { name: /PIN/ }).fill('000000');
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await dialog.getByRole('alert').getByText('账号或密码不正确').waitFor();
  await dialog.getByRole('textbox', { name: /PIN/ }).fill(pin);
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/station\/pujiang$/);
  await dialog.waitFor({ state: 'detached' });
  expect(await answersOn(page)).not.toContain('operator:lin');
  const { refreshToken } = kept;
  const ended = connect(world!.product.address).sessions.refresh({ body: { refreshToken } });
  await expect(ended).rejects.toMatchObject({ problem: { code: 'IDENTITY.SESSION_ENDED' } });
  // Whoever has worked here is found by a tap.
  dialog = await takeOver('operator:pu');
  await dialog.getByRole('button', { name: 'operator:lin' }).click();
  await dialog.getByRole('textbox', { name: /PIN/ }).fill(pin);
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/station\/jindong$/);
  await page.getByRole('button', { name: /operator:lin/ }).waitFor();
  await context.close();
});

it('does all of it within the rules', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
