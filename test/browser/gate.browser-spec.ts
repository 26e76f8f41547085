import type { Page } from 'playwright-core';
import { ConsoleWorld, signIn } from './support/console-world.js';

let world: ConsoleWorld | undefined;

beforeAll(async () => {
  world = await ConsoleWorld.open();
}, 300_000);

afterAll(() => world?.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** A ticket by its plate, and the address in the code that the driver scans. */
async function ticketWithCode(page: Page, plate: string): Promise<string> {
  await button(page, '取号').first().click();
  for (const key of plate) await page.getByRole('group', { name: '车牌键盘' }).getByText(key, { exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取号', exact: true }).click();
  await page.locator('.ticket-number').waitFor();
  await button(page, '司机扫码登记').click();
  await page.getByRole('img', { name: '司机扫码填写资料' }).waitFor();
  return (await page.getByRole('link', { name: '打开链接' }).getAttribute('href')) ?? '';
}

it('lets a driver whom nobody knows fill in the rest on his phone, and the operator take it over', async () => {
  const { page } = await world!.browser.device();
  await signIn(page);
  const address = await ticketWithCode(page, '浙G66666');
  // This one is served to its own machine alone.
  await page.getByText(/手机打不开此码：驿站只在本机监听/).waitFor();

  const driver = await world!.browser.device({ width: 390, height: 844 });
  await driver.page.goto(address);
  await driver.page.getByText('浙G·66666').waitFor();
  await driver.page.getByLabel('您的手机号').fill('12800000000');
  await button(driver.page, '提交').click();
  await driver.page.getByRole('alert').getByText('填写的内容不正确').waitFor();
  await driver.page.getByLabel('您的手机号').fill('138 0000 6666');
  await driver.page.getByLabel('您的姓名').fill('张三');
  await driver.page.getByLabel('物流公司').fill('顺达物流');
  await driver.page.getByLabel('货物').fill('布料 12 吨');
  await button(driver.page, '提交').click();
  await driver.page.getByRole('heading', { name: '已收到' }).waitFor();

  await page.getByRole('link', { name: '查看车辆' }).click();
  await page.getByText('张三 · 13800006666 · 顺达物流').waitFor();
  await page.getByText('货物：布料 12 吨').waitFor();
  await button(page, '采用').click();
  expect(await page.getByLabel('司机手机号').inputValue()).toBe('13800006666');
  await button(page, '确认进场').click();
  await page.getByRole('heading', { level: 2, name: '查验', exact: true }).waitFor();

  // Whose truck it is is said by name, and by id behind it.
  await page.getByText(/^司机 张三 \(O-/).waitFor();
  await page.getByText(/^顺达物流 \(C-/).waitFor();

  const visitId = page.url().split('/').at(-1) ?? '';
  const { carrierId = '' } = await world!.administrator.visits.read({ path: { visitId } });
  expect(await world!.administrator.carriers.read({ path: { carrierId } })).toMatchObject({ name: '顺达物流' });
  const { custodian } = await world!.administrator.trucks.read({ path: { plate: '浙G66666' } });
  const personId = `driver:${custodian?.id}`;
  expect(await world!.administrator.personalData.read({ path: { personId } })).toMatchObject({
    name: '张三',
    phone: '13800006666',
  });

  // Whoever works at the gate has him in hand: the code is of no more use.
  await button(driver.page, '修改').click();
  await button(driver.page, '提交').click();
  await driver.page.getByRole('alert').getByText('工作人员已在办理这辆车').waitFor();
  await driver.context.close();
}, 120_000);

it('prints the code with its plate, and nothing else', async () => {
  const { page, context } = await world!.browser.device();
  await context.addInitScript('window.print = () => { window.hasPrinted = true; }');
  await signIn(page);
  await ticketWithCode(page, '浙G88888');
  await button(page, '打印二维码').click();
  expect(await page.evaluate('window.hasPrinted')).toBe(true);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.gate-paper .plate').isVisible()).toBe(true);
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false);
  await context.close();
}, 120_000);

it('does all of it within the rules', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
