import type { Page } from 'playwright-core';
import qrcode from 'qrcode-generator';
import { ConsoleWorld, signIn } from './support/console-world.js';
import { type Shown, showTrucks } from './support/shown-trucks.js';

let world: ConsoleWorld | undefined;
let shown: Shown;

beforeAll(async () => {
  world = await ConsoleWorld.open();
  shown = await showTrucks(world);
}, 300_000);

afterAll(async () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
  await world?.close();
});

/** The text of the slip of the truck whose driver has accepted. */
async function slipText(): Promise<string> {
  const { handoffId = '' } = await world!.administrator.visits.read({ path: { visitId: shown.accepted } });
  return (await world!.administrator.slips.readCode({ path: { handoffId } })).code;
}

/** A camera that looks at a QR code: real frames of a real stream. */
function cameraOn(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const dark = Array.from({ length: code.getModuleCount() }, (_, row) =>
    Array.from({ length: code.getModuleCount() }, (__, column) => code.isDark(row, column)),
  );
  return `
    const dark = ${JSON.stringify(dark)};
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = (dark.length + 12) * 6;
      const picture = canvas.getContext('2d');
      const draw = () => {
        picture.fillStyle = '#ffffff';
        picture.fillRect(0, 0, canvas.width, canvas.height);
        picture.fillStyle = '#000000';
        dark.forEach((row, y) => row.forEach((is, x) => is && picture.fillRect((x + 6) * 6, (y + 6) * 6, 6, 6)));
        setTimeout(draw, 100);
      };
      draw();
      return canvas.captureStream(10);
    };`;
}

async function openFinder(page: Page): Promise<void> {
  await signIn(page);
  await page.getByRole('button', { name: '查找' }).click();
}

it('finds a truck by a part of its plate', async () => {
  const { context, page } = await world!.browser.device();
  await openFinder(page);
  await page.getByRole('textbox', { name: /车牌的一部分/ }).fill('e10003');
  await page.getByRole('dialog').getByRole('link', { name: '苏E·10003' }).click();
  await page.waitForURL(`**/truck/${shown.accepted}`);
  await context.close();
});

it('opens the truck of a slip: before the camera, and from a reader that types', async () => {
  const text = await slipText();
  const { context, page } = await world!.browser.device();
  await context.addInitScript(cameraOn(text));
  await openFinder(page);
  await page.getByRole('button', { name: '用摄像头扫交接单' }).click();
  await page.waitForURL(`**/truck/${shown.accepted}`);
  await page.goto('/station/jindong');
  await page.getByRole('button', { name: '查找' }).click();
  const field = page.getByRole('textbox', { name: /车牌的一部分/ });
  await field.fill('YZ1:NO SLIP');
  await field.press('Enter');
  await page.getByRole('alert').getByText('这不是交接单的二维码。').waitFor();
  // A truck of the board is found without asking for its handoff: without a network, too.
  await context.route('**/api/v1/handoffs/*', (route) => route.abort());
  await field.fill(text);
  await field.press('Enter');
  await page.waitForURL(`**/truck/${shown.accepted}`);
  await context.close();
}, 120_000);

it('says so where the camera may not be used', async () => {
  const { context, page } = await world!.browser.device();
  await context.addInitScript(
    `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))`,
  );
  await openFinder(page);
  await page.getByRole('button', { name: '用摄像头扫交接单' }).click();
  await page.getByText(/无法使用摄像头/).waitFor();
  await context.close();
});
