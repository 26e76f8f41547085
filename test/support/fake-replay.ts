import { ManualClock, SeededIds } from '@yizhan/kernel';
import type { Scenario } from '../../apps/yizhan/src/scenario/scenario.js';
import type { Passage } from '../../apps/yizhan/src/replay/passages/passage.js';
import { Chance } from '../../apps/yizhan/src/replay/people/chance.js';
import { People } from '../../apps/yizhan/src/replay/people/people.js';
import { TripMaker } from '../../apps/yizhan/src/replay/people/trip.js';
import { playStepped } from '../../apps/yizhan/src/replay/play.js';
import { ReportFold } from '../../apps/yizhan/src/replay/report/report.js';
import type { ReplayReport } from '../../apps/yizhan/src/replay/report/replay-report.js';
import { resume } from '../../apps/yizhan/src/replay/resume.js';
import { Stage } from '../../apps/yizhan/src/replay/stage.js';
import { FakeStation } from './fake-station.js';
import { FakeWorld } from './fake-world.js';

const hour = 3_600_000;

export interface FakeReplay {
  readonly scenario: Scenario;
  readonly passages: readonly Passage[];
  readonly seed?: string;
  /** A station that an earlier process has left behind. */
  readonly station?: FakeStation;
  /** The process is killed before this commit of its own. */
  readonly killedAt?: number;
  /** Requests that the station refuses, by key. */
  readonly refuses?: (key: string) => boolean;
}

/** Plays passages in front of a station in memory, as a process of its own. */
export async function fakeReplay(
  given: FakeReplay,
): Promise<{ station: FakeStation; world: FakeWorld; report: ReplayReport; refusals: ReadonlyMap<string, number> }> {
  const { scenario, passages, seed = '1', station = new FakeStation() } = given;
  const first = passages[0]?.at ?? 0;
  const startsAt = first - (first % hour) - hour;
  const clock = new ManualClock(startsAt);
  const world = new FakeWorld(station, clock, given.killedAt, given.refuses);
  const chance = new Chance(seed);
  const trips = new TripMaker(scenario, chance, new SeededIds(seed)).makeAll(passages);
  const people = new People(scenario, trips, chance);
  const fold = new ReportFold();
  const stage = new Stage(world, people, (event) => fold.see(event));
  people.begin(startsAt);
  await world.sequence();
  const standing = await resume(stage);
  clock.moveTo(standing.at ?? startsAt);
  await playStepped(stage, clock, standing, {
    isOver: () => people.ended.size >= trips.length,
    endsAt: (passages.at(-1)?.at ?? startsAt) + 24 * hour,
    onProgress: () => undefined,
  });
  const report = fold.report({
    scenario: { id: scenario.id, title: scenario.title },
    madeUp: scenario.text,
    seed,
    day: null,
    file: { name: 'fake', sha256: '', rowsInFile: 0, cargoExits: 0, duplicatesDropped: 0, used: passages.length },
    visitIds: trips.map(({ visitId }) => visitId),
  });
  return { station, world, report, refusals: stage.refusals };
}
