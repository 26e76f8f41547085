import type { Page } from 'playwright-core';
import { faultsOf } from './support/axe.js';
import { ConsoleWorld, en, password, signIn, signInWithPassword, zh } from './support/console-world.js';
import { completionParts, walkTo } from './support/hand-over.js';
import { photograph, sizes } from './support/photograph.js';
import { sayCapacity } from './support/said-capacity.js';
import { type Shown, showTrucks, withoutCredential } from './support/shown-trucks.js';

let world: ConsoleWorld | undefined;
let shown: Shown;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  shown = await showTrucks(world);
  // Its driver is not named on it: the page of passes has one, and somebody who waits for it.
  const body = {
    areaCode: 'yiwu',
    countyCode: '330782',
    plate: '苏E10003',
    route: 'jindong:yiwu',
    driverIds: ['relay-0001'],
  };
  await world.administrator.passes.issue({ headers: { 'Idempotency-Key': 'a-pass' }, body });
  const driverId = await withoutCredential(world);
  const { handoffId = '' } = await world.administrator.visits.read({ path: { visitId: shown.waiting } });
  const asked = { rule: 'credentials', reason: 'no_other_driver', driverId } as const;
  await world.administrator.handoffs.requestOverride({
    headers: { 'Idempotency-Key': 'an-override' },
    path: { handoffId },
    body: asked,
  });
  await sayCapacity(world);
  await world.administrator.stations.setRestPlaces({
    headers: { 'Idempotency-Key': 'rest-places' },
    path: { stationCode: 'jindong' },
    body: { restPlaces: 8 },
  });
}, 300_000);

afterAll(() => world?.close());

/** Pages, and how one knows that they are there. */
const pages = (): readonly (readonly [string, string, string])[] => [
  ['sign-in', '/sign-in', 'form'],
  ['claim', '/claim#token=yzc_0', 'form'],
  ['claim-without-token', '/claim', '.ant-alert'],
  ['unsent', '/unsent', '#waiting'],
  ['not-found', '/nowhere', '.ant-result'],
  ['board', '/station/jindong', '.columns'],
  ['exceptions', '/station/jindong/exceptions', '.exception-list li'],
  ['shift', '/station/jindong/shift', '.shift-figures'],
  ['passes', '/station/jindong/passes', '.pass'],
  ['overrides', '/station/jindong/overrides', '.override'],
  ['truck-announced', `/truck/${shown.announced}`, '.history'],
  ['truck-checking', `/truck/${shown.checking}`, '.check-line'],
  ['truck-waiting', `/truck/${shown.waiting}`, '.history'],
  ['truck-assigned', `/truck/${shown.assigned}`, '.history'],
  ['truck-accepted', `/truck/${shown.accepted}`, '.history'],
  ['truck-started', `/truck/${shown.started}`, '.step-form'],
  ['truck-gone', `/truck/${shown.gone}`, '.history'],
  ['centre', '/centre/yiwu', '.centre-table a'],
  ['centre-station', '/centre/yiwu/station/jindong', '.centre-table .plate'],
  ['centre-report', '/centre/yiwu/report', '.centre-paper'],
  ['centre-screen', '/centre/yiwu/screen', '.place'],
  ['centre-overview', '/centre/screen', '.place'],
  ['driver', `/driver#token=${shown.driverToken}`, '.driver-card'],
  ['gate', `/gate#token=${shown.gateToken}&visit=${shown.announced}&plate=浙A20001`, '.gate-form'],
  ['gate-link-over', '/gate', '.ant-alert'],
  ['driver-link-over', '/driver', '.ant-alert'],
];

const withoutSession = /^(sign-in|claim)/;
const ofCentre = /^centre/;

describe.each([
  ['zh-CN', zh, false],
  ['en', en, true],
] as const)('in %s', (language, words, isDark) => {
  it.each(Object.entries(sizes))(
    'on a %s no page has a serious fault of accessibility',
    async (size, [width, height]) => {
      const device = await world!.browser.device({ width, height, language, isDark });
      const nobody = await world!.browser.device({ width, height, language, isDark });
      const centre = await world!.browser.device({ width, height, language, isDark });
      await signIn(device.page, words);
      await signInWithPassword(centre.page, 'administrator:first', words);
      const faults: Record<string, string[]> = {};
      for (const [name, path, sign] of pages()) {
        const { page } = withoutSession.test(name) ? nobody : ofCentre.test(name) ? centre : device;
        // A fragment alone would not open the page anew.
        await page.goto('about:blank');
        await page.goto(path);
        await page.locator(sign).first().waitFor();
        await page.waitForTimeout(300);
        await photograph(page, `${name}.${language}.${size}`);
        const found = [...(await faultsOf(page)), ...(await beyondSight(page))];
        if (found.length > 0) faults[name] = found;
      }
      expect(faults).toEqual({});
      await device.context.close();
      await centre.context.close();
      await nobody.context.close();
    },
    240_000,
  );
});

/** What makes the page wider than its window: nobody should have to scroll sideways to read a page. */
const tooWide = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isScrolled = (element) =>
    element !== document.body && (getComputedStyle(element).overflowX !== 'visible' || isScrolled(element.parentElement));
  const wide = [...document.querySelectorAll('body *')].filter(
    (element) =>
      element.getBoundingClientRect().right > clientWidth + 1 && element.clientWidth > 0 && !isScrolled(element.parentElement),
  );
  return [scrollWidth + ' wide in ' + clientWidth + ': ' + wide.slice(0, 5).map((each) => each.className).join(', ')];
})()`;

const beyondSight = (page: Page): Promise<string[]> => page.evaluate<string[]>(tooWide);

it('what this device keeps has no serious fault either, in words of both languages', async () => {
  for (const [language, words] of [['zh-CN', zh] as const, ['en', en] as const]) {
    for (const [size, [width, height]] of Object.entries(sizes)) {
      const { context, page, network } = await world!.browser.device({
        width,
        height,
        language,
        isDark: language === 'en',
      });
      await signIn(page, words);
      await page.locator('.unsent').click();
      await page.locator('#waiting').waitFor();
      await page.goBack();
      await page.locator('.column-checking .truck-card').first().waitFor();
      await network.cut();
      await page.locator('.ticket-button').click();
      await page.locator('#plate-text').fill('浙G77777');
      await page.getByRole('dialog').locator('.big-button').click();
      await page.locator('.ticket-number').waitFor();
      await photograph(page, `ticket-kept.${language}.${size}`);
      expect(await faultsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('.unsent').click();
      await page.locator('.waiting-steps .logged-part').nth(1).waitFor();
      await photograph(page, `unsent-waiting.${language}.${size}`);
      expect(await faultsOf(page)).toEqual([]);
      await context.close();
    }
  }
}, 240_000);

it.each([
  ['zh-CN', zh, false, 'phone'],
  ['en', en, true, 'desktop'],
] as const)(
  'in %s no drawer, dialog or form of a step has a serious fault either',
  async (language, words, isDark, size) => {
    const [width, height] = sizes[size];
    const { context, page } = await world!.browser.device({ width, height, language, isDark });
    await signIn(page, words);
    const faults: Record<string, string[]> = {};
    const look = async (name: string): Promise<void> => {
      await page.waitForTimeout(300);
      await photograph(page, `${name}.${language}.${size}`);
      const found = await faultsOf(page);
      if (found.length > 0) faults[name] = found;
    };
    for (const opener of ['.attention-button', '.find-button', '.ticket-button']) {
      await page.locator(opener).click();
      await page.getByRole('dialog').waitFor();
      await look(`open${opener.replace('.', '-')}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    const seen = new Set<string>();
    for (const stage of ['announced', 'checking', 'waiting', 'assigned', 'accepted', 'started'] as const) {
      await page.goto(`/truck/${shown[stage]}`);
      await page.locator('.history').waitFor();
      const steps = await page.locator('.other-steps button').allInnerTexts();
      for (const step of steps.filter((each) => !seen.has(each))) {
        seen.add(step);
        await page.getByRole('button', { name: step, exact: true }).click();
        await page.getByRole('heading', { level: 2, name: step, exact: true }).waitFor();
        await look(`step-${stage}-${seen.size}`);
      }
    }
    await page.goto(`/truck/${shown.started}`);
    for (const [index, part] of completionParts.entries()) {
      await walkTo(page, part, completionParts[index - 1] ?? part);
      await look(`completion-${part}`);
    }
    await page.locator('.rail button').nth(3).click();
    await page.locator('#complete-seal').fill('S0002');
    await page.locator('.warning-place .override-asking').waitFor();
    await look('completion-other-seal');
    await page.goto(`/truck/${shown.waiting}`);
    await page.locator('.override-asking').waitFor();
    await look('override-asked');
    await page.goto('/station/jindong/exceptions');
    await page.locator('.exception-list button').nth(1).click();
    await look('exception-resolving');
    expect(seen.size).toBeGreaterThan(8);
    expect(faults).toEqual({});
    await context.close();
  },
  120_000,
);

it('the ticket has no serious fault of accessibility either', async () => {
  for (const [size, [width, height]] of Object.entries(sizes)) {
    const { context, page } = await world!.browser.device({ width, height });
    await signIn(page);
    await page.getByRole('button', { name: '取号' }).first().click();
    await page.getByRole('group', { name: '车牌键盘' }).waitFor();
    await page.waitForTimeout(500);
    await photograph(page, `ticket.zh-CN.${size}`);
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  }
}, 120_000);

it('the change of operators and the code of a ticket have none either', async () => {
  for (const [size, [width, height]] of Object.entries(sizes)) {
    const { context, page } = await world!.browser.device({ width, height });
    await signIn(page);
    await page.getByRole('button', { name: /operator:lin/ }).click();
    await page.getByRole('menuitem', { name: '换人' }).click();
    await page.getByRole('dialog', { name: '换人' }).waitFor();
    await page.waitForTimeout(500);
    await photograph(page, `take-over.zh-CN.${size}`);
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(`/truck/${shown.announced}`);
    await page.getByRole('button', { name: '司机扫码登记' }).click();
    await page.getByRole('img', { name: '司机扫码填写资料' }).waitFor();
    await photograph(page, `gate-code.zh-CN.${size}`);
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  }
}, 120_000);

it('the claim link leads to a page that says what is wrong with a link that was used', async () => {
  const { context, page } = await world!.browser.device();
  await page.goto(world!.product.claim?.replace(world!.product.address, '') ?? '');
  await page.getByLabel('管理员名称').fill('second');
  await page.getByLabel(/^密码/).fill(password);
  await page.getByRole('button', { name: '认领', exact: true }).click();
  await page.getByRole('alert').getByText('链接无效、已用过或已过期。').waitFor();
  expect(page.url()).toContain('/claim');
  await context.close();
});

it('no page asks anybody else for anything, or breaks a rule of its content security policy', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
