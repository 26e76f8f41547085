import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';

const folder = process.env['YIZHAN_TEST_SCREENSHOTS'];

/** The sizes that every page is looked at in, pixels of CSS. */
export const sizes = { phone: [390, 844], tablet: [1024, 768], desktop: [1600, 1000] } as const;

/** Keeps a picture of the whole page where `npm run screenshots` asks for it; does nothing otherwise. */
export async function photograph(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  const place = resolve(__dirname, '../../..', folder);
  mkdirSync(place, { recursive: true });
  await page.screenshot({ path: join(place, `${name}.png`), fullPage: true });
}

/** Keeps a picture of what is seen now of a drill in `out/`, which is in no commit, to be looked at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const place = resolve(__dirname, '../../..', folder ?? 'out/drill');
  mkdirSync(place, { recursive: true });
  await page.screenshot({ path: join(place, `${name}.png`), fullPage: true });
}
