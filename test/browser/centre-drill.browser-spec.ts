import type { Page } from 'playwright-core';
import { password, signInWithPassword } from './support/console-world.js';
import { DrillWorld, keyed } from './support/drill-world.js';
import { keepPicture } from './support/photograph.js';

let drill: DrillWorld | undefined;
const byName = (one: string, other: string): number => one.localeCompare(other);

beforeAll(async () => {
  drill = await DrillWorld.open('09:30');
  await drill.account('command_centre:zhang', password);
}, 180_000);

afterAll(async () => {
  expect(drill?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
  await drill?.close();
});

/** Each cause, as pages name it. */
const names = {
  'station_not_open/jindong': '站点停用而有车',
  'no_drivers/A2': '准驾车型无司机',
  'long_dwell/yiwu-port': '在站过久',
} as const;
type Cause = keyof typeof names;

async function standing(): Promise<string[]> {
  const query = { state: 'open', limit: 200 } as const;
  const { items } = await drill!.api.alerts.list({ path: { areaCode: 'yiwu' }, query });
  return items.map(({ key }) => key);
}

/** Waits until the page of the area, or the big screen, shows these alerts and no other. */
async function shows(page: Page, causes: readonly Cause[]): Promise<void> {
  await page.getByRole('heading', { name: `告警（${causes.length}）` }).waitFor();
  const lines = page.locator('li.centre-alert');
  for (const cause of causes) await lines.filter({ hasText: names[cause] }).waitFor();
  expect(await lines.count()).toBe(causes.length);
}

/** Every alert that there ever was: its cause, and from when until when it stood. */
async function history(): Promise<string[]> {
  const { items } = await drill!.api.alerts.list({ path: { areaCode: 'yiwu' }, query: { limit: 200 } });
  const time = (instant: string | undefined) =>
    instant === undefined ? 'still' : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16);
  return items
    .map(({ key, level, openedAt, resolvedAt }) => `${key} ${level} ${time(openedAt)}-${time(resolvedAt)}`)
    .toSorted(byName);
}

it('tells of a suspended station, of drivers short and of a silent carrier once each, and of each no longer than it is so', async () => {
  const world = drill!;
  const desk = await world.browser.device({ width: 1600, height: 1000 });
  const wall = await world.browser.device({ width: 1920, height: 1080, isDark: true });
  for (const { page } of [desk, wall]) await signInWithPassword(page, 'command_centre:zhang');
  await desk.page.goto('/centre/yiwu');
  await wall.page.goto('/centre/yiwu/screen');
  const bothShow = async (causes: readonly Cause[], picture: string): Promise<void> => {
    expect([world.time, (await standing()).toSorted(byName)]).toEqual([world.time, causes.toSorted(byName)]);
    await Promise.all([shows(desk.page, causes), shows(wall.page, causes)]);
    await keepPicture(desk.page, `drill-${picture}-desk`);
    await keepPicture(wall.page, `drill-${picture}-wall`);
  };
  const [helper = ''] = await world.onDuty('C1', 'yiwu-port');
  /** Somebody comes to work at Yiwu Port, or goes: it is not silent. */
  let isHere = true;
  const sign = async (): Promise<void> => {
    await (isHere ? world.endShift(helper) : world.beginShift(helper, 'yiwu-port'));
    isHere = !isHere;
  };

  // A carrier is silent: nobody agrees that its truck is handed over, and it stays at Yiwu Port.
  const silent = await world.arrive('yiwu-port', '浙G10001');
  const { handoffId, driverId } = await world.checkAndAccept(silent.visitId);
  await world.passUntil('09:50');
  const stuck = await world.arrive('jindong', '浙G10002');
  const needsA2 = await world.announce('pujiang', '沪A10003', 'A2', 100);
  await sign();
  await world.passUntil('10:00');
  await bothShow([], 'before');

  await world.api.stations.suspend({
    headers: keyed(),
    path: { stationCode: 'jindong' },
    body: { reason: 'outbreak' },
  });
  await world.passUntil('10:05');
  await bothShow(['station_not_open/jindong'], 'suspended');

  // Everybody who may drive a tractor goes home.
  const tractors = await world.onDuty('A2');
  expect(tractors.length).toBeGreaterThan(3);
  for (const each of tractors) await world.endShift(each);
  await sign();
  await world.passUntil('10:15');
  await bothShow(['station_not_open/jindong', 'no_drivers/A2'], 'short');

  await world.api.stations.resume({ headers: keyed(), path: { stationCode: 'jindong' } });
  await world.api.visits.depart({
    headers: keyed(),
    path: { visitId: stuck.visitId },
    body: { outcome: 'turned_away' },
  });
  await world.passUntil('10:20');
  await bothShow(['no_drivers/A2'], 'resumed');
  for (const time of ['10:25', '10:45', '11:05']) {
    await sign();
    await world.passUntil(time);
  }
  await world.beginShift(tractors[0] ?? '', 'pujiang');
  await sign();
  await world.passUntil('11:25');
  await bothShow([], 'drivers-back');
  await world.api.visits.cancel({ headers: keyed(), path: { visitId: needsA2 }, body: { reason: 'not_needed' } });
  await sign();
  await world.passUntil('11:35');
  await bothShow(['long_dwell/yiwu-port'], 'silent-carrier');

  await world.swap(silent.visitId, handoffId, { from: silent.driverId, to: driverId });
  await world.passUntil('11:40');
  await bothShow([], 'after');

  expect(await history()).toEqual([
    'long_dwell/yiwu-port warn 11:30-11:40',
    'no_drivers/A2 warn 10:10-11:10',
    'station_not_open/jindong warn 10:05-10:20',
  ]);
  await desk.context.close();
  await wall.context.close();
}, 180_000);
