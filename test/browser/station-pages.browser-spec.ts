import { randomUUID } from 'node:crypto';
import { ConsoleWorld, password, signIn, signInWithPassword } from './support/console-world.js';
import { type Shown, showTrucks } from './support/shown-trucks.js';

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
