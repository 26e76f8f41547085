import { basename, join } from 'node:path';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import { writeLogFile } from '../export/export-log.js';
import type { LiveClock } from './live-clock.js';
import { writeTextFile } from './out-folder.js';
import { day } from './passages/local-time.js';
import { Chance } from './people/chance.js';
import { People } from './people/people.js';
import { type Trip, TripMaker } from './people/trip.js';
import type { ReplayPlan } from './plan-replay.js';
import { playLive, type PlayLimits, playStepped } from './play.js';
import { ReportFold } from './report/report.js';
import type { ReplayFacts, ReplayReport } from './report/replay-report.js';
import { resume } from './resume.js';
import { Stage } from './stage.js';
import type { World } from './world.js';

export interface ReplayWatch {
  readonly signal?: AbortSignal;
  /** Told how many of the trips are over. */
  readonly onProgress?: (ended: number, trips: number) => void;
}

export interface ReplayResult {
  /** False where it was told to stop: the same command goes on from there. */
  readonly isFinished: boolean;
  /** Of what has happened so far. */
  readonly report: ReplayReport;
  readonly eventsFile: string;
  readonly reportFile: string;
  /** How often the station refused a step, by step and code: races of people, each tried again. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Where it took up again; undefined for a new replay. */
  readonly resumedAt: number | undefined;
}

/** After the last arrival everybody goes on until all trucks are back, at most for this long. */
const goesOnFor = day;

/**
 * Plays the passages in front of a running product, from the start or from where a killed one stood, until every truck
 * is back, and writes `events.ndjson` and `report.json`.
 */
export async function runReplay(world: World, plan: ReplayPlan, watch: ReplayWatch = {}): Promise<ReplayResult> {
  const { scenario, passages, options, startsAt } = plan;
  const chance = new Chance(options.seed);
  const trips = new TripMaker(scenario, chance, new SeededIds(`${options.seed}/replay`)).makeAll(passages.passages);
  const people = new People(scenario, trips, chance);
  const fold = new ReportFold();
  const stage = new Stage(world, people, (event) => fold.see(event));
  people.begin(startsAt);
  if (plan.mode === 'stepped') await world.sequence();
  const standing = await resume(stage);
  const limits: PlayLimits = {
    isOver: () => people.ended.size >= trips.length,
    endsAt: (passages.passages.at(-1)?.at ?? startsAt) + goesOnFor,
    onProgress: () => watch.onProgress?.(people.ended.size, trips.length),
    ...(watch.signal ? { signal: watch.signal } : {}),
  };
  if (isSteppable(plan.clock)) {
    plan.clock.moveTo(standing.at ?? startsAt);
    await playStepped(stage, plan.clock, standing, limits);
    await world.catchUp();
  } else {
    plan.clock.begin(standing.at ?? startsAt);
    await playLive(stage, standing, limits);
  }
  const isFinished = !watch.signal?.aborted;
  const report = fold.report(factsOf(plan, trips));
  const files = { eventsFile: join(options.out, 'events.ndjson'), reportFile: join(options.out, 'report.json') };
  if (isFinished) {
    await writeLogFile(world.reader, files.eventsFile, stage.seenUpTo);
    writeTextFile(files.reportFile, `${JSON.stringify(report, null, 2)}\n`);
  }
  return { isFinished, report, ...files, refusals: Object.fromEntries(stage.refusals), resumedAt: standing.at };
}

function isSteppable(clock: ManualClock | LiveClock): clock is ManualClock {
  return clock instanceof ManualClock;
}

function factsOf({ scenario, options, passages }: ReplayPlan, trips: readonly Trip[]): ReplayFacts {
  return {
    scenario: { id: scenario.id, title: scenario.title },
    madeUp: scenario.text,
    seed: options.seed,
    day: options.day ?? null,
    file: { name: basename(options.file), sha256: passages.sha256, ...passages.count },
    visitIds: trips.map(({ visitId }) => visitId),
  };
}
