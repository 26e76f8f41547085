import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@yizhan/client';
import type { Page } from 'playwright-core';
import { StartedProduct } from '../../support/started-product.js';
import { TestBrowser } from './open-browser.js';

export const password = 'correct horse battery';
export const pin = '407193';
/** Of an outside driver who is not known yet. */
export const phone = '13800001234';

/** The built product on the scenario of Yiwu, claimed, with an operator at Jindong, and a browser. */
export class ConsoleWorld {
  private constructor(
    readonly product: StartedProduct,
    readonly browser: TestBrowser,
    readonly administrator: ReturnType<typeof connect>,
  ) {}

  /**
   * @param environment of the product, besides that of every test
   * @param args of the command `start`, besides the scenario
   */
  static async open(
    environment: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Promise<ConsoleWorld> {
    const folder = join(tmpdir(), `yizhan-console-${randomUUID()}`);
    const product = await StartedProduct.on(folder, ['--scenario', 'yiwu', ...args], environment);
    try {
      const { address, claim = '' } = product;
      const token = claim.split('#token=')[1] ?? '';
      const nobody = connect(address);
      const session = await nobody.sessions.claim({ body: { token, accountId: 'administrator:first', password } });
      const administrator = connect(address, session.token);
      const headers = (key: string) => ({ 'Idempotency-Key': key });
      const account = { accountId: 'operator:lin', role: 'operator' as const, stations: ['jindong'] };
      await administrator.accounts.create({ headers: headers('account'), body: account });
      await administrator.accounts.setPin({
        headers: headers('pin'),
        path: { accountId: account.accountId },
        body: { pin },
      });
      return new ConsoleWorld(product, await TestBrowser.open(address), administrator);
    } catch (error) {
      await product.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.product.stop();
  }
}

/** Signs in with the PIN, from wherever the page leads to the sign-in. */
export async function signIn(page: Page, words = zh): Promise<void> {
  await page.goto('/');
  await page.getByLabel(words.account).fill('operator:lin');
  await page.getByText('PIN', { exact: false }).first().click();
  await page.getByRole('textbox', { name: /PIN/ }).fill(pin);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForURL(/station\/jindong/);
}

/** Signs in with the password that all accounts of the tests have. */
export async function signInWithPassword(page: Page, accountId: string, words = zh): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(words.account).fill(accountId);
  await page.getByRole('textbox', { name: words.password }).fill(password);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

export const zh = { account: '账号', password: '密码', signIn: '登录' };
export const en = { account: 'Account', password: 'Password', signIn: 'Sign in' };
