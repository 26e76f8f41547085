import { toIso } from '@yizhan/kernel';
import { pictureAfter } from '../../../../test/support/area-picture.js';
import { packWith } from '../../../../test/support/pack-with.js';
import { AreaStory, hour, minute, monday } from '../../../../test/support/area-story.js';
import { matchArea } from './match-area.js';

/** Half an hour by road from the other stations. */
const far = 29.235;

/** A driver in a hundred may be changed here, so that one change can be looked at. */
const often = packWith({ changesPermille: 1_000 });

/** The scheduler gives the driver to the truck, who starts so many minutes from now. */
function gives(told: AreaStory, plate: string, driverId: string, minutes: number): AreaStory {
  const handoffId = told.handoffOf(plate);
  return told.tell('handoff.assigned', `visit/${told.visitOf(plate)}`, {
    visitId: told.visitOf(plate),
    areaCode: told.areaCode,
    stationCode: 'JD',
    handoffId,
    driverId,
    plannedStartAt: toIso(told.now + minutes * minute),
    assignedBy: 'scheduler',
    clock: { continuousSeconds: 0, drivingSeconds24h: 0 },
    policy: { id: told.pack.id, version: told.pack.version },
    overrides: [],
  });
}

/** R1 comes from half an hour away for G1, since five minutes; nobody else is there. */
function onHisWay(pack = often, by: 'scheduler' | 'operator' = 'scheduler'): AreaStory {
  const told = new AreaStory('jinhua', 'yiwu', pack)
    .at(monday - 5 * minute)
    .network()
    .station('FAR', far);
  told.onShift('R1', ['B2'], 'FAR').waits('G1');
  if (by === 'scheduler') gives(told, 'G1', 'R1', 30);
  else told.assigns('G1', 'R1');
  return told.at(monday);
}

const said = (told: AreaStory, now = told.now): string[] =>
  matchArea(pictureAfter(told), now).decisions.map((decision) => {
    if (decision.kind === 'withheld')
      return `${decision.handoff.visit.plate}: ${decision.blockers.map(({ rule, drivers }) => `${rule} ${drivers}`).join(', ')}`;
    const { handoff, driverId, plannedStartAt, releasesHandoffId } = decision;
    const from =
      releasesHandoffId === undefined ? '' : ` from ${releasesHandoffId === told.handoffOf('G1') ? 'G1' : '?'}`;
    return `${handoff.visit.plate}: ${driverId}${from} in ${(plannedStartAt - now) / minute}`;
  });

describe('a driver who is on his way to a truck', () => {
  it('is given to a more urgent one: at the same station when he is there, elsewhere once he has turned back', () => {
    expect(said(onHisWay().waits('G2', { priority: 5 }))).toEqual(['G2: R1 from G1 in 25']);
    // He has driven for five minutes, and is at his station in five; nobody needs travel from there.
    expect(said(onHisWay().waits('G2', { priority: 5, station: 'FAR' }))).toEqual(['G2: R1 from G1 in 5']);
  });

  it('stays with his truck where another one is no more urgent, or would gain too little', () => {
    expect(said(onHisWay().waits('G2'))).toEqual(['G2: busy 1']);
    // R2 takes the urgent one, whose start R1 would make no sooner.
    const near = onHisWay().onShift('R2', ['B2'], 'FAR').waits('G2', { priority: 5 });
    expect(said(near)).toEqual([expect.stringContaining('G2: R2 in')]);
  });

  it('stays where it is too near, begun, or chosen by a person', () => {
    const urgent = (told: AreaStory): AreaStory => told.waits('G2', { priority: 5 });
    expect(said(urgent(onHisWay()), monday + 14 * minute)).toEqual(['G2: R1 from G1 in 11']);
    expect(said(urgent(onHisWay()), monday + 15 * minute)).toEqual(['G2: busy 1']);
    expect(said(urgent(onHisWay(packWith({ changesPermille: 1_000, freezeSeconds: 1_500 }))))).toEqual(['G2: busy 1']);
    expect(said(urgent(onHisWay(often, 'operator')))).toEqual(['G2: busy 1']);
    const begun = onHisWay();
    begun.tell('handoff.started', `visit/${begun.visitOf('G1')}`, {
      visitId: begun.visitOf('G1'),
      areaCode: 'jinhua',
      stationCode: 'JD',
      handoffId: begun.handoffOf('G1'),
      driverId: 'R1',
      bayCode: 'B1',
      startedAt: toIso(monday),
      authorisation: { by: 'dispatcher', at: toIso(monday) },
    });
    expect(said(urgent(begun))).toEqual(['G2: busy 1']);
  });

  it('stays where operators confirm what is proposed, and where nobody can tell him', () => {
    const mode = (told: AreaStory, assignmentMode: 'auto' | 'review'): AreaStory =>
      told.tell('station.assignment_mode_changed', 'station/JD', { stationCode: 'JD', assignmentMode });
    const reviewed = mode(onHisWay(), 'review').waits('G2', { priority: 5 });
    expect(said(reviewed)).toEqual(['G2: busy 1']);
    expect(said(mode(reviewed, 'auto'))).toEqual(['G2: R1 from G1 in 25']);
    expect(said(mode(onHisWay(), 'review').waits('G2', { priority: 5, station: 'FAR' }))).toEqual(['G2: busy 1']);
    const dark = onHisWay().waits('G2', { priority: 5, station: 'FAR' }).stationBecomes('JD', 'cut_off');
    expect(said(dark)).toEqual(['G2: busy 1']);
  });

  it('stays with a truck whose cargo is held, and where the lane of the other one is full', () => {
    expect(said(onHisWay().holds('G1').waits('G2', { priority: 5 }))).toEqual(['G2: busy 1']);
    const full = onHisWay().tell('lane.throttled', 'station/JD', {
      throttleId: 'jinhua:into_zone:JD',
      areaCode: 'jinhua',
      stationCode: 'JD',
      flow: 'into_zone',
      trucksPerHour: 1,
      reason: 'queue_at_enterprises',
      byId: 'command-centre-1',
      throttledAt: toIso(monday),
    });
    expect(said(full.waits('G2', { priority: 5 }))).toEqual(['G2: lane_throttled 0']);
    // That the lane is full takes nothing from a truck that has passed.
    expect(said(full.waits('G4', { station: 'FAR' }))).toContainEqual('G4: busy 1');
    // Who passes any throttle gets him, and the one that has him passed before.
    expect(said(full.waits('G3', { priority: 8 }))).toContainEqual('G3: R1 from G1 in 25');
  });

  it('is asked for one truck at a time', () => {
    const told = onHisWay().waits('G2', { priority: 5 });
    const handoffId = told.handoffOf('G2');
    told.tell('assignment.proposed', `assignment/${handoffId}`, {
      handoffId,
      visitId: told.visitOf('G2'),
      driverId: 'R1',
      plannedStartAt: toIso(monday + 25 * minute),
      decisionId: handoffId,
      epoch: 1,
      basedOnPosition: '1',
      expiresAt: toIso(monday + minute),
      alternatives: [],
      releasesHandoffId: told.handoffOf('G1'),
    });
    expect(said(told.waits('G3', { priority: 7 }))).toEqual(['G3: busy 1']);
  });

  it('is changed for two of a hundred assignments of a day and no more', () => {
    const usual = (others: number, changes: number): AreaStory => {
      const told = new AreaStory()
        .at(monday - 2 * hour)
        .network()
        .enrols('R2');
      for (let index = 0; index < others; index += 1) {
        told.waits(`U${index}`).assigns(`U${index}`, 'R2');
        if (index >= changes)
          told.completes(`U${index}`, { kind: 'driver', id: 'O9' }, 'R2').departs(`U${index}`, 'R2');
      }
      for (let index = 0; index < changes; index += 1) {
        const plate = `U${index}`;
        told.tell('handoff.assignment_ended', `visit/${told.visitOf(plate)}`, {
          visitId: told.visitOf(plate),
          areaCode: 'jinhua',
          stationCode: 'JD',
          handoffId: told.handoffOf(plate),
          driverId: 'R2',
          reason: 'withdrawn',
          movedToHandoffId: told.handoffOf('U9'),
        });
        told.departs(plate, `O-${plate}`, 'turned_away');
      }
      told
        .at(monday - 5 * minute)
        .station('FAR', far)
        .onShift('R1', ['B2'], 'FAR')
        .waits('G1');
      return gives(told, 'G1', 'R1', 30).at(monday).waits('G2', { priority: 5 });
    };
    const moved = expect.arrayContaining(['G2: R1 from G1 in 25']);
    expect(said(usual(48, 0))).not.toEqual(moved);
    expect(said(usual(49, 0))).toEqual(moved);
    expect(said(usual(49, 1))).not.toEqual(moved);
    // A changed one counts no longer among the assignments until it has another driver.
    expect(said(usual(100, 1))).toEqual(moved);
    expect(said(usual(100, 2))).not.toEqual(moved);
  });

  it('keeps nobody from a truck that waits: a nearer driver is not saved for his', () => {
    const told = onHisWay().onShift('R2', ['B2']).waits('G2');
    expect(said(told)).toEqual(['G2: R2 in 0']);
  });
});
