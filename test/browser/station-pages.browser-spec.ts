import { randomUUID } from 'node:crypto';
import { ConsoleWorld, password, signIn, signInWithPassword } from './support/console-world.js';
import { type Shown, showTrucks, withoutCredential } from './support/shown-trucks.js';

let world: ConsoleWorld | undefined;
let shown: Shown;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  shown = await showTrucks(world);
  for (const accountId of ['shift_lead:wang', 'shift_lead:zhao']) {
    const account = { accountId, role: 'shift_lead' as const, stations: ['jindong'] };
    await world.administrator.accounts.create({ headers: keyed(), body: account });
    await world.administrator.accounts.setPassword({ headers: keyed(), path: { accountId }, body: { password } });
  }
}, 300_000);

afterAll(async () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
  await world?.close();
});

const keyed = () => ({ 'Idempotency-Key': randomUUID() });

it('two leads hand a shift over, each with an account of his own; an operator reads the briefing', async () => {
  const operator = await world!.browser.device();
  await signIn(operator.page);
  await operator.page.getByRole('link', { name: '交接班' }).click();
  await operator.page.getByText('由值班站长签字。').waitFor();
  await operator.page.getByRole('heading', { name: /在站车辆/ }).waitFor();
  await operator.page.locator('.shift-list').getByText('浙G·10001').waitFor();
  expect(await operator.page.getByRole('button', { name: '交班签字' }).count()).toBe(0);

  const outgoing = await world!.browser.device();
  await signInWithPassword(outgoing.page, 'shift_lead:wang');
  await outgoing.page.goto('/station/jindong/shift');
  await outgoing.page.getByRole('button', { name: '交班签字' }).click();
  await outgoing.page.getByText(/shift_lead:wang 已于 .* 交班签字/).waitFor();
  expect(await outgoing.page.getByRole('button', { name: '接班签字' }).count()).toBe(0);

  const incoming = await world!.browser.device();
  await signInWithPassword(incoming.page, 'shift_lead:zhao');
  await incoming.page.goto('/station/jindong/shift');
  await incoming.page.getByRole('button', { name: '接班签字' }).click();
  await incoming.page.getByText(/shift_lead:wang 交班，shift_lead:zhao 于 .* 接班/).waitFor();
  const path = { stationCode: 'jindong' };
  const { items } = await world!.administrator.shiftHandovers.list({ path });
  expect(items[0]).toMatchObject({ state: 'taken', outgoingId: 'shift_lead:wang', incomingId: 'shift_lead:zhao' });
  for (const { context } of [operator, outgoing, incoming]) await context.close();
}, 120_000);

it('whoever looks at a station from elsewhere sees that it is cut off, and that its link is back', async () => {
  const { page, context } = await world!.browser.device();
  await signInWithPassword(page, 'administrator:first');
  const { stations } = world!.administrator;
  const path = { stationCode: 'pujiang' };
  await stations.cutOff({ headers: keyed(), path, body: { reason: 'line_broken' } });
  await page.goto('/station/pujiang');
  await page.getByText(/失联（自 .*）：由站内人员指派/).waitFor();
  await stations.reconnect({ headers: keyed(), path });
  await page.reload();
  await page.locator('.column-expected').waitFor();
  expect(await page.getByText(/失联/).count()).toBe(0);
  await context.close();
});

it('a tablet that is opened anew at a truck still tells that its station can be reached', async () => {
  const { page, context } = await world!.browser.device();
  await signIn(page);
  await page.locator('.columns').waitFor();
  const beats = page.waitForResponse((response) => response.url().endsWith('/stations/jindong/heartbeat'));
  await page.goto(`/truck/${shown.accepted}`);
  expect((await beats).status()).toBe(204);
  await context.close();
}, 60_000);

it('a station sees which passes there are; the authority finds one by the plate', async () => {
  const { plate } = await world!.administrator.visits.read({ path: { visitId: shown.accepted } });
  for (const each of [plate, '浙G99999']) {
    const body = {
      areaCode: 'yiwu',
      countyCode: '330782',
      plate: each,
      route: 'jindong:yiwu',
      driverIds: ['relay-0001'],
    };
    await world!.administrator.passes.issue({ headers: keyed(), body });
  }
  const { context, page } = await world!.browser.device();
  await signIn(page);
  await page.getByRole('link', { name: '通行证' }).click();
  await page.getByText('浙G·99999').waitFor();
  await page.getByRole('searchbox', { name: '按车牌查找' }).fill(plate);
  await page.getByRole('searchbox', { name: '按车牌查找' }).press('Enter');
  await page.getByText('浙G·99999').waitFor({ state: 'detached' });
  await page.locator('section', { hasText: '全部通行证' }).getByText('苏E·10003').waitFor();
  // Its driver is not on it: the station waits, and only the authority may change that.
  const waiting = page.locator('section', { hasText: '等待通行证的派单' });
  await waiting.getByText('未列入此司机').waitFor();
  expect(await waiting.getByRole('button').count()).toBe(0);

  const authority = await world!.browser.device();
  await signInWithPassword(authority.page, 'administrator:first');
  await authority.page.goto('/station/jindong/passes');
  const asked = authority.page.locator('.pass', { hasText: '未列入此司机' });
  await asked.getByRole('button', { name: /列入通行证/ }).click();
  await asked.waitFor({ state: 'detached' });
  await context.close();
  await authority.context.close();
});

it('an operator asks for an override, a lead is told and approves it with one tap, and the operator assigns', async () => {
  const driverId = await withoutCredential(world!);
  const operator = await world!.browser.device();
  await signIn(operator.page);
  const lead = await world!.browser.device();
  await signInWithPassword(lead.page, 'shift_lead:zhao');
  await lead.page.goto('/station/jindong');
  await lead.page.getByRole('button', { name: /件事待处理/ }).waitFor();

  await operator.page.goto(`/truck/${shown.waiting}`);
  await operator.page.getByText(/名司机不可接/).click();
  await operator.page.getByRole('button', { name: `为 ${driverId} 特批` }).click();
  await operator.page.getByRole('button', { name: '没有其他司机' }).click();
  await operator.page.getByRole('button', { name: '特批', exact: true }).click();
  await operator.page.getByText('待批准').waitFor();
  // Who asks cannot decide it.
  await operator.page.goto('/station/jindong/overrides');
  await operator.page.getByText('您申请的，须由另一人批准。').waitFor();
  expect(await operator.page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);

  await lead.page.getByRole('link', { name: /1 项特批待批准/ }).waitFor();
  await lead.page.getByRole('button', { name: /件事待处理/ }).click();
  await lead.page.getByRole('list', { name: '待处理' }).getByRole('link', { name: /特批/ }).click();
  const card = lead.page.getByRole('article');
  await card.getByText(driverId).waitFor();
  await card.getByText('再等也不行').waitFor();
  await card.getByRole('button', { name: '批准', exact: true }).click();
  await card.getByText('shift_lead:zhao 答复').waitFor();

  await operator.page.getByRole('link', { name: /已批准，去办理/ }).click();
  await operator.page.getByRole('button', { name: `指派 ${driverId}` }).click();
  await operator.page.locator('.history').getByText('特批已批准').waitFor();
  const { handoffId = '' } = await world!.administrator.visits.read({ path: { visitId: shown.waiting } });
  expect(await world!.administrator.handoffs.read({ path: { handoffId } })).toMatchObject({
    state: 'assigned',
    driverId,
  });
  for (const { context } of [operator, lead]) await context.close();
}, 120_000);

it('a driver who waits gets a rest place and a meal, which are counted on the board and in the briefing', async () => {
  const lead = await world!.browser.device();
  await signInWithPassword(lead.page, 'shift_lead:wang');
  await lead.page.goto('/station/jindong/shift');
  await lead.page.getByLabel('本站休息位总数').fill('2');
  await lead.page.getByRole('button', { name: '保存' }).click();
  await lead.page.locator('.shift-figures').getByText('0 / 2').waitFor();
  await lead.context.close();
  const { context, page } = await world!.browser.device();
  await signIn(page);
  await page.getByText('0 / 2').waitFor();
  await page
    .getByRole('button', { name: /安排休息位$/ })
    .first()
    .click();
  await page.getByText('1 / 2').waitFor();
  await page
    .getByRole('button', { name: /^给 .* 供餐$/ })
    .first()
    .click();
  await page.getByText(/本班用餐 1 份/).waitFor();
  await page.getByRole('link', { name: '交接班' }).click();
  await page.locator('.shift-figures > div', { hasText: '休息位' }).getByText('1 / 2').waitFor();
  await page.locator('.shift-figures > div', { hasText: '本班供餐' }).getByText('1', { exact: true }).waitFor();
  await context.close();
});
