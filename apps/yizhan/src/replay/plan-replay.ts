import { type Ids, ManualClock, SeededIds } from '@yizhan/kernel';
import { badInput } from '@yizhan/process';
import { readScenario } from '../scenario/read-scenario.js';
import type { Scenario } from '../scenario/scenario.js';
import { LiveClock } from './live-clock.js';
import { claimOutFolder, identityOf } from './out-folder.js';
import { minute, parseLocalTime } from './passages/local-time.js';
import type { PassageFile } from './passages/passage.js';
import { readPassages } from './passages/read-passages.js';

/** As given on the command line. */
export interface ReplayOptions {
  readonly file: string;
  /** Name of a built-in scenario, or a file. */
  readonly scenario: string;
  /** Local day such as `2016-10-19`; all of the file where absent. */
  readonly day?: string;
  /** `max`, or how many times as fast as the clock on the wall. */
  readonly speed: string;
  readonly seed: string;
  readonly out: string;
}

/** All that a replay needs before the product is started. */
export interface ReplayPlan {
  readonly options: ReplayOptions;
  readonly scenario: Scenario;
  readonly warnings: readonly string[];
  readonly passages: PassageFile;
  /** When the clock begins. */
  readonly startsAt: number;
  /** `stepped` at speed `max`. The product runs on this clock and with these ids. */
  readonly mode: 'live' | 'stepped';
  readonly clock: ManualClock | LiveClock;
  readonly ids: Ids;
}

/** Time before the first arrival to open the stations and begin the shifts that are on by then. */
const setUpBefore = 30 * minute;

/** Reads and checks everything; nothing is written before all of it is right. @throws Fault with exit code 2. */
export async function planReplay(options: ReplayOptions): Promise<ReplayPlan> {
  const speed = readSpeed(options.speed);
  const { scenario, warnings } = readScenario(options.scenario);
  checkDay(options.day);
  const passages = await readPassages(options.file, {
    scenario,
    ...(options.day === undefined ? {} : { day: options.day }),
  });
  const firstAt = passages.passages[0]?.at ?? 0;
  const startsAt = firstAt - (firstAt % minute) - setUpBefore;
  claimOutFolder(options.out, identityOf(options.file, passages.sha256, scenario, options.day, options.seed));
  const clock = speed === 'max' ? new ManualClock(startsAt) : new LiveClock(startsAt, speed);
  const mode = speed === 'max' ? 'stepped' : 'live';
  return { options, scenario, warnings, passages, startsAt, mode, clock, ids: new SeededIds(options.seed) };
}

function readSpeed(text: string): number | 'max' {
  if (text === 'max') return text;
  const speed = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && speed > 0 && speed <= 10_000) return speed;
  throw badInput(`--speed: ${text} is no speed`, 'Give max, or how many times as fast as real time, such as 60.');
}

function checkDay(text: string | undefined): void {
  if (text === undefined || parseLocalTime(`${text} 00:00:00`, 0) !== undefined) return;
  throw badInput(`--day: ${text} is no day`, 'Write it as 2016-10-19.');
}
