import fc from 'fast-check';
import type { Licence } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, hour, minute, monday, uuidOf } from '../../../../test/support/area-story.js';
import { weighedCost } from '../matching/assign-drivers.js';
import { matchArea } from '../matching/match-area.js';
import type { Option } from '../matching/find-candidates.js';
import { Contest } from './contest.js';
import { rankCandidates, type RankedCandidates } from './rank-candidates.js';

const story = (): AreaStory => new AreaStory().network();

function ranked(told: AreaStory, plate: string, now = told.now): RankedCandidates {
  const picture = pictureAfter(told);
  return rankCandidates(picture, told.handoffOf(plate), new Contest(picture, now));
}

/** The changes that help, in words. */
function helps(told: AreaStory, plate: string, now = told.now): string[] {
  return ranked(told, plate, now).changes.map(({ kind, driverId, until, rule, handoffId, plate: held, licence }) =>
    [
      kind,
      driverId,
      until === undefined ? undefined : `${(until - now) / minute} min`,
      rule,
      handoffId === undefined ? undefined : 'of another',
      held,
      licence,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );
}

describe('the drivers whom an operator may choose from', () => {
  it('come the cheapest first, with what speaks against each and when he would start', () => {
    const told = story().onShift('R1', ['A2']).onShift('R2', ['B2']).onShift('R3', ['B2'], 'JX').waits('G1');
    const { candidates, eligible, blockedCount, changes } = ranked(told, 'G1');
    expect(candidates.map(({ driverId, cost, isPlanned }) => [driverId, cost, isPlanned])).toEqual([
      // Eight hours of the shift are left when he is back, two minutes less for the one who comes from elsewhere.
      ['R2', 480, true],
      ['R3', 118 + 478, false],
      ['R1', 200 + 480, false],
    ]);
    expect(candidates[1]).toMatchObject({
      parts: { delaySeconds: 118, travelMinutes: 2, spareLicences: 0 },
      plannedStartAt: told.now + 118_000,
      plannedReturnAt: told.now + 118_000 + 2 * hour,
    });
    expect([eligible, blockedCount, changes]).toEqual([3, 0, []]);
  });

  it('are told with whether an announced truck would have nobody', () => {
    const told = story()
      .onShift('R1')
      .waits('G1')
      .announces('G2', monday + 20 * minute, { priority: 5 });
    const [only] = ranked(told, 'G1').candidates;
    const [announced] = pictureAfter(told).announced.keys();
    expect(only).toMatchObject({ driverId: 'R1', isPlanned: false, effect: { unkept: [announced], unserved: [] } });
    expect(ranked(told, 'G1').changes).toMatchObject([{ kind: 'take_over_at_a_cost', driverId: 'R1' }]);
  });

  it('are told with what a choice does to the others: another driver moves, or nobody is left', () => {
    const told = story().onShift('R1', ['A2']).onShift('R2', ['B2']).waits('G1').waits('G2', { licence: 'A2' });
    const [planned, other] = ranked(told, 'G1').candidates;
    expect([planned.driverId, planned.effect]).toEqual(['R2', nothing]);
    expect([other.driverId, other.effect]).toEqual([
      'R1',
      {
        extraCost: 200,
        unserved: [told.handoffOf('G2')],
        served: [],
        unkept: [],
        moved: [{ handoffId: told.handoffOf('G1'), from: 'R2', to: 'R1' }],
      },
    ]);
  });

  it('compete also where somebody has been proposed already', () => {
    const told = story().onShift('R1').waits('G1').waits('G2');
    told.tell('assignment.proposed', `assignment/${told.handoffOf('G1')}`, {
      handoffId: told.handoffOf('G1'),
      visitId: told.visitOf('G1'),
      driverId: 'R1',
      plannedStartAt: toIso(told.now),
      decisionId: uuidOf('decision'),
      epoch: 1,
      basedOnPosition: '1',
      expiresAt: toIso(told.now + minute),
      alternatives: [],
    });
    expect(ranked(told, 'G2').candidates.map(({ driverId, isPlanned }) => [driverId, isPlanned])).toEqual([
      ['R1', false],
    ]);
    expect(helps(told, 'G2')).toEqual(['take_over_at_a_cost R1 of another']);
  });

  it('are told apart from those who may not, with all that keeps each away, whom least keeps away first', () => {
    const told = story()
      .enrols('R1', ['C1'])
      .onShift('R2', ['C1'])
      .onShift('R3')
      .waits('G1')
      .assigns('G1', 'R3')
      .waits('G2');
    expect(ranked(told, 'G2').blocked).toEqual([
      { driverId: 'R2', blocks: [{ rule: 'licence' }] },
      { driverId: 'R3', blocks: [{ rule: 'busy', handoffId: told.handoffOf('G1') }] },
      {
        driverId: 'R1',
        blocks: [{ rule: 'licence' }, { rule: 'shift', overridable: 'shift' }],
      },
    ]);
  });
});

it('shows whom an override would help before all those whom nothing helps', () => {
  const told = story().enrols('R99').qualifies('R99').onShift('R98').recalls('R98');
  for (let number = 10; number < 40; number += 1) told.onShift(`R${number}`, ['C1']);
  const { blocked, blockedCount } = ranked(told.waits('G1'), 'G1');
  expect(blockedCount).toBe(32);
  expect(blocked.slice(0, 3).map(({ driverId }) => driverId)).toEqual(['R98', 'R99', 'R10']);
});

describe('what would give a truck a driver', () => {
  it('is a shift that begins, where that is all that is missing', () => {
    expect(helps(story().enrols('R1').qualifies('R1').waits('G1'), 'G1')).toEqual(['start_shift R1']);
  });

  it('is to wait, briefly before longer, or to override', () => {
    const told = story().onShift('R1').onShift('R2').recalls('R1').recalls('R2');
    told
      .qualifies('R1', monday + 10 * hour, monday + 20 * hour)
      .qualifies('R2', monday + 40 * minute, monday + 20 * hour);
    expect(helps(told.waits('G1'), 'G1', monday)).toEqual([
      'override R1 credentials',
      'override R2 credentials',
      'wait R2 40 min',
      'wait R1 600 min',
      'renew_credential R1',
    ]);
    expect(helps(told, 'G1', monday + 5 * minute)[0]).toBe('override R1 credentials');
  });

  it('is to ask again, or to free who drives another truck', () => {
    const told = story()
      .onShift('R1')
      .onShift('R2')
      .outsider('O1')
      .sendsIn('G9', 'O1', 'R2')
      .waits('G1')
      .assigns('G1', 'R1');
    expect(helps(told.assignmentEnds('G1', 'R1', 'declined'), 'G1')).toEqual(['ask_again R1', 'free_driver R2 G9']);
  });

  it('is what lifts that which keeps everybody away', () => {
    const held = story().onShift('R1').waits('G1').holds('G1');
    expect(helps(held, 'G1')).toEqual(['release_cargo']);
    const suspended = story().onShift('R1').waits('G1').stationBecomes('JD', 'suspended');
    expect(helps(suspended, 'G1')).toEqual(['resume_station']);
    const cutOff = story().onShift('R1').waits('G1').waits('G2', { station: 'JX' }).stationBecomes('JD', 'cut_off');
    expect(helps(cutOff, 'G1')).toEqual(['reconnect_station']);
    expect(helps(cutOff, 'G2')).toEqual(['reconnect_station R1']);
  });

  it('is somebody with the licence, or a driver for the return, where nothing else helps', () => {
    expect(helps(story().onShift('R1', ['C1']).waits('G1', { licence: 'A2' }), 'G1')).toEqual(['bring_driver A2']);
    const out = story().onShift('R1').waits('G1', { flow: 'out_of_zone' });
    expect(helps(out, 'G1')).toEqual(['name_return_driver']);
  });

  it('is a driver of a truck that can have another one, before one who leaves a truck without', () => {
    const told = story().onShift('R1', ['A2']).waits('G1', { priority: 9, licence: 'A2' }).waits('G2', { priority: 1 });
    expect(helps(told, 'G2')).toEqual(['take_over_at_a_cost R1 of another']);
  });
});

const nothing = { extraCost: 0, unserved: [], served: [], unkept: [], moved: [] };

/** How good what a choice leads to is; less is better, the first that differs decides. */
type Weight = readonly [unserved: number, cost: number, moved: number];

function weightOf({ rows, plan }: Contest, other: Contest['plan']): Weight {
  let [unserved, cost, moved] = [0, 0, 0];
  rows.forEach((row, index) => {
    const [before, after] = [plan[index], other[index]];
    unserved += after ? 0 : rows.length - index;
    cost += after ? weighedCost(row, after) : 0;
    moved += before && after && before.driver !== after.driver ? 1 : 0;
  });
  return [unserved, cost, moved];
}

/** Every way to give the other rows their drivers, tried: the slow and obvious reference. */
function bestByTrying({ rows, plan }: Contest, forced: number, option: Option): Weight {
  let best: Weight = [Infinity, 0, 0];
  const choices: (Option | undefined)[] = [];
  const tryRow = (row: number): void => {
    if (row === rows.length) {
      const found = weightOf({ rows, plan } as Contest, choices);
      const at = found.findIndex((part, index) => part !== best[index]);
      if (at >= 0 && found[at] < best[at]) best = found;
      return;
    }
    const options: readonly (Option | undefined)[] = row === forced ? [option] : [undefined, ...rows[row].options];
    for (const choice of options) {
      const isTaken = choices.slice(0, row).some((other) => choice && other?.driver === choice.driver);
      if (isTaken || (row !== forced && choice?.driver === option.driver)) continue;
      choices[row] = choice;
      tryRow(row + 1);
    }
  };
  tryRow(0);
  return best;
}

describe('the effect of a choice', () => {
  const licences = fc.constantFrom<Licence>('A2', 'B2').map((licence) => [licence]);
  const truck = fc.record({ licence: fc.constantFrom<Licence>('A2', 'B2'), priority: fc.nat({ max: 3 }) });
  const areas = fc.record({
    drivers: fc.array(fc.record({ licences, station: fc.constantFrom('JD', 'JX') }), { minLength: 1, maxLength: 5 }),
    trucks: fc.array(truck, { minLength: 1, maxLength: 4 }),
    announced: fc.array(truck, { maxLength: 2 }),
  });

  it('is nothing for the one who is planned, and never serves more urgent trucks than the plan does', () => {
    fc.assert(
      fc.property(areas, ({ drivers, trucks, announced }) => {
        const told = story();
        drivers.forEach(({ licences: held, station }, index) => told.onShift(`R${index}`, held, station));
        trucks.forEach((facts, index) => told.waits(`G${index}`, facts));
        announced.forEach((facts, index) => told.announces(`E${index}`, told.now + 10 * minute, facts));
        const picture = pictureAfter(told);
        const contest = new Contest(picture, told.now);
        // The plan is what the scheduler itself would propose.
        const proposals = matchArea(picture, told.now).decisions.filter(({ kind }) => kind === 'proposed');
        const served = contest.rows.filter((row, index) => 'handoff' in row && contest.plan[index]);
        expect(served).toHaveLength(proposals.length);
        contest.rows.forEach((row, index) => {
          for (const option of row.options) {
            const effect = contest.effectOf(index, option);
            if (contest.plan[index] === option) {
              expect(effect).toEqual(nothing);
            }
            // The plan serves as many as can be: one more is served only where another no longer is.
            expect(effect.served.length).toBeLessThanOrEqual(effect.unserved.length + effect.unkept.length);
            expect(weightOf(contest, contest.planWith(index, option))).toEqual(bestByTrying(contest, index, option));
            // Where the same trucks are served, the plan is the cheapest.
            if (effect.unserved.length + announced.length === 0) expect(effect.extraCost).toBeGreaterThanOrEqual(0);
          }
        });
      }),
      { numRuns: 200 },
    );
  });
});
