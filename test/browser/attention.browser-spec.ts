import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { ConsoleWorld, signIn } from './support/console-world.js';

let world: ConsoleWorld | undefined;

beforeAll(async () => {
  world = await ConsoleWorld.open();
}, 300_000);

afterAll(async () => {
  expect(world?.browser.misdeeds).toEqual({ elsewhere: [], violations: [], errors: [] });
  await world?.close();
});

/** Counts what the page plays and writes down what it says: the devices of a test have neither loudspeaker nor voices. */
const listening = `
  window.heard = { tones: 0, said: [], awake: 0 };
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    createOscillator() { window.heard.tones += 1; return super.createOscillator(); }
  };
  Object.defineProperty(window, 'speechSynthesis', { value: { speak: (said) => window.heard.said.push([said.lang, said.text]) } });
  if (navigator.wakeLock) {
    Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => { window.heard.awake += 1; return { release: async () => undefined }; } } });
  }
`;

interface Heard {
  readonly tones: number;
  readonly said: readonly (readonly [string, string])[];
  readonly awake: number;
}

const heard = (page: Page): Promise<Heard> => page.evaluate<Heard>('window.heard');

async function until(page: Page, isSo: (now: Heard) => boolean): Promise<Heard> {
  for (let look = 0; look < 100 && !isSo(await heard(page)); look += 1) await page.waitForTimeout(100);
  return heard(page);
}

const keyed = () => ({ 'Idempotency-Key': randomUUID() });

async function arrive(plate: string): Promise<string> {
  const api = world!.administrator;
  const visitId = randomUUID();
  const phone = `1380000${plate.slice(-4)}`;
  const body = { stationCode: 'jindong', plate, phone };
  const { driverId, carrierId } = await api.intakes.takeIn({ headers: keyed(), body });
  const truck = { plate, plateColour: 'yellow', licenceRequired: 'A1' } as const;
  const arrival = { visitId, stationCode: 'jindong', zoneId: 'yiwu', flow: 'into_zone' as const, truck };
  await api.visits.arrive({ headers: keyed(), body: { ...arrival, carrierId, driverId, consignments: [] } });
  return visitId;
}

it('sounds and counts what needs a person, calls trucks aloud where it is set to, and keeps quiet when it is told to', async () => {
  const { context, page } = await world!.browser.device();
  await context.addInitScript(listening);
  await signIn(page);
  await page.getByRole('heading', { level: 2, name: /查验/ }).waitFor();
  await page.getByRole('status').getByText('实时').waitFor();
  expect((await heard(page)).awake).toBeGreaterThan(0);
  const settings = page.getByRole('button', { name: '提醒与声音' });
  const before = Number(/^\((\d+)\)/.exec(await page.title())?.[1] ?? 0);

  const first = await arrive('浙G31001');
  expect((await until(page, ({ tones }) => tones > 0)).tones).toBe(1);
  await page.getByRole('button', { name: new RegExp(`^${before + 1} 件事待处理`) }).click();
  expect(await page.title()).toMatch(new RegExp(`^\\(${before + 1}\\) `));

  // It opens what is counted, each a way to where it is seen to; how the device sounds stands behind it.
  const list = page.getByRole('list', { name: '待处理' });
  await list.getByRole('link', { name: /浙G·31001/ }).waitFor();
  expect(await list.getByRole('link').count()).toBe(before + 1);
  await settings.click();

  // Each kind has a sound of its own to try.
  await page.getByRole('button', { name: '异常单' }).click();
  expect((await heard(page)).tones).toBe(5);
  await page.getByRole('button', { name: '试听叫号' }).click();
  await page.getByRole('switch', { name: '语音叫号' }).click();
  await page.getByRole('switch', { name: '提示音' }).click();
  await page.getByRole('button', { name: '关闭' }).click();
  await world!.administrator.visits.call({ headers: keyed(), path: { visitId: first }, body: { bayCode: 'B02' } });
  const { said } = await until(page, (now) => now.said.length > 1);
  expect(said).toEqual([
    ['zh-CN', '请 浙 A 1 2 3 4 5 到 2 号位'],
    ['zh-CN', '请 浙 G 3 1 0 0 1 到 2 号位'],
  ]);

  const { tones } = await heard(page);
  await arrive('浙G31002');
  await page.getByRole('button', { name: new RegExp(`^${before + 2} 件事待处理`) }).waitFor();
  expect((await heard(page)).tones).toBe(tones);

  // Who has a truck before him hears of others, and sees how many there are.
  await page.getByRole('button', { name: /件事待处理/ }).click();
  await settings.click();
  await page.getByRole('switch', { name: '提示音' }).click();
  await page.getByRole('button', { name: '关闭' }).click();
  await page.locator('.column-checking .truck-card').first().click();
  await page.getByRole('link', { name: `${before + 2} 件事待处理` }).waitFor();
  const beforeThat = (await heard(page)).tones;
  await arrive('浙G31003');
  await page.getByRole('link', { name: `${before + 3} 件事待处理` }).click();
  expect((await heard(page)).tones).toBe(beforeThat + 1);
  // The bell of a page beside the board opens the same.
  await list.getByRole('link', { name: /浙G·31003/ }).waitFor();
  expect(await list.getByRole('link').count()).toBe(before + 3);
  await settings.click();
  await page.getByRole('switch', { name: '提示音' }).click();

  // It stays so on this device.
  await page.goto('/station/jindong');
  await page.getByRole('button', { name: /件事待处理/ }).click();
  await settings.click();
  expect(await page.getByRole('switch', { name: '提示音' }).getAttribute('aria-checked')).toBe('false');
  expect(await page.getByRole('switch', { name: '语音叫号' }).getAttribute('aria-checked')).toBe('true');
  await context.close();
}, 120_000);
