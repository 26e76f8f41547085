import type { Licence } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { checkEligibility, policyPack } from '@yizhan/policy';
import fc from 'fast-check';
import { pictureAfter, pictureOf } from '../../../../test/support/area-picture.js';
import { packWith } from '../../../../test/support/pack-with.js';
import { AreaStory, hour, minute, monday } from '../../../../test/support/area-story.js';
import { usualRoundTripSeconds } from './usual-round-trip.js';
import { assignDrivers, weighedCost } from './assign-drivers.js';
import { driverIsFree } from '../rules/driver-is-free.js';
import { changeableAssignments } from './changeable.js';
import { skipCostOf } from './costs.js';
import { CandidateSearch, type Option } from './find-candidates.js';
import { matchArea } from './match-area.js';
import { type AreaPlan, type AreaRow, planArea } from './plan-area.js';
import { type WaitingRow, waitingRows } from './waiting-rows.js';

interface Person {
  readonly licence: Licence;
  readonly station: string;
  readonly shiftHours: number;
  readonly drivenMinutes: number;
  readonly busy: boolean;
  /** The scheduler has given him to a truck of this priority with which he starts in half an hour. */
  readonly setOffFor: number | undefined;
}

interface Waits {
  readonly licence: Licence;
  readonly station: string;
  readonly priority: number;
  readonly afterMinutes: number;
  readonly dueHours: number | undefined;
  readonly declinedBy: readonly number[];
}

const licences = fc.constantFrom<Licence>('A2', 'B2', 'C1');
const stations = fc.constantFrom('JD', 'JX', 'PJ');

const people: fc.Arbitrary<Person> = fc.record({
  licence: licences,
  station: stations,
  shiftHours: fc.constantFrom(0, 1, 2, 3, 10),
  drivenMinutes: fc.nat({ max: 240 }),
  busy: fc.constantFrom(false, false, false, true),
  setOffFor: fc.option(fc.nat({ max: 2 }), { freq: 3, nil: undefined }),
});

const trucks: fc.Arbitrary<Waits> = fc.record({
  licence: licences,
  station: stations,
  priority: fc.nat({ max: 2 }),
  afterMinutes: fc.nat({ max: 30 }),
  dueHours: fc.option(fc.integer({ min: -2, max: 4 }), { nil: undefined }),
  declinedBy: fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 2 }),
});

const areas = fc.record({
  pack: fc.constantFrom('cn-freight', 'cn-strict'),
  /** Local time of the match: some in the day, some before the small hours. */
  hours: fc.constantFrom(0, 15, 17, 20),
  drivers: fc.array(people, { maxLength: 6 }),
  waiting: fc.array(trucks, { minLength: 1, maxLength: 5 }),
  /** Trucks that came at these hours the day before: as many are forecast. */
  usual: fc.array(fc.record({ licence: licences, station: stations, afterMinutes: fc.nat({ max: 105 }) }), {
    maxLength: 6,
    size: 'max',
  }),
});

/** Areas in which more drivers are free, so that there is something to choose. */
const withFreeDrivers = areas.map((area) => ({
  ...area,
  drivers: area.drivers.map((driver) => ({
    ...driver,
    shiftHours: Math.max(4, driver.shiftHours),
    busy: false,
    setOffFor: undefined,
  })),
}));

function told({
  pack,
  hours,
  drivers,
  waiting,
  usual,
}: typeof areas extends fc.Arbitrary<infer T> ? T : never): AreaStory {
  const now = monday + hours * hour;
  const story = new AreaStory('jinhua', 'yiwu', packWith({ changesPermille: 1_000 }, pack))
    .at(now - 27 * hour)
    .network();
  const before = usual.toSorted((one, other) => one.afterMinutes - other.afterMinutes);
  before.forEach(({ afterMinutes, ...facts }, index) => {
    const plate = `U${index}`;
    story.at(now - 24 * hour + afterMinutes * minute).arrives(plate, facts);
    story.departs(plate, `O-${plate}`, 'turned_away');
  });
  drivers.forEach(({ licence, drivenMinutes }, index) => {
    const id = `R${index}`;
    const from = now - (drivenMinutes + 1) * minute;
    story
      .at(now - 6 * hour)
      .enrols(id, [licence])
      .outsider(`O${index}`);
    story
      .at(from)
      .sendsIn(`H${index}`, `O${index}`, id)
      .at(now - minute)
      .bringsBack(`H${index}`, id);
    story.assigns(`H${index}`, `O${index}`).completes(`H${index}`, { kind: 'driver', id }, `O${index}`);
    story.departs(`H${index}`, `O${index}`);
  });
  drivers.forEach(({ station, shiftHours }, index) => {
    if (shiftHours > 0) story.startsShift(`R${index}`, station, shiftHours);
  });
  waiting.forEach(({ afterMinutes, dueHours, declinedBy, ...facts }, index) => {
    const plate = `G${index}`;
    story.at(now - 40 * minute + afterMinutes * minute);
    story.waits(plate, { ...facts, dueAt: dueHours === undefined ? undefined : now + dueHours * hour });
    for (const declined of declinedBy) {
      story.assigns(plate, `R${declined}`).assignmentEnds(plate, `R${declined}`, 'declined');
    }
  });
  drivers.forEach(({ busy, setOffFor, station }, index) => {
    if (busy || setOffFor === undefined) return;
    const plate = `P${index}`;
    story.at(now - 5 * minute).waits(plate, { licence: 'C1', station, priority: setOffFor });
    const { stationCode, ...about } = { visitId: story.visitOf(plate), areaCode: story.areaCode, stationCode: station };
    story.tell('handoff.assigned', `visit/${about.visitId}`, {
      ...about,
      stationCode,
      handoffId: story.handoffOf(plate),
      driverId: `R${index}`,
      plannedStartAt: toIso(now + 30 * minute),
      assignedBy: 'scheduler',
      clock: { continuousSeconds: 0, drivingSeconds24h: 0 },
      policy: { id: story.pack.id, version: story.pack.version },
      overrides: [],
    });
  });
  drivers.forEach(({ busy }, index) => {
    if (busy) story.at(now).waits(`B${index}`).assigns(`B${index}`, `R${index}`);
  });
  return story.at(now);
}

/** Rows that are served if each in turn, the most urgent first, is served wherever the earlier ones still can be (Kuhn). */
function servedInTurn(rows: readonly WaitingRow[]): Set<number> {
  const rowOfDriver = new Map<string, number>();
  const place = (row: number, seen: Set<string>): boolean =>
    rows[row].options.some(({ driver: { driverId } }) => {
      if (seen.has(driverId)) return false;
      seen.add(driverId);
      const holder = rowOfDriver.get(driverId);
      if (holder !== undefined && !place(holder, seen)) return false;
      rowOfDriver.set(driverId, row);
      return true;
    });
  return new Set(rows.map((_row, index) => index).filter((index) => place(index, new Set())));
}

function cheapestCost(rows: readonly WaitingRow[], from = 0, taken: readonly string[] = []): number {
  const row = rows[from];
  if (!row) return 0;
  const costs = row.options
    .filter(({ driver }) => !taken.includes(driver.driverId))
    .map((option) => weighedCost(row, option) + cheapestCost(rows, from + 1, [...taken, option.driver.driverId]));
  return Math.min(Infinity, ...costs);
}

/** Of these rows together: trucks that are forecast may have nobody, at what that costs; the others have to have somebody. */
function cheapestOfAll(rows: readonly AreaRow[], from = 0, taken: readonly string[] = []): number {
  const row = rows[from];
  if (!row) return 0;
  const costs = [...row.options, ...row.awaited]
    .filter(({ driver }) => !taken.includes(driver.driverId))
    .map((option) => weighedCost(row, option) + cheapestOfAll(rows, from + 1, [...taken, option.driver.driverId]));
  const skip = 'forecast' in row ? row.skipSeconds * 100 + cheapestOfAll(rows, from + 1, taken) : Infinity;
  return Math.min(skip, ...costs);
}

describe('the match of any area', () => {
  it('proposes only who may drive, each at most once, and accounts for every handoff', () => {
    let moved = 0;
    fc.assert(
      fc.property(areas, (area) => {
        const story = told(area);
        const picture = pictureAfter(story);
        const { rules } = policyPack(area.pack);
        const { decisions } = matchArea(picture, story.now);
        expect(decisions).toHaveLength(area.waiting.length);
        const given = decisions.flatMap((decision) => (decision.kind === 'proposed' ? [decision] : []));
        expect(new Set(given.map(({ driverId }) => driverId)).size).toBe(given.length);
        for (const { handoff, driverId, plannedStartAt, plannedReturnAt, releasesHandoffId } of given) {
          const driver = picture.drivers.get(driverId)!;
          expect(handoff.declinedBy.has(driverId)).toBe(false);
          expect(driver.liveHandoffId).toBe(releasesHandoffId);
          const released = picture.handoffs.get(releasesHandoffId ?? '');
          if (released) moved += 1;
          expect(released === undefined || released.planned!.startsAt - story.now > 10 * minute).toBe(true);
          expect(plannedStartAt).toBeGreaterThanOrEqual(story.now);
          expect(plannedReturnAt).toBe(plannedStartAt + usualRoundTripSeconds * 1000);
          const { zoneId, flow } = handoff.visit;
          const swap = { flow, zoneId, licenceRequired: handoff.licenceRequired, returnDriverIds: [], plannedStartAt };
          expect(checkEligibility(rules, driver, { ...swap, plannedReturnAt })).toMatchObject({ eligible: true });
        }
        for (const decision of decisions) {
          if (decision.kind === 'withheld') expect(decision.blockers.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 120 },
    );
    expect(moved).toBeGreaterThan(0);
  });

  it('serves the most urgent, as many as can be, at the least cost', () => {
    fc.assert(
      fc.property(areas, (area) => {
        const story = told(area);
        const rows = waitingRows(pictureAfter(story), story.now);
        const choices = assignDrivers(rows);
        const served = servedInTurn(rows);
        expect(new Set(choices.flatMap((choice, index) => (choice ? [index] : [])))).toEqual(served);
        const cost = choices.reduce((sum, choice, row) => sum + (choice ? weighedCost(rows[row], choice) : 0), 0);
        expect(cost).toBe(cheapestCost(rows.filter((_row, index) => served.has(index))));
      }),
      { numRuns: 120 },
    );
  });

  it('gives as many a driver where trucks are forecast, and leaves them the drivers at the least cost of all', () => {
    let forecast = 0;
    fc.assert(
      fc.property(withFreeDrivers, (area) => {
        const [story, without] = [told(area), told({ ...area, usual: [] })];
        const [withThem, alone] = [story, without].map((each) => {
          const picture = pictureAfter(each);
          const search = new CandidateSearch(picture, each.now);
          return planArea(picture, each.now, search, waitingRows(picture, each.now, search), []);
        });
        const servedIn = ({ rows, plan }: AreaPlan): readonly (string | false)[] =>
          rows.flatMap((row, index) => ('handoff' in row ? [plan[index] !== undefined && row.handoff.handoffId] : []));
        expect(servedIn(withThem)).toEqual(servedIn(alone));
        const { rows, plan } = withThem;
        forecast += rows.filter((row) => 'forecast' in row).length;
        const costOf = (row: AreaRow, choice: Option | undefined): number =>
          choice ? weighedCost(row, choice) : 'forecast' in row ? row.skipSeconds * 100 : 0;
        const cost = rows.reduce((sum, row, index) => sum + costOf(row, plan[index]), 0);
        expect(cost).toBe(cheapestOfAll(rows.filter((row, index) => plan[index] || 'forecast' in row)));
      }),
      { numRuns: 120 },
    );
    expect(forecast).toBeGreaterThan(20);
  });

  it('changes who drives only so that more, or more urgent ones, have a driver, or the same at less cost', () => {
    let changed = 0;
    fc.assert(
      fc.property(areas, (area) => {
        const story = told({ ...area, usual: [] });
        const picture = pictureAfter(story);
        const planOf = (changeable: CandidateSearch['changeable']): AreaPlan => {
          const search = new CandidateSearch(picture, story.now, driverIsFree, changeable);
          return planArea(picture, story.now, search, waitingRows(picture, story.now, search), []);
        };
        const changeable = changeableAssignments(picture, story.now);
        const [free, fixed] = [planOf(changeable), planOf(new Map())];
        const before = new Map(
          fixed.rows.flatMap((row, index) => ('handoff' in row ? [[row.handoff.handoffId, fixed.plan[index]]] : [])),
        );
        const rows = free.rows.flatMap((row, index) => ('handoff' in row ? [{ row, choice: free.plan[index] }] : []));
        const served = rows.map(({ choice }) => (choice ? 1 : 0)).join('');
        const servedBefore = rows.map(({ row }) => (row.held || before.get(row.handoff.handoffId) ? 1 : 0)).join('');
        expect(served >= servedBefore).toBe(true);
        changed += rows.filter(({ choice }) => choice?.releases).length;
        if (served !== servedBefore) return;
        const costOf = (row: AreaRow, choice: Option | undefined): number => (choice ? weighedCost(row, choice) : 0);
        const cost = rows.reduce((sum, { row, choice }) => sum + costOf(row, choice), 0);
        const costBefore = rows.reduce(
          (sum, { row }) => sum + costOf(row, row.held ?? before.get(row.handoff.handoffId)),
          0,
        );
        expect(cost).toBeLessThanOrEqual(costBefore);
        if (rows.every(({ choice }) => !choice?.releases)) expect(cost).toBe(costBefore);
      }),
      { numRuns: 200 },
    );
    expect(changed).toBeGreaterThan(0);
  });

  it('is the same whenever it is made from the same events, and whatever the order in which drivers were enrolled', () => {
    fc.assert(
      fc.property(areas, (area) => {
        const story = told(area);
        const match = matchArea(pictureAfter(story), story.now);
        expect(matchArea(pictureAfter(story), story.now)).toEqual(match);
        const events = story.log();
        const isOfDriver = ({ subject }: { subject: string }): boolean => subject.startsWith('driver/O');
        const others = pictureOf([
          ...events.filter(isOfDriver).toReversed(),
          ...events.filter((event) => !isOfDriver(event)),
        ]);
        expect(proposals(matchArea(others, story.now))).toEqual(proposals(match));
      }),
      { numRuns: 25 },
    );
  });

  it('gives nobody a driver by time alone before the instant that it names', () => {
    fc.assert(
      fc.property(areas, fc.nat({ max: 1_000 }), (area, permille) => {
        const story = told(area);
        const picture = pictureAfter(story);
        for (const handoff of picture.waiting.values()) {
          const isServed = matchArea(picture, story.now).decisions.some(
            (decision) => decision.kind === 'proposed' && decision.handoff === handoff,
          );
          if (isServed) picture.waiting.delete(handoff.handoffId);
        }
        const { lookAgainAt, decisions } = matchArea(picture, story.now);
        if (proposals({ decisions }).length > 0) return;
        const until = lookAgainAt ?? story.now + 24 * hour;
        expect(until).toBeGreaterThan(story.now);
        const before = story.now + Math.floor(((until - 1 - story.now) * permille) / 1_000);
        expect(proposals(matchArea(picture, before))).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });
});

function proposals({ decisions }: Pick<ReturnType<typeof matchArea>, 'decisions'>): unknown[] {
  return decisions.flatMap((decision) =>
    decision.kind === 'proposed' ? [[decision.handoff.handoffId, decision.driverId, decision.plannedStartAt]] : [],
  );
}

describe('the cost of leaving a handoff without a driver', () => {
  it.each([1, 10, 300, 5_000, 100_000])(
    'falls with every place among %i, stays exact and outweighs any driver',
    (rows) => {
      const step = skipCostOf(0, rows) - skipCostOf(1, rows);
      expect(step).toBeGreaterThan(20_000);
      expect(skipCostOf(rows - 1, rows)).toBe(step);
      expect(skipCostOf(0, rows) * (2 * rows + 2)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
    },
  );
});
