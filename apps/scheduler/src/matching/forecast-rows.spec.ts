import { pictureAfter } from '../../../../test/support/area-picture.js';
import { packWith } from '../../../../test/support/pack-with.js';
import { AreaStory, hour, minute, monday } from '../../../../test/support/area-story.js';
import type { PolicyPack } from '@yizhan/policy';
import { Contest } from '../candidates/contest.js';
import { rankCandidates } from '../candidates/rank-candidates.js';
import { CandidateSearch } from './find-candidates.js';
import { matchArea } from './match-area.js';
import { planArea } from './plan-area.js';
import { waitingRows } from './waiting-rows.js';

const day = 24 * hour;

/** Since the day before; `came` are licence classes of trucks that came within the two hours after this hour then. */
function since(came: readonly ('A2' | 'B2')[], pack?: PolicyPack): AreaStory {
  const told = new AreaStory('jinhua', 'yiwu', pack).at(monday - day - 2 * hour).network();
  came.forEach((licence, index) => {
    const plate = `U${index}`;
    told
      .at(monday - day + (10 + index) * minute)
      .arrives(plate, { licence })
      .departs(plate, `O-${plate}`, 'turned_away');
  });
  return told.at(monday);
}

/** R1 may drive trailers and goes home in four hours; R2 may not, and has ten. */
const two = (told: AreaStory): AreaStory => told.onShift('R1', ['A2'], 'JD', 4).onShift('R2', ['B2'], 'JD', 10);

const said = (told: AreaStory, now = told.now): string[] =>
  matchArea(pictureAfter(told), now).decisions.map((decision) =>
    decision.kind === 'proposed'
      ? `${decision.handoff.visit.plate}: ${decision.driverId}`
      : `${decision.handoff.visit.plate}: ${decision.blockers.map(({ rule, drivers }) => `${rule} ${drivers}`).join(', ')}`,
  );

function forecastOf(told: AreaStory): number {
  const picture = pictureAfter(told);
  const search = new CandidateSearch(picture, told.now);
  const { rows } = planArea(picture, told.now, search, waitingRows(picture, told.now, search), []);
  return rows.filter((row) => 'forecast' in row).length;
}

describe('a truck that usually comes at this hour', () => {
  it('has the driver left who could take it, where another one takes the truck that waits', () => {
    expect(said(two(since([])).waits('G1'))).toEqual(['G1: R1']);
    expect(said(two(since(['A2'])).waits('G1'))).toEqual(['G1: R2']);
  });

  it('takes nobody from who has no other', () => {
    expect(said(since(['A2', 'A2', 'A2']).onShift('R1', ['A2'], 'JD', 4).waits('G1'))).toEqual(['G1: R1']);
  });

  it('is not counted besides one that is announced, nor on a lane that is throttled, nor where the pack looks no way ahead', () => {
    const usual = since(['A2', 'A2', 'A2']).onShift('R1').onShift('R2').onShift('R3').waits('G1');
    expect(forecastOf(usual)).toBe(3);
    expect(forecastOf(usual.announces('G2', monday + 20 * minute, { licence: 'A2' }))).toBe(2);
    expect(forecastOf(usual.announces('G3', monday + 20 * minute, { licence: 'B2' }))).toBe(2);
    const throttled = two(since(['A2'])).tell('lane.throttled', 'station/JD', {
      throttleId: 'jinhua:into_zone:JD',
      areaCode: 'jinhua',
      stationCode: 'JD',
      flow: 'into_zone',
      trucksPerHour: 9,
      reason: 'queue_at_enterprises',
      byId: 'command-centre-1',
      throttledAt: new Date(monday).toISOString(),
    });
    expect(said(throttled.waits('G1'))).toEqual(['G1: R1']);
    expect(said(two(since(['A2'], packWith({ forecastWithinSeconds: 0 }))).waits('G1'))).toEqual(['G1: R1']);
  });

  it('is none that did not come, and none of when the zone was closed the last time', () => {
    const yesterday = monday - day + 5 * minute;
    const told = new AreaStory()
      .at(yesterday - hour)
      .network()
      .at(yesterday)
      .arrives('U1', { licence: 'A2' });
    const arrived = told.log().at(-1)!;
    const now = (): AreaStory => told.at(monday).onShift('R1').onShift('R2').waits('G1');
    expect(forecastOf(now())).toBe(1);
    const reason = 'did_not_occur';
    told.tell('record.retracted', arrived.subject, { retractedEventId: arrived.id, reason });
    expect(forecastOf(told)).toBe(0);
    const again = since(['A2', 'A2']).onShift('R1').onShift('R2').waits('G1');
    expect(forecastOf(again)).toBe(2);
    expect(forecastOf(again.network())).toBe(0);
  });

  it('is worth no more than the pack says: who waits is not sent a driver from far away for it', () => {
    // R1 is there; R2 would be there half an hour later.
    const far = (pack?: PolicyPack): AreaStory =>
      since(['A2'], pack)
        .station('FAR', 29.235)
        .onShift('R1', ['A2'], 'JD', 4)
        .onShift('R2', ['B2'], 'FAR', 10)
        .waits('G1');
    expect(said(far())).toEqual(['G1: R1']);
    expect(said(far(packWith({ forecastTruckSeconds: 3_600 })))).toEqual(['G1: R2']);
  });

  it('lets a truck wait for who is back in a moment, and says so; not an urgent one', () => {
    const back = (priority: number): AreaStory => {
      const told = since(['A2'])
        .at(monday - hour)
        .onShift('R2', ['B2'])
        .outsider('O1')
        .sendsIn('H1', 'O1', 'R2');
      told.at(monday - 26 * minute).bringsBack('H1', 'R2');
      return told.at(monday).onShift('R1', ['A2']).waits('G1', { priority });
    };
    expect(said(back(0))).toContainEqual('G1: busy 1, kept_for_forecast 1, awaits_driver 1');
    expect(said(back(3))).toContainEqual('G1: R1');
  });

  it('is forecast anew every five minutes: somebody looks again by then', () => {
    const { lookAgainAt } = matchArea(pictureAfter(two(since(['A2'])).waits('G1')), monday + minute);
    expect(lookAgainAt).toBe(monday + 5 * minute);
  });

  it('is told to who chooses by hand: his choice costs what it costs those who come', () => {
    const told = two(since(['A2'])).waits('G1');
    const picture = pictureAfter(told);
    const { candidates } = rankCandidates(picture, told.handoffOf('G1'), new Contest(picture, told.now));
    expect(
      candidates.map(({ driverId, cost, isPlanned, effect }) => [driverId, cost, isPlanned, effect.extraCost]),
    ).toEqual([
      ['R1', 320, false, expect.any(Number)],
      ['R2', 480, true, 0],
    ]);
    expect(candidates[0].effect.extraCost).toBeGreaterThan(0);
  });
});
