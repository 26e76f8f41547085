import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, hour, minute, monday, uuidOf } from '../../../../test/support/area-story.js';
import { policyPack } from '@yizhan/policy';
import { toIso } from '@yizhan/kernel';
import { matchArea } from './match-area.js';

const story = (): AreaStory => new AreaStory().network();
const driver = (id: string) => ({ kind: 'driver' as const, id });

/** What the match of a story says, in words: `G1: R1` or `G1: licence 2, shift 1`. */
function said(told: AreaStory, now = told.now): string[] {
  return matchArea(pictureAfter(told), now).decisions.map((decision) => {
    const what =
      decision.kind === 'proposed'
        ? decision.driverId
        : decision.blockers.map(({ rule, drivers }) => `${rule} ${drivers}`).join(', ');
    return `${decision.handoff.visit.plate}: ${what}`;
  });
}

function proposed(told: AreaStory, plate: string, driverId: string, expiresAt: number): AreaStory {
  const handoffId = told.handoffOf(plate);
  return told.tell('assignment.proposed', `assignment/${handoffId}`, {
    handoffId,
    visitId: told.visitOf(plate),
    driverId,
    plannedStartAt: toIso(told.now),
    decisionId: uuidOf(`decision ${plate} ${driverId}`),
    epoch: 1,
    basedOnPosition: '1',
    expiresAt: toIso(expiresAt),
    alternatives: [],
  });
}

describe('who is proposed to take a truck into the zone', () => {
  it('is a free driver on shift at the station, from now on and for the usual round trip', () => {
    const [decision] = matchArea(
      pictureAfter(story().onShift('R1').onShift('R2').waits('G1')),
      monday + 1000,
    ).decisions;
    expect(decision).toMatchObject({
      kind: 'proposed',
      driverId: 'R1',
      plannedStartAt: monday + 1000,
      plannedReturnAt: monday + 1000 + 2 * hour,
      expiresAt: monday + 1000 + minute,
      alternatives: [{ driverId: 'R2', cost: 200 + 479 }],
      policy: { id: 'cn-freight', version: '2026-11' },
      inputs: { eligible: 2, urgency: { priority: 0, lateSeconds: 0, waitingSeconds: 1 } },
    });
  });

  it('starts when he is there, if he comes from another station', () => {
    const [decision] = matchArea(pictureAfter(story().onShift('R1', ['B2'], 'JX').waits('G1')), monday).decisions;
    // 1,001 m on the great circle, × 1.3 ÷ 11.1 m/s.
    expect(decision).toMatchObject({
      plannedStartAt: monday + 118_000,
      inputs: { considered: [{ parts: { delaySeconds: 118 } }] },
    });
  });

  it('is the nearer one, then who keeps fewer licences from others, then who has driven less, then the lower id', () => {
    expect(said(story().onShift('R1', ['B2'], 'JX').onShift('R2', ['B2']).waits('G1'))).toEqual(['G1: R2']);
    expect(said(story().onShift('R1', ['A2']).onShift('R2', ['B2']).waits('G1'))).toEqual(['G1: R2']);
    const driven = story()
      .onShift('R1')
      .onShift('R2')
      .outsider('O1')
      .sendsIn('G1', 'O1', 'R1')
      .at(monday + hour)
      .bringsBack('G1', 'R1');
    driven.assigns('G1', 'O1').completes('G1', driver('R1'), 'O1').departs('G1', 'O1');
    expect(said(driven.waits('G2'))).toEqual(['G2: R2']);
    expect(said(story().onShift('R9').onShift('R10').waits('G1'))).toEqual(['G1: R10']);
  });

  it('is of equally near ones who goes home first: the others can take more trucks later', () => {
    expect(said(story().onShift('R1').onShift('R2', ['A2'], 'JD', 4).waits('G1'))).toEqual(['G1: R2']);
    // What is left of his shift is not worth that the truck waits for him.
    expect(said(story().onShift('R1', ['A2'], 'JD', 3).onShift('R2', ['A2'], 'JX', 2.5).waits('G1'))).toEqual([
      'G1: R1',
    ]);
  });

  it('is for an urgent truck rather who is there than who is worth less to others', () => {
    const near = (priority: number): AreaStory =>
      story().onShift('R1', ['A2']).onShift('R2', ['B2'], 'JX').waits('G1', { priority });
    expect(said(near(0))).toEqual(['G1: R2']);
    expect(said(near(9))).toEqual(['G1: R1']);
  });

  it('gives the driver to the more urgent: by priority, then by lateness, then by waiting', () => {
    const first = story()
      .onShift('R1')
      .waits('G1')
      .at(monday + minute)
      .waits('G2');
    expect(said(first)).toEqual(['G1: R1', 'G2: outbid 1']);
    const late = story()
      .onShift('R1')
      .waits('G1')
      .at(monday + minute)
      .waits('G2', { dueAt: monday + hour });
    expect(said(late)).toEqual(['G2: R1', 'G1: outbid 1']);
    const urgent = story()
      .onShift('R1')
      .waits('G1', { dueAt: monday })
      .at(monday + minute)
      .waits('G2', { priority: 1 });
    expect(said(urgent)).toEqual(['G2: R1', 'G1: outbid 1']);
  });

  it('serves as many as possible: the only driver for a heavy truck is not spent on a light one', () => {
    const told = story()
      .onShift('R1', ['A2'])
      .onShift('R2', ['B2'])
      .waits('G1', { priority: 9 })
      .waits('G2', { licence: 'A2' });
    expect(said(told)).toEqual(['G1: R2', 'G2: R1']);
  });

  it('is nobody who is busy, declined before, or is too far away', () => {
    const busy = story()
      .onShift('R1')
      .onShift('R2')
      .outsider('O1')
      .sendsIn('G1', 'O1', 'R1')
      .waits('G2')
      .assigns('G2', 'R2')
      .waits('G3');
    expect(said(busy)).toEqual(['G3: busy 2']);
    const declined = story()
      .onShift('R1')
      .onShift('R2')
      .waits('G1')
      .assigns('G1', 'R1')
      .assignmentEnds('G1', 'R1', 'declined');
    declined.assigns('G1', 'R2').assignmentEnds('G1', 'R2', 'no_show');
    expect(said(declined)).toEqual(['G1: declined_before 2']);
    expect(said(story().onShift('R1', ['A2'], 'PJ').waits('G1'))).toEqual(['G1: travel 1']);
  });

  it('is rather another than who let it run out, but him where there is no other', () => {
    const told = story().onShift('R1', ['B2']).waits('G1').assigns('G1', 'R1').assignmentEnds('G1', 'R1', 'expired');
    expect(said(told)).toEqual(['G1: R1']);
    expect(said(told.onShift('R2', ['A2'], 'JX'))).toEqual(['G1: R2']);
  });

  it('is never an outside driver, even of the truck’s carrier', () => {
    expect(said(story().outsider('O1', 'SF').outsider('O2', 'SF').waits('G1', { by: 'O1', carrier: 'SF' }))).toEqual([
      'G1: no_drivers 0',
    ]);
  });

  it('takes a rest first where the pack lets him start late by as much', () => {
    const told = story()
      .onShift('R1', ['B2'])
      .outsider('O1')
      .sendsIn('G1', 'O1', 'R1')
      .at(monday + 3 * hour)
      .bringsBack('G1', 'R1');
    told.assigns('G1', 'O1').completes('G1', driver('R1'), 'O1').departs('G1', 'O1').waits('G2');
    const [decision] = matchArea(pictureAfter(told), told.now).decisions;
    expect(decision).toMatchObject({ driverId: 'R1', plannedStartAt: told.now + 20 * minute });
  });
});

describe('why a truck waits', () => {
  it('says what would free it (ruling 15): no driver with licence A2 is on duty', () => {
    const told = story()
      .onShift('R1', ['B2'])
      .onShift('R2', ['C1'])
      .enrols('R3', ['A2'])
      .waits('G1', { licence: 'A2' });
    expect(said(told)).toEqual(['G1: licence 2, shift 1']);
    expect(said(told.startsShift('R3'))).toEqual(['G1: R3']);
  });

  it('tells the licence of a busy driver who could not take it anyway', () => {
    const told = story()
      .onShift('R1', ['B2'])
      .onShift('R2', ['A2'])
      .waits('G1')
      .assigns('G1', 'R1')
      .waits('G2')
      .assigns('G2', 'R2');
    expect(said(told.waits('G3', { licence: 'A2' }))).toEqual(['G3: licence 1, busy 1']);
  });

  it('is not said twice, but again when other rules stand in the way', () => {
    const told = story().enrols('R1').waits('G1');
    const handoffId = told.handoffOf('G1');
    const blockers = [{ rule: 'shift', drivers: 1 }];
    told.tell('assignment.withheld', `assignment/${handoffId}`, { handoffId, visitId: told.visitOf('G1'), blockers });
    expect(said(told)).toEqual([]);
    expect(said(told.enrols('R2'))).toEqual([]);
    expect(said(told.onShift('R3', ['C1']))).toEqual(['G1: licence 1, shift 2']);
  });

  it('is not said again only because those who may take it change hands', () => {
    const told = story().onShift('R1').waits('G1').assigns('G1', 'R1').waits('G2');
    const handoffId = told.handoffOf('G2');
    const blockers = [
      { rule: 'outbid', drivers: 1 },
      { rule: 'awaits_driver', drivers: 1 },
    ];
    told.tell('assignment.withheld', `assignment/${handoffId}`, { handoffId, visitId: told.visitOf('G2'), blockers });
    expect(said(told)).toEqual([]);
    expect(said(told.onShift('R3', ['C1']))).toEqual(['G2: licence 1, busy 1']);
  });

  it.each([
    ['station_suspended 0', (told: AreaStory) => told.stationBecomes('JD', 'suspended')],
    ['station_closed 0', (told: AreaStory) => told.stationBecomes('JD', 'closed')],
    ['station_cut_off 0', (told: AreaStory) => told.stationBecomes('JD', 'cut_off')],
    ['cargo_held 0', (told: AreaStory) => told.holds('G1')],
    [
      'policy_not_published 0',
      (told: AreaStory) =>
        told.tell('zone.changed', 'zone/yiwu', {
          zoneId: 'yiwu',
          level: 'silent',
          policy: { id: 'cn-strict', version: '2026-11' },
        }),
    ],
    ['shift 1', (told: AreaStory) => told.endsShift('R1')],
    ['credentials 1', (told: AreaStory) => told.recalls('R1')],
    ['home_before_shift_ends 1', (told: AreaStory) => told.startsShift('R1', 'JD', 1.9)],
  ])('is %s', (blockers, happens) => {
    expect(said(happens(story().onShift('R1').waits('G1')))).toEqual([`G1: ${blockers}`]);
  });

  it('ends when the station opens again and the cargo is checked again', () => {
    const told = story()
      .onShift('R1')
      .waits('G1')
      .stationBecomes('JD', 'suspended')
      .holds('G1')
      .stationBecomes('JD', 'resumed');
    expect(said(told)).toEqual(['G1: cargo_held 0']);
    expect(said(told.checks('G1'))).toEqual(['G1: R1']);
  });

  it('is station_cut_off for who was seen last where nobody can be told, wherever the truck is', () => {
    const told = story().onShift('R1').waits('G1', { station: 'JX' }).stationBecomes('JD', 'cut_off');
    expect(said(told)).toEqual(['G1: station_cut_off 1']);
    expect(said(told.onShift('R2', ['B2'], 'JX'))).toEqual(['G1: R2']);
    expect(said(told.stationBecomes('JD', 'reconnected'))).toEqual(['G1: R2']);
    expect(said(told.endsShift('R2', 'JX'))).toEqual(['G1: R1']);
  });

  it('names the drivers of each rule and when time alone may help', () => {
    const strict = new AreaStory('jinhua', 'yiwu', policyPack('cn-strict')).network().at(monday + 17 * hour);
    strict.onShift('R1').waits('G1');
    // 01:00 in China: no driving from 02:00 to 05:00, so a run of two hours starts at 05:00, half an hour of it planned ahead.
    const fiveOClock = monday + 21 * hour;
    const { decisions, lookAgainAt } = matchArea(pictureAfter(strict), strict.now);
    expect(decisions[0]).toMatchObject({
      blockers: [{ rule: 'hours', drivers: 1 }],
      inputs: { blocks: [{ rule: 'hours', driverIds: ['R1'], until: fiveOClock - 30 * minute }] },
    });
    expect(lookAgainAt).toBe(fiveOClock - 30 * minute);
    expect(said(strict, fiveOClock - 30 * minute - 1)).toEqual(['G1: hours 1']);
    const [then] = matchArea(pictureAfter(strict), fiveOClock - 30 * minute).decisions;
    expect(then).toMatchObject({ driverId: 'R1', plannedStartAt: fiveOClock });
  });
});

describe('who is proposed to take a truck out of the zone', () => {
  const back = (): AreaStory =>
    story()
      .onShift('R1')
      .outsider('O1', 'SF')
      .outsider('O2', 'SF')
      .outsider('O3', 'YT')
      .sendsIn('G1', 'O1', 'R1', { carrier: 'SF' });

  it('is who brought it in, though he waits at another station', () => {
    expect(
      said(
        back()
          .at(monday + hour)
          .bringsBack('G1', 'R1', { carrier: 'SF' }),
      ),
    ).toEqual(['G1: O1']);
    expect(
      said(
        back()
          .at(monday + hour)
          .bringsBack('G1', 'R1', { carrier: 'SF', station: 'PJ' }),
      ),
    ).toEqual(['G1: O1']);
  });

  it('is who is named for the return, whatever his carrier', () => {
    const told = back()
      .plansReturn('run-G1', 'away', 'O3')
      .at(monday + hour)
      .bringsBack('G1', 'R1', { carrier: 'SF' });
    expect(said(told)).toEqual(['G1: O3']);
  });

  it('is a driver of the carrier who waits there, where the first took another truck', () => {
    const told = back()
      .plansReturn('run-G1', 'other_truck')
      .at(monday + hour)
      .bringsBack('G1', 'R1', { carrier: 'SF' });
    // O1 stands at JD since he gave G1 away; nobody knows where O2 is.
    expect(said(told)).toEqual(['G1: O1']);
    told.waits('G2', { by: 'O1' });
    expect(said(told).toSorted()).toEqual(['G1: busy 1', 'G2: busy 1, awaits_driver 1']);
  });

  it('is nobody where none of them is there', () => {
    const told = back()
      .plansReturn('run-G1', 'other_truck')
      .at(monday + hour);
    expect(said(told.bringsBack('G1', 'R1', { carrier: 'SF', station: 'PJ' }))).toEqual(['G1: no_return_driver 0']);
    const named = back()
      .plansReturn('run-G1', 'away', 'O9')
      .at(monday + hour)
      .bringsBack('G1', 'R1');
    expect(said(named)).toEqual(['G1: no_return_driver 0']);
  });

  it('is not who is busy with another truck', () => {
    const told = back()
      .waits('G2', { by: 'O1' })
      .at(monday + hour)
      .bringsBack('G1', 'R1');
    expect(said(told)).toEqual(['G2: busy 1, awaits_driver 1', 'G1: busy 1']);
  });

  it('plans no return', () => {
    const told = back()
      .at(monday + hour)
      .bringsBack('G1', 'R1');
    const [decision] = matchArea(pictureAfter(told), told.now).decisions;
    expect(decision).toMatchObject({ driverId: 'O1', plannedStartAt: told.now, plannedReturnAt: undefined });
  });
});

describe('an open proposal', () => {
  const open = (): AreaStory => proposed(story().onShift('R1').waits('G1'), 'G1', 'R1', monday + minute);

  it('is not made again, and its driver is not given to another', () => {
    const told = open().waits('G2');
    expect(said(told)).toEqual(['G2: busy 1']);
  });

  it('is looked at again when it runs out, and then made again', () => {
    expect(matchArea(pictureAfter(open()), monday).lookAgainAt).toBe(monday + minute);
    expect(said(open(), monday + minute)).toEqual(['G1: R1']);
  });

  it('that was refused is left alone for a while, and others are asked', () => {
    const told = open().refuses('G1', 'R1', uuidOf('decision G1 R1'));
    const match = matchArea(pictureAfter(told), monday);
    expect(match.decisions).toMatchObject([{ blockers: [{ rule: 'refused_before', drivers: 1 }] }]);
    expect(match.lookAgainAt).toBe(monday + minute);
    expect(said(told, monday + minute)).toEqual(['G1: R1']);
    expect(said(told.onShift('R2'))).toEqual(['G1: R2']);
  });
});
