import type { Browser, Page } from 'playwright-core';
import { openBrowser, probeOf } from '../board/board-page.js';
import { BenchProduct } from '../board/product.js';
import { percentile, printResult, rounded, spreadOf, tell } from '../ground/figures.js';
import { bringTruck, loadProvince } from './load-province.js';
import { counties, enterprisesOfZhejiang, madeEnterprises } from './province.js';

export interface CentreOptions {
  readonly rounds: number;
  readonly events: number;
  readonly trucks: number;
  readonly days: number;
  readonly data?: string | undefined;
}

const goals = { paintMs: 3_000, behindMs: 1_000 } as const;

/** Everything of the sheet is there: every area on the map, and what all of them keep up. */
const isPainted = `document.querySelectorAll('.place').length >= 90 && document.querySelectorAll('.capacity-figures dd').length === 3`;
/** Arrivals into the zone, the second of the figures. */
const arrivals = `Number(document.querySelectorAll('.screen-figures dd')[1]?.textContent)`;

/** The big screen of all Zhejiang in a real browser: how soon it is there, and how far it is behind what happens. */
export async function runCentre({ rounds, events, trucks, days, data }: CentreOptions): Promise<void> {
  const places = counties();
  const enterprises = madeEnterprises(places);
  const product = await BenchProduct.start(data, ['--empty']);
  const browser = await openBrowser(tell);
  try {
    await loadProvince(product, { places, enterprises, trucks, days });
    await untilCounted(product, places.length * trucks);
    const answers = await timeAnswers(product);
    const paints: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const page = await openScreen(browser, product);
      paints.push(await page.evaluate<number>('bench.painted'));
      await page.context().close();
    }
    tell(`painted after ${paints.map(rounded).join(', ')} ms`);
    const page = await openScreen(browser, product);
    await page.evaluate('bench.painted');
    const sinceAnswered: number[] = [];
    const sinceAsked: number[] = [];
    const counted: number[] = [];
    for (let event = 0; event < events; event += 1) {
      const before = await page.evaluate<number>(arrivals);
      const shown = page.evaluate<number>(`bench.until(() => ${arrivals} > ${before})`);
      const place = places[(event * 37) % places.length] ?? places[0];
      if (!place) throw new Error('there are no counties');
      const asked = await bringTruck(product.api, place, enterprises);
      const answered = Date.now();
      counted.push((await whenCounted(product, before)) - answered);
      const at = await shown;
      // It is committed between the two: the screen is farther behind the log than this one, and less far than that.
      sinceAnswered.push(Math.max(0, at - answered));
      sinceAsked.push(at - asked);
    }
    printResult({
      benchmark: 'centre',
      areas: places.length,
      enterprises: enterprisesOfZhejiang,
      paintMs: { ...spreadOf(paints), goal: goals.paintMs, met: Math.max(...paints) <= goals.paintMs },
      requestToScreenMs: {
        ...figuresOf(sinceAsked),
        goal: goals.behindMs,
        met: Math.max(...sinceAsked) <= goals.behindMs,
      },
      answerToScreenMs: figuresOf(sinceAnswered),
      // How much of it is the service's: until its answer has the arrival.
      countedMs: figuresOf(counted),
      overviewAnswerMs: figuresOf(answers),
    });
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** A new device each time, with nothing in its caches, as large as a wall. */
async function openScreen(browser: Browser, { address, session }: BenchProduct): Promise<Page> {
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1920, height: 1080 } });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(`localStorage.setItem('yizhan.session', ${JSON.stringify(session)})`);
  await context.addInitScript(probeOf(isPainted));
  const page = await context.newPage();
  await page.goto('/centre/screen');
  return page;
}

/** What was brought is counted: nothing of it is measured as if it were late. */
async function untilCounted({ api }: BenchProduct, trucks: number): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    const { areas, capacity } = await api.overview.read({});
    const counted = areas.reduce((sum, { arrivalsIn }) => sum + arrivalsIn, 0);
    if (counted >= trucks && capacity.every(({ enterprises }) => enterprises > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the command centre does not catch up');
}

/** When the overview has more arrivals than before, by the clock of this machine. */
async function whenCounted({ api }: BenchProduct, before: number): Promise<number> {
  for (;;) {
    const { areas } = await api.overview.read({});
    if (areas.reduce((sum, { arrivalsIn }) => sum + arrivalsIn, 0) > before) return Date.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function timeAnswers({ api }: BenchProduct): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < 30; turn += 1) {
    const begun = performance.now();
    await api.overview.read({});
    times.push(performance.now() - begun);
  }
  return times;
}

const figuresOf = (values: readonly number[]) => ({
  p50: rounded(percentile(values, 0.5)),
  p99: rounded(percentile(values, 0.99)),
  worst: rounded(Math.max(...values)),
  count: values.length,
});
