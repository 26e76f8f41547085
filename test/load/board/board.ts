import { percentile, printResult, rounded, spreadOf, tell } from '../ground/figures.js';
import { BareStream } from './bare-stream.js';
import { BoardPage, openBrowser, type Scrolled } from './board-page.js';
import { callTo, fillBoard, queue, turnAway } from './full-board.js';
import { BenchProduct } from './product.js';

export interface BoardOptions {
  readonly rounds: number;
  readonly trucks: number;
  readonly events: number;
  readonly data?: string | undefined;
}

const goals = { paintMs: 2_000, eventMs: 300 } as const;

/** Something that somebody does elsewhere, and how one sees it on the board. */
interface Act {
  readonly visitId: string;
  readonly shown: string;
  readonly run: () => Promise<void>;
}

/** The board of a full station in a real browser: how soon it is there, how soon it shows what happened, how it scrolls. */
export async function runBoard({ rounds, trucks, events, data }: BoardOptions): Promise<void> {
  const product = await BenchProduct.start(data);
  const stream = new BareStream();
  const browser = await openBrowser(tell);
  try {
    tell(`bringing ${trucks} trucks`);
    const acts = actsOn(product, await fillBoard(product.api, trucks), events);
    const paints: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const device = await BoardPage.open(browser, product);
      paints.push(await device.paintedAfter());
      await device.close();
    }
    tell(`painted after ${paints.map(rounded).join(', ')} ms`);
    const board = await BoardPage.open(browser, product);
    await board.untilLive();
    await stream.open(product);
    const screen: number[] = [];
    const answered: number[] = [];
    const bare: number[] = [];
    for (const { visitId, shown, run } of acts) {
      stream.forget();
      const onScreen = board.until(shown);
      const began = Date.now();
      await run();
      const done = Date.now();
      const at = await onScreen;
      screen.push(at - began);
      answered.push(Math.max(0, at - done));
      bare.push((await stream.when(visitId)) - began);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const scrolled: Scrolled[] = [];
    for (let round = 0; round < rounds; round += 1) scrolled.push(await board.scroll());
    printResult({
      benchmark: 'board',
      trucks,
      paintMs: { ...spreadOf(paints), goal: goals.paintMs, met: Math.max(...paints) <= goals.paintMs },
      // From before the request: the commit comes after it, and before its answer.
      eventToScreenMs: { ...figuresOf(screen), goal: goals.eventMs, met: Math.max(...screen) <= goals.eventMs },
      answerToScreenMs: figuresOf(answered),
      eventToBareClientMs: figuresOf(bare),
      scrolling: {
        longTasks: scrolled.map(({ longTasks }) => longTasks),
        worstTaskMs: Math.max(...scrolled.map(({ worstTaskMs }) => worstTaskMs)),
        lateFrames: scrolled.map(({ lateFrames }) => lateFrames),
        frames: scrolled.map(({ frames }) => frames),
      },
    });
  } finally {
    stream.close();
    await browser.close();
    await product.stop();
  }
}

/** Three kinds in turn, each to be seen without scrolling: a truck leaves, one is called to a bay, one queues outside. */
function actsOn({ api }: BenchProduct, board: Awaited<ReturnType<typeof fillBoard>>, events: number): Act[] {
  const bays = 16;
  let queued = board.queued.length;
  return Array.from({ length: events }, (_, index): Act => {
    const nth = Math.floor(index / 3);
    const [leaving, waiting, expected] = [board.checking[nth], board.waiting[nth], board.expected[nth]];
    if (!leaving || !waiting || !expected) throw new RangeError('there are too few trucks for so many events');
    if (index % 3 === 1 && nth < bays) {
      const bay = `B${String(nth + 1).padStart(2, '0')}`;
      const shown = `[...document.querySelectorAll('.bay')].some((e) => e.textContent.includes('${bay}') && e.textContent.includes('${inSight(waiting.plate)}'))`;
      return { visitId: waiting.visitId, shown, run: () => callTo(api, waiting, bay) };
    }
    if (index % 3 === 2) {
      queued += 1;
      const shown = `document.querySelector('.column-outside_queue .count')?.textContent === '${queued}'`;
      return { visitId: expected.visitId, shown, run: () => queue(api, expected) };
    }
    const truck = index % 3 === 0 ? leaving : (board.checking.at(-1 - nth) ?? leaving);
    const shown = `document.querySelector('.column-gone .truck-card')?.textContent.includes('${inSight(truck.plate)}')`;
    return { visitId: truck.visitId, shown, run: () => turnAway(api, truck) };
  });
}

/** A plate as the console writes it. */
const inSight = (plate: string): string => `${plate.slice(0, 2)}·${plate.slice(2)}`;

const figuresOf = (values: readonly number[]) => ({
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
  worst: Math.max(...values),
  events: values.length,
});
