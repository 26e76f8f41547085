import { isOnLane } from '@yizhan/policy';
import fc from 'fast-check';
import { pictureAfter } from '../../../../test/support/area-picture.js';
import { hour, minute } from '../../../../test/support/area-story.js';
import { ThrottledStory } from '../../../../test/support/throttled-story.js';
import { rankCandidates } from '../candidates/rank-candidates.js';
import { Contest } from '../candidates/contest.js';
import type { Decision } from './decision.js';
import { matchArea } from './match-area.js';
import { laneRooms } from './within-throttles.js';

const story = (): ThrottledStory => new ThrottledStory().network();

const saidOf = (decision: Decision): string =>
  `${decision.handoff.visit.plate}: ${decision.kind === 'proposed' ? decision.driverId : decision.blockers.map(({ rule }) => rule).join(' ')}`;

const said = (told: ThrottledStory): string[] => matchArea(pictureAfter(told), told.now).decisions.map(saidOf);

/** R1 has got G0 of the lane, 20 minutes ago; G1 and G2 wait, and two drivers are there. */
function oneHasPassed(): ThrottledStory {
  const told = story().onShift('R1').onShift('R2').onShift('R3').waits('G0').assigns('G0', 'R1');
  return told
    .at(told.now + 20 * minute)
    .waits('G1')
    .waits('G2', { priority: 1 });
}

it('gives the most urgent what room the hour has; who has none is told so, and until when', () => {
  const told = oneHasPassed().throttles(2);
  const { decisions, lookAgainAt } = matchArea(pictureAfter(told), told.now);
  expect(decisions.map(saidOf)).toEqual(['G2: R2', 'G1: lane_throttled']);
  expect(decisions[1]?.inputs.blocks).toEqual([
    { rule: 'lane_throttled', drivers: 0, driverIds: [], until: told.now + 40 * minute },
  ]);
  expect(lookAgainAt).toBe(told.now + 40 * minute);
});

it('goes on when the hour has room again, when the throttle is lifted, and at its end', () => {
  const throttled = (): ThrottledStory => oneHasPassed().throttles(1, undefined, undefined);
  expect(said(throttled())).toEqual(['G2: lane_throttled', 'G1: lane_throttled']);
  const later = throttled();
  expect(said(later.at(later.now + 40 * minute))).toEqual(['G2: R2', 'G1: lane_throttled']);
  expect(said(throttled().lifts())).toEqual(['G2: R2', 'G1: R3']);
  const ending = oneHasPassed();
  ending.throttles(1, undefined, ending.now + 10 * minute);
  expect(matchArea(pictureAfter(ending), ending.now).lookAgainAt).toBe(ending.now + 10 * minute);
  const picture = pictureAfter(ending);
  expect(matchArea(picture, ending.now + 10 * minute).decisions.map(saidOf)).toEqual(['G2: R2', 'G1: R3']);
});

it('is about its lane alone: one station, one way', () => {
  expect(said(oneHasPassed().throttles(0, 'JX'))).toEqual(['G2: R2', 'G1: R3']);
  expect(said(oneHasPassed().throttles(0, undefined, undefined, 'out_of_zone'))).toEqual(['G2: R2', 'G1: R3']);
  expect(said(oneHasPassed().throttles(0, 'JD'))).toEqual(['G2: lane_throttled', 'G1: lane_throttled']);
});

it('lets a truck pass whose priority the policy lets pass, and counts it', () => {
  const told = oneHasPassed().throttles(2).waits('G3', { priority: 8 });
  expect(said(told)).toEqual(['G3: R2', 'G2: lane_throttled', 'G1: lane_throttled']);
});

it('says until when by the full lanes alone, and by the last of them to have room', () => {
  const untilOf = (told: ThrottledStory): (number | undefined)[] =>
    matchArea(pictureAfter(told), told.now).decisions.map(({ inputs }) => inputs.blocks[0]?.until);
  const start = oneHasPassed().now;
  const wide = oneHasPassed().throttles(9, 'JD', start + 10 * minute);
  expect(untilOf(wide.throttles(1))).toEqual([start + 40 * minute, start + 40 * minute]);
  const narrow = (): ThrottledStory => oneHasPassed().throttles(1, 'JD');
  expect(untilOf(narrow().throttles(0, undefined, start + 50 * minute))).toEqual([
    start + 50 * minute,
    start + 50 * minute,
  ]);
  expect(untilOf(narrow().throttles(0))).toEqual([undefined, undefined]);
  // Room that a more urgent truck takes is full for the next one.
  const taken = oneHasPassed()
    .throttles(9, 'JD', start + 10 * minute)
    .throttles(2);
  expect(untilOf(taken).slice(1)).toEqual([start + 40 * minute]);
});

it('leaves room that nobody is there for to the next one', () => {
  const told = story().onShift('R1', ['C1']).throttles(1);
  told.waits('G1', { licence: 'A2', priority: 5 }).waits('G2', { licence: 'C1' });
  expect(said(told)).toEqual(['G1: licence', 'G2: R1']);
});

it('gives a truck whose driver has gone its room back', () => {
  const told = oneHasPassed().throttles(1).assignmentEnds('G0', 'R1', 'declined');
  expect(said(told)).toEqual(['G2: R1', 'G0: lane_throttled', 'G1: lane_throttled']);
  expect(said(oneHasPassed().throttles(1).aborts('G0'))).toEqual(['G2: R1', 'G1: lane_throttled']);
});

it('counts who is proposed and not answered yet', () => {
  const told = oneHasPassed().throttles(2);
  const [g2, driverId] = [told.handoffOf('G2'), 'R2'];
  told.tell('assignment.proposed', `assignment/${g2}`, {
    handoffId: g2,
    visitId: told.visitOf('G2'),
    driverId,
    plannedStartAt: new Date(told.now).toISOString(),
    decisionId: told.visitOf('G2'),
    epoch: 1,
    basedOnPosition: '1',
    expiresAt: new Date(told.now + minute).toISOString(),
    alternatives: [],
  });
  expect(said(told)).toEqual(['G1: lane_throttled']);
});

it('says what would help: to lift it, or to wait', () => {
  const told = oneHasPassed().throttles(1);
  const picture = pictureAfter(told);
  const { changes, candidates } = rankCandidates(picture, told.handoffOf('G1'), new Contest(picture, told.now));
  expect(candidates).toEqual([]);
  expect(changes).toEqual([{ kind: 'end_throttle', until: told.now + 40 * minute }]);
});

describe('the match of any area with throttles', () => {
  const stations = fc.constantFrom('JD', 'JX');
  const areas = fc.record({
    drivers: fc.integer({ min: 0, max: 6 }),
    passed: fc.array(fc.record({ station: stations, minutesAgo: fc.integer({ min: 1, max: 110 }) }), { maxLength: 4 }),
    waiting: fc.array(
      fc.record({
        station: stations,
        priority: fc.constantFrom(0, 1, 8),
        licence: fc.constantFrom('B2' as const, 'A2' as const),
      }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
    expected: fc.nat({ max: 2 }),
    limits: fc.record(
      { JD: fc.integer({ min: 0, max: 4 }), all: fc.integer({ min: 0, max: 6 }) },
      { requiredKeys: [] },
    ),
  });

  it('stays within every limit, wastes no room, and does without one what it does within one that is wide enough', () => {
    fc.assert(
      fc.property(areas, ({ drivers, passed, waiting, expected, limits }) => {
        const told = story();
        const now = told.now + 4 * hour;
        for (let driver = 0; driver < drivers; driver += 1)
          told.onShift(`R${driver}`, driver % 2 === 0 ? ['A2'] : ['B2']);
        for (const [index, { station, minutesAgo }] of [...passed.entries()].toSorted(
          ([, one], [, other]) => other.minutesAgo - one.minutesAgo,
        )) {
          told
            .at(now - minutesAgo * minute)
            .waits(`P${index}`, { station })
            .assigns(`P${index}`, `X${index}`);
        }
        told.at(now);
        waiting.forEach((facts, index) => told.waits(`G${index}`, facts));
        for (let truck = 0; truck < expected; truck += 1)
          told.announces(`E${truck}`, now + 10 * minute, { priority: truck });
        const without = said(told);
        if (limits.JD !== undefined) told.throttles(limits.JD, 'JD');
        if (limits.all !== undefined) told.throttles(limits.all);
        const picture = pictureAfter(told);
        const { decisions } = matchArea(picture, now);
        const contest = new Contest(picture, now);
        for (const { lane, free } of laneRooms(picture, now)) {
          const gets = decisions.filter(({ kind, handoff: { visit } }) => kind === 'proposed' && isOnLane(lane, visit));
          const exempt = gets.filter(({ handoff: { visit } }) => visit.priority >= 8);
          expect(gets.length).toBeLessThanOrEqual(Math.max(free, exempt.length));
        }
        const rooms = laneRooms(picture, now);
        for (const decision of decisions) {
          if (decision.kind === 'proposed' || decision.blockers[0]?.rule !== 'lane_throttled') continue;
          const { visit } = decision.handoff;
          expect(visit.priority).toBeLessThan(8);
          const isFull = rooms.some(({ lane, free }) => {
            const planned = contest.rows.filter(
              (row, index) =>
                contest.plan[index] &&
                !('forecast' in row) &&
                isOnLane(lane, 'handoff' in row ? row.handoff.visit : row.visit),
            );
            return isOnLane(lane, visit) && planned.length >= free;
          });
          expect(isFull).toBe(true);
        }
        told.throttles(1_000, 'JD').throttles(1_000);
        expect(said(told)).toEqual(without);
        told.lifts('JD').lifts();
        expect(said(told)).toEqual(without);
      }),
      { numRuns: 60 },
    );
  });
});
