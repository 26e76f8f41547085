import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { ConsoleWorld, signIn } from './support/console-world.js';
import { handOver, partHeading, walkTo } from './support/hand-over.js';
import { type Shown, showTrucks } from './support/shown-trucks.js';

let world: ConsoleWorld | undefined;
let shown: Shown;
const picture = resolve(__dirname, '../../apps/console/public/icon-512.png');

beforeAll(async () => {
  world = await ConsoleWorld.open();
  shown = await showTrucks(world);
}, 300_000);

afterAll(() => world?.close());

const photos = (page: Page) => page.locator('.photo-list img');

async function takePhoto(page: Page, what: string, file: string | { name: string; mimeType: string; buffer: Buffer }) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: `+ ${what}` }).click();
  await (await chooser).setFiles(file);
}

/** The page of a truck can be read again without a network once what the service has said of it lies on the device. */
async function isKept(page: Page, visitId: string): Promise<void> {
  const keys = `new Promise((done) => { const open = indexedDB.open('yizhan'); open.onsuccess = () => {
    const all = open.result.transaction('answers').objectStore('answers').getAllKeys();
    all.onsuccess = () => { open.result.close(); done(all.result.join()); }; }; })`;
  for (let tries = 0; !(await page.evaluate<string>(keys)).includes(visitId); tries += 1) {
    expect(tries).toBeLessThan(50);
    await page.waitForTimeout(200);
  }
}

const attachmentsOf = (visitId: string) => world!.administrator.visits.listAttachments({ path: { visitId } });

it('sends the photos of a handoff that was completed without a network, as the handoff names them', async () => {
  const visitId = shown.started;
  const { page, context, network } = await world!.browser.device({ keepsPages: true });
  await signIn(page);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await page.goto(`/truck/${visitId}`);
  await walkTo(page, 'photos');
  await page.getByRole('button', { name: '+ 铅封' }).waitFor();
  await isKept(page, visitId);
  await network.cut();
  const buffer = Buffer.from('no picture');
  await takePhoto(page, '车况', { name: 'note.png', mimeType: 'image/png', buffer });
  await page.getByRole('alert').getByText('无法读取这张图片').waitFor();
  for (const what of ['铅封', '里程表']) {
    await takePhoto(page, what, picture);
    await photos(page).first().waitFor();
  }
  // The same picture again is the same photo.
  expect(await photos(page).count()).toBe(1);
  await page.getByRole('button', { name: '删除照片 1' }).click();
  await photos(page).first().waitFor({ state: 'detached' });
  await takePhoto(page, '里程表', picture);
  await photos(page).first().waitFor();
  await page.reload();
  // What was entered, and the photo, are there again, where it was left.
  await partHeading(page, 'photos').waitFor();
  await photos(page).first().waitFor();
  await handOver(page, 'photos');
  await page.getByText('已保存本机，待上传 2').waitFor();
  await page.reload();
  await page.getByText('已保存本机，待上传 2').waitFor();
  expect(await attachmentsOf(visitId)).toEqual({ photos: [], notes: [], missingPhotos: [] });
  await network.mend();
  await page.getByText(/已保存本机/).waitFor({ state: 'detached', timeout: 60_000 });

  const { photos: kept, missingPhotos } = await attachmentsOf(visitId);
  expect([kept.map(({ mediaType }) => mediaType), missingPhotos]).toEqual([['image/jpeg'], []]);
  const history = await world!.administrator.visits.readHistory({ path: { visitId } });
  const written = (history as unknown as { type: string; data: object }[]).find(({ type }) => /completed/.test(type));
  expect(written?.data).toMatchObject({ photos: [{ stage: 'odometer', sha256: kept[0]?.sha256 }] });
  await page.getByRole('button', { name: /查看照片/ }).click();
  await photos(page).first().waitFor();
  expect(
    await photos(page).evaluateAll((all) => all.map((each) => (each as { naturalWidth?: number }).naturalWidth)),
  ).toEqual([512]);
  await context.close();
}, 240_000);

it('keeps a photo that the service does not take for a person to settle', async () => {
  const { handoffId = '' } = await world!.administrator.visits.read({ path: { visitId: shown.accepted } });
  const authorisation = { by: 'dispatcher-07', at: new Date(Date.now() - 1_000).toISOString() };
  await world!.administrator.handoffs.start({
    headers: { 'Idempotency-Key': 'start' },
    path: { handoffId },
    body: { bayCode: 'B02', authorisation },
  });
  const { page, context } = await world!.browser.device();
  await signIn(page);
  await page.goto(`/truck/${shown.accepted}`);
  const problem = {
    type: 'about:blank',
    title: 'Gone',
    status: 410,
    code: 'PERSONAL_DATA.ERASED',
    detail: 'destroyed',
  };
  const contentType = 'application/problem+json';
  await page.route(/\/photos$/, (route) => route.fulfill({ status: 410, contentType, body: JSON.stringify(problem) }));
  await walkTo(page, 'photos');
  await takePhoto(page, '车况', picture);
  await photos(page).first().waitFor();
  await handOver(page, 'photos');
  await page.getByText('需处理 1').click();
  await page.getByRole('heading', { name: /照片 1/ }).waitFor();
  await page.unroute(/\/photos$/);
  await page.getByRole('button', { name: '再次上传' }).click();
  await page.getByRole('heading', { name: /照片/ }).waitFor({ state: 'detached', timeout: 60_000 });
  expect((await attachmentsOf(shown.accepted)).photos).toHaveLength(1);
  await context.close();
}, 240_000);

it('does all of it within the rules', () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
});
