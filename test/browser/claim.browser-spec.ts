import { StartedProduct } from '../support/started-product.js';
import { password } from './support/console-world.js';
import { TestBrowser } from './support/open-browser.js';

let product: StartedProduct | undefined;
let browser: TestBrowser | undefined;

beforeAll(async () => {
  product = await StartedProduct.with();
  browser = await TestBrowser.open(product.address);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it('the link of the first start makes the first administrator, who is signed in', async () => {
  const { page } = await browser!.device();
  await page.goto(product!.claim ?? '');
  await page.getByLabel('管理员名称').fill('first');
  await page.getByLabel(/^密码/).fill('too short');
  await page.getByRole('button', { name: '认领', exact: true }).click();
  await page.getByText('至少 12 个字符', { exact: true }).waitFor();
  await page.getByLabel(/^密码/).fill(password);
  await page.getByRole('button', { name: '认领', exact: true }).click();
  await page.getByText('还没有中转站。').waitFor();
  expect(page.url()).toBe(`${product!.address}/`);
  expect(await page.getByRole('button', { name: /administrator:first/ }).count()).toBe(1);
});

it('whoever signs out is at the sign-in, and comes back with his password', async () => {
  const { page } = await browser!.device({ language: 'en' });
  await page.goto('/');
  // Half an account is not asked for: what it looks like is said at once.
  await page.getByLabel('Account').fill('first');
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('An account is a role and a name, as in operator:lin.').waitFor();
  await page.getByLabel('Account').fill('administrator:first');
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong horse battery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('alert').getByText('The account or its secret is wrong.').waitFor();
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /administrator:first/ }).click();
  await page.getByText('Sign out').click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect(await page.evaluate(`localStorage.getItem('yizhan.session')`)).toBeNull();
});

it('neither asks anybody else, nor breaks a rule', () => {
  expect(browser?.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
