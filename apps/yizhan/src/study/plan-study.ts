import { badInput } from '@yizhan/process';
import { readPassages } from '../replay/passages/read-passages.js';
import { parseLocalTime } from '../replay/passages/local-time.js';
import { readScenario } from '../scenario/read-scenario.js';
import { announcedDay } from './days/announced-day.js';
import { realDay } from './days/real-day.js';
import type { StudyDay } from './days/study-day.js';
import { worstCases } from './days/worst-cases.js';
import type { StudyHeading } from './page/study-page.js';

/** As given on the command line. */
export interface StudyOptions {
  readonly data?: string;
  readonly day?: string;
  readonly week?: boolean;
  readonly worstCases?: boolean;
  readonly scenario: string;
  /** Percent of the roster, separated by commas. */
  readonly drivers: string;
  /** Percent of the trucks. */
  readonly announced: string;
  readonly seed: string;
  readonly rounds: string;
}

/** A day to be played, once for each pool of drivers. */
export interface PlannedDay {
  readonly driversPercent: number | undefined;
  readonly day: StudyDay;
}

export interface StudyPlan {
  readonly heading: StudyHeading;
  readonly days: readonly PlannedDay[];
  readonly rounds: number;
}

/** Reads and checks everything before anything is played. @throws Fault with exit code 2. */
export async function planStudy(options: StudyOptions): Promise<StudyPlan> {
  const rounds = wholeNumber(options.rounds, '--rounds', 0, 100_000);
  const announced = wholeNumber(options.announced, '--announced', 0, 100);
  const { seed } = options;
  if (options.worstCases) {
    if (options.data !== undefined || options.day !== undefined || options.week || announced > 0)
      throw badInput('--worst-cases is a study of its own', 'Leave out --data, --day, --week and --announced.');
    const days = Object.entries(worstCases).map(([name, make]) => ({
      driversPercent: undefined,
      day: { ...make(), name },
    }));
    return { heading: { title: 'Yizhan study: worst cases', madeUp: 'Everything is made up.', seed }, days, rounds };
  }
  if (options.data === undefined)
    throw badInput('--data is missing', 'Give a file of gate passages, or --worst-cases.');
  if ((options.day === undefined) === !options.week)
    throw badInput('give either --day or --week', 'Such as --day 2016-10-19.');
  if (options.day !== undefined && parseLocalTime(`${options.day} 00:00:00`, 0) === undefined)
    throw badInput(`--day: ${options.day} is no day`, 'Write it as 2016-10-19.');
  const percents = options.drivers.split(',').map((text) => wholeNumber(text.trim(), '--drivers', 1, 100));
  const { scenario } = readScenario(options.scenario);
  const { day } = options;
  const { passages } = await readPassages(options.data, { scenario, ...(day === undefined ? {} : { day }) });
  const name = day ?? 'week';
  const days = percents.map((driversPercent) => ({
    driversPercent,
    day: announcedDay(realDay(scenario, passages, { name, seed, driversPercent }), announced),
  }));
  const told = announced === 0 ? '' : ` Of the trucks ${announced} % are announced two hours ahead.`;
  const madeUp = `${scenario.text}${told}`;
  return { heading: { title: `Yizhan study: ${scenario.title}, ${name}`, madeUp, seed }, days, rounds };
}

function wholeNumber(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw badInput(`${option}: ${text} is no whole number from ${least} to ${most}`);
}
