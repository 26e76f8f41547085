import { policyPack } from '@yizhan/policy';
import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, hour, minute, monday, uuidOf } from '../../../../test/support/area-story.js';
import { type Match, matchArea } from './match-area.js';

/** One driver, and a truck without priority that waits for one. */
const story = (told = new AreaStory()): AreaStory => told.network().onShift('R1').waits('G1');

const matchOf = (told: AreaStory, now = told.now): Match => matchArea(pictureAfter(told), now);

const said = ({ decisions }: Match): string[] =>
  decisions.map((decision) =>
    decision.kind === 'proposed' ? decision.driverId : decision.blockers.map(({ rule }) => rule).join(' '),
  );

const soon = monday + 20 * minute;

/** The last announcement once more, of another visit: by who gives tickets at a gate, say. */
const again = (told: AreaStory): AreaStory => {
  const data = told.told.findLast(({ name }) => name === 'visit.announced')?.data;
  const visitId = uuidOf('announced again');
  return told.tell('visit.announced', `visit/${visitId}`, { ...data, visitId } as never);
};

/** Takes back what was told last of a truck. */
const retracts = (told: AreaStory, plate: string): AreaStory =>
  told.tell('record.retracted', `visit/${told.visitOf(plate)}`, {
    retractedEventId: uuidOf(`event ${told.told.length}`),
    reason: 'did_not_occur',
  });

describe('a truck that is announced', () => {
  it('has the driver kept from one that is less urgent', () => {
    const { decisions } = matchOf(story().announces('G2', soon, { priority: 5 }));
    expect(decisions).toMatchObject([{ kind: 'withheld', blockers: [{ rule: 'kept_for_announced', drivers: 1 }] }]);
  });

  it('goes behind those of its urgency who wait', () => {
    expect(said(matchOf(story().announces('G2', soon)))).toEqual(['R1']);
  });

  it('takes nobody from others where there are drivers enough', () => {
    expect(said(matchOf(story().onShift('R2').announces('G2', soon, { priority: 5 })))).toEqual(['R2']);
  });

  it('has nobody kept whom it could not be given', () => {
    const near = story().announces('G2', soon, { priority: 5, station: 'JX' });
    const far = story().announces('G2', soon, { priority: 5, station: 'PJ' });
    const closed = story().announces('G2', soon, { priority: 5, station: 'JX' }).stationBecomes('JX', 'suspended');
    const dark = story().announces('G2', soon, { priority: 5, station: 'JX' }).stationBecomes('JX', 'cut_off');
    const out = story().announces('G2', soon, { priority: 5, flow: 'out_of_zone' });
    const heavy = story(new AreaStory()).onShift('R2', ['B2']).announces('G2', soon, { priority: 5, licence: 'A2' });
    expect([near, far, closed, dark, out, heavy].map((one) => said(matchOf(one)))).toEqual([
      ['kept_for_announced'],
      ['R1'],
      ['R1'],
      ['R1'],
      ['R1'],
      ['R2'],
    ]);
  });

  it('counts from half an hour before it is expected until a quarter of an hour after, and is looked for then', () => {
    const expectedAt = monday + 60 * minute;
    const told = story().announces('G2', expectedAt, { priority: 5 });
    const until = expectedAt + 15 * minute;
    expect(said(matchOf(told, expectedAt - 30 * minute - 1))).toEqual(['R1']);
    const kept = matchOf(told, expectedAt - 30 * minute);
    expect([said(kept), kept.lookAgainAt]).toEqual([['kept_for_announced'], until]);
    expect(said(matchOf(told, until - 1))).toEqual(['kept_for_announced']);
    expect(said(matchOf(told, until))).toEqual(['R1']);
    const nobody = new AreaStory().network().waits('G1').announces('G2', expectedAt, { priority: 5 });
    expect(matchOf(nobody).lookAgainAt).toBe(expectedAt - 30 * minute);
  });

  it('is given its driver when it is there, and none when it does not come', () => {
    const announced = (): AreaStory => story().announces('G2', soon, { priority: 5 });
    const come = announced().at(soon).waits('G2', { priority: 5 });
    expect(matchOf(come).decisions).toMatchObject([
      { kind: 'proposed', driverId: 'R1', handoff: { visit: { plate: 'G2' } } },
      { kind: 'withheld', handoff: { visit: { plate: 'G1' } }, blockers: [{ rule: 'outbid' }] },
    ]);
    const [visitId] = pictureAfter(announced()).announced.keys();
    const place = { visitId, areaCode: 'jinhua', stationCode: 'JD' };
    const cancelled = announced().tell('visit.cancelled', `visit/${visitId}`, { ...place, reason: 'carrier' });
    expect(said(matchOf(cancelled))).toEqual(['R1']);
  });

  it('is expected again where its arrival or its cancellation did not occur', () => {
    const announced = (): AreaStory => story().announces('G2', soon, { priority: 5 });
    const arrived = announced().arrives('G2', { priority: 5 });
    expect(said(matchOf(arrived))).toEqual(['R1']);
    expect(said(matchOf(retracts(arrived, 'G2')))).toEqual(['kept_for_announced']);
    const cancelled = announced();
    const place = { visitId: cancelled.visitOf('G2'), areaCode: 'jinhua', stationCode: 'JD' };
    cancelled.tell('visit.cancelled', `visit/${place.visitId}`, { ...place, reason: 'carrier' });
    expect(said(matchOf(cancelled))).toEqual(['R1']);
    expect(said(matchOf(retracts(cancelled, 'G2')))).toEqual(['kept_for_announced']);
  });

  it('has one driver kept, however often it is announced, and none once it is at a station', () => {
    const twice = again(story().onShift('R2').announces('G2', soon, { priority: 5 }));
    expect(said(matchOf(twice))).toEqual(['R2']);
    const here = story().announces('G2', soon, { priority: 5 }).arrives('G2', { priority: 5 });
    here.announces('G2', soon, { priority: 5 });
    expect(said(matchOf(here))).toEqual(['R1']);
  });

  it('is forgotten a day after it has not come', () => {
    const told = story()
      .announces('G2', soon, { priority: 5 })
      .at(soon + 25 * hour);
    expect([...pictureAfter(told.announces('G3', told.now)).announced.values()]).toMatchObject([{ plate: 'G3' }]);
  });

  it('counts as it was announced last', () => {
    const retracted = story().announces('G2', soon, { priority: 5 });
    const [announced] = retracted.log().filter(({ type }) => type.includes('announced'));
    const undone = retracted.tell('record.retracted', announced.subject, {
      retractedEventId: announced.id,
      reason: 'did_not_occur',
    });
    expect(said(matchOf(undone))).toEqual(['R1']);
  });

  it('counts for nothing where the pack says so', () => {
    const pack = policyPack('cn-freight');
    const weights = {
      emptyTravelMinuteSeconds: 0,
      drivenMinuteSeconds: 1,
      spareLicenceSeconds: 300,
      unansweredSeconds: 1_800,
      announcedWithinSeconds: 0,
    };
    const told = story(new AreaStory('jinhua', 'yiwu', { ...pack, rules: { ...pack.rules, weights } }));
    expect(said(matchOf(told.announces('G2', soon, { priority: 5 })))).toEqual(['R1']);
  });
});
