import type { BrowserContext, Page } from 'playwright-core';
import { ConsoleWorld, signIn } from './support/console-world.js';
import { holds } from './support/holds.js';
import type { Network } from './support/open-browser.js';

const trucks = 40;
const plates = Array.from({ length: trucks }, (_, index) => `浙G${String(30_001 + index)}`);

let world: ConsoleWorld | undefined;
let page: Page;
let context: BrowserContext;
let network: Network;

beforeAll(async () => {
  const opened = await ConsoleWorld.open();
  world = opened;
  ({ page, context, network } = await opened.browser.device({ width: 820, height: 1180, keepsPages: true }));
  await signIn(page);
}, 300_000);

afterAll(() => world?.close());

const queue = () => page.locator('.column-outside_queue .truck-card');
const unsent = (count: number) => page.getByText(`已保存本机，待上传 ${count}`).waitFor();

/** By taps on the keyboard of plates, as at a gate; milliseconds until the number is there. */
async function ticket(plate: string, nth: number): Promise<number> {
  const from = performance.now();
  for (const key of plate) await page.getByRole('group', { name: '车牌键盘' }).getByText(key, { exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取号', exact: true }).click();
  await page
    .locator('.ticket-number')
    .getByText(`临时号 L${String(nth).padStart(3, '0')}`)
    .waitFor();
  return performance.now() - from;
}

interface Written {
  readonly type: string;
  readonly time: string;
}

const historyOf = async (visitId: string): Promise<readonly Written[]> =>
  world!.administrator.visits.readHistory({ path: { visitId } });

it('keeps the pages and what the board has said on the device', async () => {
  await page.getByRole('status').getByText('实时').waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await holds(
    page,
    `(async () => {
    const device = await new Promise((resolve, reject) => {
      const opening = indexedDB.open('yizhan');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const count = await new Promise((resolve) => {
      const counting = device.transaction('answers').objectStore('answers').count();
      counting.onsuccess = () => resolve(counting.result);
    });
    device.close();
    return count > 1;
  })()`,
  );
});

it('gives forty tickets without a network, each with a number of its own', async () => {
  await network.cut();
  await page.getByRole('button', { name: '取号' }).first().click();
  const took: number[] = [];
  for (const [index, plate] of plates.entries()) took.push(await ticket(plate, index + 1));
  const seconds = took.map((milliseconds) => milliseconds / 1_000);
  process.stdout.write(
    `${trucks} tickets without a network: ${(seconds.reduce((sum, each) => sum + each, 0) / trucks).toFixed(2)} s each, ` +
      `${Math.max(...seconds).toFixed(2)} s at most\n`,
  );
  await unsent(trucks);
}, 600_000);

it('has them all after the tab was closed and opened again, still without a network', async () => {
  await page.close();
  page = await context.newPage();
  await page.goto('/station/jindong');
  await unsent(trucks);
  // Of a long column only what can be seen is in the page: its heading counts them all.
  await page.locator('.column-outside_queue .count').getByText(String(trucks), { exact: true }).waitFor();
  await page.getByRole('status').getByText('数据可能已过时').waitFor();
  await page.getByText(/数据截至/).waitFor();
  await queue().first().click();
  await page.getByRole('heading', { level: 2, name: '进场', exact: true }).waitFor();
  await page.getByText('临时号 L001').first().waitFor();
});

it('sends each of them once, in their order, when the network is back', async () => {
  await network.mend();
  await page.getByText(/已保存本机/).waitFor({ state: 'detached', timeout: 60_000 });
  const { items } = await world!.administrator.visits.list({ query: { stationCode: 'jindong', limit: 200 } });
  const told = items.filter(({ plate }) => plates.includes(plate));
  expect(told.toSorted((one, other) => (one.ticketNo ?? '').localeCompare(other.ticketNo ?? ''))).toMatchObject(
    plates.map((plate, index) => ({ plate, state: 'announced', ticketNo: `W${String(index + 1).padStart(3, '0')}` })),
  );
  for (const { visitId, queuedAt } of told) {
    const history = await historyOf(visitId);
    expect(history.map(({ type }) => type)).toEqual(['yizhan.visit.announced.v1', 'yizhan.visit.queued.v1']);
    expect(history[1]?.time).toBe(queuedAt);
  }
  // Since when each waits is when it got its ticket, not when that was told.
  const waits = told.map(({ queuedAt = '' }) => Date.parse(queuedAt));
  expect(new Set(waits).size).toBe(trucks);
});

it('neither asks anybody else, nor breaks a rule', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
