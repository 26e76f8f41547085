import { type Browser, chromium, type Page } from 'playwright-core';
import { station } from './full-board.js';
import type { BenchProduct } from './product.js';

/** Chromium as the tests have it. */
export async function openBrowser(tell: (line: string) => void): Promise<Browser> {
  // A script without types, outside of what is built.
  const url = new URL('../../../../test/browser/chromium/install-chromium.mjs', import.meta.url);
  const { installChromium } = (await import(url.href)) as {
    installChromium(say: (line: string) => void): Promise<{ executablePath: string; env: Record<string, string> }>;
  };
  const { executablePath, env } = await installChromium(tell);
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];
  return chromium.launch({ executablePath, env: { ...process.env, ...env }, args });
}

/** Kept in the page: when it was first of use (an expression of it), how long its tasks were, and when what was waited for was on the screen. */
export const probeOf = (isPainted: string): string => `
  window.bench = { longTasks: [] };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) bench.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  const afterPaint = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(null);
  }));
  bench.until = (isSo) => new Promise((done) => {
    const look = () => {
      if (!isSo()) return;
      observer.disconnect();
      afterPaint().then(() => done(Date.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
  bench.painted = bench.until(() => ${isPainted}).then(() => performance.now());
`;

export interface Scrolled {
  readonly longTasks: number;
  readonly worstTaskMs: number;
  /** Frames that came later than three would take. */
  readonly lateFrames: number;
  readonly frames: number;
}

/** The board of a station in a browser, somebody being signed in, and what is measured in it. */
export class BoardPage {
  private constructor(readonly page: Page) {}

  /** A new device each time, with nothing in its caches. */
  static async open(browser: Browser, { address, session }: BenchProduct): Promise<BoardPage> {
    const context = await browser.newContext({ baseURL: address, viewport: { width: 1600, height: 1000 } });
    context.setDefaultTimeout(60_000);
    await context.addInitScript(`localStorage.setItem('yizhan.session', ${JSON.stringify(session)})`);
    await context.addInitScript(probeOf("document.querySelector('.column-checking .truck-card')"));
    const page = await context.newPage();
    await page.goto(`/station/${station}`);
    return new BoardPage(page);
  }

  /** Waits for it. @returns milliseconds from the beginning of the navigation until trucks were painted. */
  paintedAfter(): Promise<number> {
    return this.page.evaluate<number>('bench.painted');
  }

  async untilLive(): Promise<void> {
    await this.page.locator('.live-live').waitFor();
  }

  /** When a condition (an expression of the page) has come to be on the screen, by the clock of this machine. */
  until(expression: string): Promise<number> {
    return this.page.evaluate<number>(`bench.until(() => ${expression})`);
  }

  /** Turns the wheel over the fullest column, down and up again. */
  async scroll(): Promise<Scrolled> {
    const box = await this.page.locator('.column-checking').boundingBox();
    await this.page.mouse.move((box?.x ?? 0) + 60, Math.min((box?.y ?? 0) + 200, 900));
    await this.page.evaluate(`
      bench.longTasks.length = 0;
      bench.frames = [];
      bench.isScrolling = true;
      const frame = (at) => { bench.frames.push(at); if (bench.isScrolling) requestAnimationFrame(frame); };
      requestAnimationFrame(frame);`);
    for (const direction of [1, -1]) {
      for (let turn = 0; turn < 60; turn += 1) {
        await this.page.mouse.wheel(0, direction * 240);
        await this.page.waitForTimeout(30);
      }
    }
    return this.page.evaluate<Scrolled>(`(() => {
      bench.isScrolling = false;
      const gaps = bench.frames.slice(1).map((at, index) => at - bench.frames[index]);
      const tasks = bench.longTasks.map(({ duration }) => duration);
      return { longTasks: tasks.length, worstTaskMs: Math.max(0, ...tasks),
               lateFrames: gaps.filter((gap) => gap > 50).length, frames: gaps.length };
    })()`);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
