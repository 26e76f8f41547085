import type { Page } from 'playwright-core';

/** The parts of a completion, in the order in which the console asks for them. */
export const completionParts = ['items', 'readings', 'photos', 'seal', 'offgoing', 'oncoming', 'witness'] as const;

export type CompletionPart = (typeof completionParts)[number];

/** The heading of a part, in whichever language: the part is on the screen where it is. */
export const partHeading = (page: Page, part: CompletionPart) => page.locator(`#part-${part}`);

/** What is filled in; a part that is not named here is gone through as it is. */
const fill: Readonly<Partial<Record<CompletionPart, (page: Page) => Promise<void>>>> = {
  readings: (page) => page.locator('#odometer').fill('183204'),
  seal: (page) => page.locator('#complete-seal').fill('S0001'),
  offgoing: (page) => sign(page),
  oncoming: (page) => sign(page),
  witness: (page) => sign(page),
};

/** Nobody can say so of a driver who has signed on his phone. */
async function sign(page: Page): Promise<void> {
  const tick = page.locator('.tick-sign input');
  if ((await tick.count()) > 0) await tick.check();
}

const goOn = (page: Page) => page.locator('.part-form button[type=submit]').click();

/** Fills the completion that is open, from one part on to another one, which is left as it is. */
export async function walkTo(page: Page, last: CompletionPart, first: CompletionPart = 'items'): Promise<void> {
  for (const part of completionParts.slice(completionParts.indexOf(first), completionParts.indexOf(last))) {
    await partHeading(page, part).waitFor();
    await fill[part]?.(page);
    await goOn(page);
  }
  await partHeading(page, last).waitFor();
}

/** Fills the completion that is open, from one part on, and logs it. */
export async function handOver(page: Page, first?: CompletionPart): Promise<void> {
  await walkTo(page, 'witness', first);
  await sign(page);
  await goOn(page);
}
