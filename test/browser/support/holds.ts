import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const patience = 20_000;
const lookEvery = 50;

/**
 * Waits until an expression holds in the page, a promise that it gives included. Playwright's `waitForFunction` looks again from
 * inside the page, where the content security policy forbids it to: it holds at the first look or fails.
 */
export async function holds(page: Page, expression: string): Promise<void> {
  for (const end = Date.now() + patience; !(await page.evaluate<unknown>(expression)); await pause(lookEvery))
    if (Date.now() > end) throw new Error(`after ${patience} ms this does not hold: ${expression}`);
}
