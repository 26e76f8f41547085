import type { BrowserContext, Page } from 'playwright-core';
import { ConsoleWorld, pin, signIn } from './support/console-world.js';
import { handOver, partHeading } from './support/hand-over.js';
import { holds } from './support/holds.js';
import { type Shown, showTrucks } from './support/shown-trucks.js';

let world: ConsoleWorld | undefined;
let shown: Shown;
let page: Page;
let context: BrowserContext;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  shown = await showTrucks(world);
}, 300_000);

beforeEach(async () => {
  ({ page, context } = await world!.browser.device({ width: 820, height: 1180 }));
});

afterEach(() => context.close());
afterAll(() => world?.close());

const rail = (name: string) => page.locator('.rail').getByRole('button', { name });
const focused = () => page.evaluate<string>('document.activeElement.id');
const enter = () => page.keyboard.press('Enter');
const historyOf = async (visitId: string) =>
  (await world!.administrator.visits.readHistory({ path: { visitId } })) as unknown as { type: string; data: object }[];

it('leads through a completion by keyboard, in its order alone, and keeps what was entered', async () => {
  await signIn(page);
  await page.goto(`/truck/${shown.started}`);
  await partHeading(page, 'items').waitFor();
  await page.getByText('第 3 步，共 10 步').waitFor();
  expect(await rail('里程油量').isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: '油卡' }).press('Space');
  await enter();
  // Figures that cannot be: said at their field, and left as they were typed.
  await partHeading(page, 'readings').waitFor();
  expect(await focused()).toBe('odometer');
  await enter();
  await page.getByText('请填写里程表上的公里数。').waitFor();
  await page.keyboard.type('99999999');
  await page.getByText('应在 0 到 9999999 之间，请核对。').waitFor();
  await page.locator('#fuel').fill('8O');
  await enter();
  await page.getByText('只填数字，不带单位。').waitFor();
  expect(await focused()).toBe('odometer');
  expect(await page.locator('#odometer').inputValue()).toBe('99999999');
  expect(await rail('照片').isDisabled()).toBe(true);
  await page.locator('#odometer').fill('183,204');
  await page.locator('#fuel').fill('80');
  await enter();
  await partHeading(page, 'photos').waitFor();
  expect(await focused()).toBe('part-photos');
  await enter();
  await partHeading(page, 'seal').waitFor();
  await rail('里程油量').click();
  expect(await page.locator('#odometer').inputValue()).toBe('183,204');
  await rail('照片').click();

  // The same form in another tab: each shows what is entered in the other one, and says that there is one.
  const other = await context.newPage();
  await other.goto(`/truck/${shown.started}`);
  await partHeading(other, 'photos').waitFor();
  await other.locator('.rail').getByRole('button', { name: '里程油量' }).click();
  await other.locator('#fuel').fill('81');
  await page.getByText('本机的另一个页面也在填写这次交接').waitFor();
  await holds(page, `document.querySelector('#fuel')?.value === '81'`);
  expect(await page.locator('#odometer').inputValue()).toBe('183,204');
  await page.locator('#fuel').fill('80');
  await holds(other, `document.querySelector('#fuel')?.value === '80'`);
  await other.close();
  await rail('照片').click();

  await page.reload();
  await partHeading(page, 'photos').waitFor();
  // Nobody is led away from where he reads by a page that has just come.
  expect(await focused()).toBe('');
  await page.close();
  page = await context.newPage();
  await page.goto(`/truck/${shown.started}`);
  await partHeading(page, 'photos').waitFor();
  await page.getByRole('button', { name: '下一步' }).click();

  // Another seal is told of in a place that was there before, and not while it is typed.
  await partHeading(page, 'seal').waitFor();
  expect(await focused()).toBe('complete-seal');
  const next = page.getByRole('button', { name: '下一步' });
  await enter();
  await page.getByText('请填写车上铅封的号码。').waitFor();
  const top = (await page.locator('.warning-place').boundingBox())?.y;
  await page.keyboard.type('S00');
  await enter();
  await page.getByText(/铅封与登记不符或已损坏/).waitFor();
  expect((await page.locator('.warning-place').boundingBox())?.y).toBe(top);
  await partHeading(page, 'seal').waitFor();
  await page.locator('#complete-seal').fill('S0001');
  await next.click();
  await partHeading(page, 'offgoing').waitFor();
  await next.click();
  await page.getByText('签字后请先勾选。').waitFor();
  expect(await page.locator('.tick-sign input:focus').count()).toBe(1);
  expect(await rail('见证签字').isDisabled()).toBe(true);

  // The session ends, in the middle.
  await page.evaluate(`localStorage.setItem('yizhan.session', JSON.stringify(
    { ...JSON.parse(localStorage.getItem('yizhan.session')), endsAt: 0, refreshToken: 'yzr_${'0'.repeat(64)}' }))`);
  await page.reload();
  const again = page.getByRole('dialog', { name: '请重新登录' });
  await again.getByText('PIN').first().click();
  await again.getByRole('textbox', { name: /PIN/ }).fill(pin);
  await again.getByRole('button', { name: '登录', exact: true }).click();
  await handOver(page, 'offgoing');
  await page.getByRole('heading', { level: 2, name: '离站', exact: true }).waitFor();
  const written = (await historyOf(shown.started)).find(({ type }) => /handoff\.completed/.test(type));
  expect(written?.data).toMatchObject({
    odometerKm: 183_204,
    fuelPercent: 80,
    seal: { number: 'S0001', intact: true },
    items: ['keys', 'vehicle_licence', 'waybill', 'fuel_card'].map((code) => ({ code, given: true })),
  });
  // Nothing of it lies on the device any more.
  const left = `new Promise((done) => { const open = indexedDB.open('yizhan'); open.onsuccess = () => {
    const all = open.result.transaction('drafts').objectStore('drafts').count();
    all.onsuccess = () => done(all.result); }; })`;
  expect(await page.evaluate(left)).toBe(0);
}, 180_000);

it('shows bays that others have with their trucks, and lets nobody choose them', async () => {
  await signIn(page);
  const headers = { 'Idempotency-Key': 'called-elsewhere' };
  await world!.administrator.visits.call({ headers, path: { visitId: shown.waiting }, body: { bayCode: 'B03' } });
  const { handoffId = '' } = await world!.administrator.visits.read({ path: { visitId: shown.accepted } });
  const authorisation = { by: 'dispatcher-07', at: new Date(Date.now() - 1_000).toISOString() };
  await world!.administrator.handoffs.start({
    headers: { 'Idempotency-Key': 'started-elsewhere' },
    path: { handoffId },
    body: { bayCode: 'B02', authorisation },
  });
  await page.goto(`/truck/${shown.announced}`);
  await page.locator('.other-steps').getByRole('button', { name: '叫号', exact: true }).click();
  const bay = (name: RegExp) => page.getByRole('group', { name: '叫到换驾位' }).getByRole('button', { name });
  await bay(/B02 号位.*换驾中 苏E·10003/).waitFor();
  expect(await bay(/B02/).isDisabled()).toBe(true);
  expect(await bay(/B03 号位.*已叫号 浙G·10002/).isDisabled()).toBe(true);
  await bay(/B04/).click();
  await page.locator('form').getByRole('button', { name: '叫号', exact: true }).click();
  await page.locator('.history').getByText('叫号').waitFor();
  const visit = await world!.administrator.visits.read({ path: { visitId: shown.announced } });
  expect(visit.calledBayCode).toBe('B04');
}, 60_000);

it('takes a record back only once somebody was told what that does', async () => {
  await signIn(page);
  await page.goto(`/truck/${shown.announced}`);
  await page.getByRole('button', { name: '撤销这条' }).click();
  const asked = page.getByRole('group', { name: '撤销这条' });
  await asked.getByText(/撤销后不能恢复/).waitFor();
  // A second tap at the same place, or the key, does nothing.
  await enter();
  await asked.waitFor({ state: 'detached' });
  expect(await page.locator('.history-gone').count()).toBe(0);
  await page.getByRole('button', { name: '撤销这条' }).click();
  await asked.getByRole('button', { name: '确认撤销：叫号' }).click();
  await page.locator('.history-gone').getByText('叫号').waitFor();
}, 60_000);

it('puts a licence right that the gate has recorded wrongly, before the check and after it', async () => {
  await signIn(page);
  const correct = page.getByRole('group', { name: '实际所需驾照' }).first();
  const licence = page.locator('.ant-descriptions-item', { hasText: '所需驾照' });
  await page.goto(`/truck/${shown.checking}`);
  await page.getByRole('button', { name: '更正所需驾照' }).click();
  await correct.getByRole('button', { name: 'C1' }).click();
  await page.getByRole('button', { name: '更正', exact: true }).click();
  await licence.getByText('C1').waitFor();

  // Nobody here holds an A1: with what the truck really needs, somebody takes it.
  await page.goto(`/truck/${shown.waiting}`);
  await page.getByRole('heading', { name: '为什么在等' }).waitFor();
  await page.getByRole('button', { name: '更正所需驾照' }).click();
  await page.getByText(/已按 A1 找过司机/).waitFor();
  await correct.getByRole('button', { name: 'B2' }).click();
  await page.getByRole('button', { name: '中止换驾并更正' }).click();
  await page.getByRole('heading', { level: 2, name: '查验', exact: true }).waitFor();
  await licence.getByText('B2').waitFor();
  await page.getByRole('button', { name: '全部通过' }).click();
  await page.getByLabel(/铅封号/).fill('S0001');
  await page.getByRole('button', { name: '提交查验' }).click();
  await page.getByRole('heading', { level: 2, name: '司机接受', exact: true }).waitFor();
  const asked = (await historyOf(shown.waiting)).filter(({ type }) => /handoff\.requested/.test(type));
  expect(asked.map(({ data }) => (data as { requirements: { licence: string } }).requirements.licence)).toEqual([
    'A1',
    'B2',
  ]);
}, 60_000);

/** A camera, and a device that reads what is before it: what is read is what the test says. */
const readingDevice = (texts: readonly string[]): string => `
  window.TextDetector = class {
    async detect(video) {
      if (!(video instanceof HTMLVideoElement) || video.videoWidth === 0) throw new Error('no picture');
      return ${JSON.stringify(texts)}.map((rawValue) => ({ rawValue }));
    }
  };
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 64;
    const picture = canvas.getContext('2d');
    const draw = () => { picture.fillRect(0, 0, 64, 64); setTimeout(draw, 100); };
    draw();
    return canvas.captureStream(10);
  };`;

it('reads a plate with the camera, and takes it once somebody has said that it is right', async () => {
  await context.addInitScript(readingDevice(['货运有限公司', '浙G·1O345']));
  await signIn(page);
  await page.getByRole('button', { name: '取号' }).first().click();
  await page.getByRole('button', { name: '用摄像头读车牌' }).click();
  await page.getByText('浙G·10345').waitFor();
  expect(await page.locator('#plate-text').inputValue()).toBe('');
  await page.getByRole('button', { name: '车牌正确，使用' }).click();
  expect(await page.locator('#plate-text').inputValue()).toBe('浙G10345');
  await page.getByRole('dialog').getByRole('button', { name: '取号', exact: true }).click();
  await page.locator('.ticket-number').waitFor();
}, 60_000);

it('asks for the province where the device reads Latin letters alone', async () => {
  await context.addInitScript(readingDevice(['A·D12345']));
  await signIn(page);
  await page.getByRole('button', { name: '取号' }).first().click();
  await page.getByRole('button', { name: '用摄像头读车牌' }).click();
  await page
    .getByRole('group', { name: /没有读出省份/ })
    .getByText('沪', { exact: true })
    .click();
  await page.getByText('沪A·D12345').waitFor();
  await page.getByRole('button', { name: '车牌正确，使用' }).click();
  expect(await page.locator('#plate-text').inputValue()).toBe('沪AD12345');
}, 60_000);

it('offers no camera for plates where the device reads no text', async () => {
  await signIn(page);
  await page.getByRole('button', { name: '取号' }).first().click();
  await page.getByRole('group', { name: '车牌键盘' }).waitFor();
  expect(await page.getByRole('button', { name: '用摄像头读车牌' }).count()).toBe(0);
}, 60_000);

it('does all of it within the rules', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
