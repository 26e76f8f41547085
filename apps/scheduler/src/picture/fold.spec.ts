import { pictureAfter, pictureOf } from '../../../../test/support/area-picture.js';
import { AreaStory, hour, minute, monday, uuidOf } from '../../../../test/support/area-story.js';
import { toIso } from '@yizhan/kernel';
import { drivenStretches } from '@yizhan/policy';
import { policyInForce } from './area-picture.js';

const story = (): AreaStory => new AreaStory().network();
const driver = (id: string) => ({ kind: 'driver' as const, id });

describe('the network in the picture', () => {
  it('knows the policy in force for a zone, as the newest event names it', () => {
    const told = story();
    expect(policyInForce(pictureAfter(told), 'yiwu')?.ref).toEqual({ id: 'cn-freight', version: '2026-11' });
    told.tell('zone.changed', 'zone/yiwu', {
      zoneId: 'yiwu',
      level: 'sealed',
      policy: { id: 'cn-strict', version: '2026-11' },
    });
    expect(policyInForce(pictureAfter(told), 'yiwu')).toBeUndefined();
  });

  it('knows which stations are open', () => {
    const states = (told: AreaStory): unknown[] => [...pictureAfter(told).stations.values()].map(({ state }) => state);
    const told = story().stationBecomes('JD', 'suspended').stationBecomes('PJ', 'closed');
    expect(states(told)).toEqual(['suspended', 'open', 'closed']);
    expect(states(told.stationBecomes('JD', 'resumed'))).toEqual(['open', 'open', 'closed']);
  });

  it('refuses rules that are none, which parks the policy', () => {
    const told = story().tell('policy.published', 'policy/x', { id: 'x', version: '1', rules: {} });
    expect(() => pictureAfter(told)).toThrow('utcOffsetMinutes');
  });

  it('remembers the last event and the latest time', () => {
    const told = story()
      .at(monday + hour)
      .outsider('O1')
      .at(monday)
      .outsider('O2');
    expect(pictureAfter(told)).toMatchObject({ position: told.told.length, time: monday + hour });
  });

  it('keeps its place where a parked event is released later', () => {
    const events = story().enrols('R1').log();
    const picture = pictureOf([...events.slice(1), ...events.slice(0, 1)]);
    expect(picture.position).toBe(events.length);
  });
});

describe('a driver in the picture', () => {
  it('has side, licences, shift, credentials and place', () => {
    const picture = pictureAfter(story().onShift('R1', ['B2'], 'PJ'));
    expect(picture.drivers.get('R1')).toMatchObject({
      insideZoneId: 'yiwu',
      licences: ['B2'],
      shift: { stationCode: 'PJ', endsAt: monday + 10 * hour },
      credentials: [{ credential: 'professional_qualification' }],
      atStationCode: 'PJ',
    });
  });

  it('may drive nothing once he is erased', () => {
    const erasure = { driverId: 'R1', erasedAt: '2026-03-02T00:00:00.000Z', reason: 'asked_for_it' };
    const picture = pictureAfter(story().onShift('R1').tell('driver.erased', 'driver/R1', erasure));
    expect(picture.drivers.get('R1')?.licences).toEqual([]);
  });

  it('is off shift after its end, and without a credential after its recall', () => {
    const picture = pictureAfter(story().onShift('R1').endsShift('R1').recalls('R1'));
    expect(picture.drivers.get('R1')).toMatchObject({ shift: undefined, credentials: [] });
  });

  it('has one grant from one instant on, the newest', () => {
    const told = story()
      .enrols('R1')
      .qualifies('R1', monday - hour, monday + hour);
    expect(pictureAfter(told).drivers.get('R1')?.credentials).toEqual([
      { credential: 'professional_qualification', validFrom: monday - hour, validUntil: monday + hour },
    ]);
  });

  it('stands in the pool of his zone or of his carrier, in the order of ids', () => {
    const told = story().enrols('R2').enrols('R1').outsider('O2', 'SF').outsider('O1', 'SF').outsider('O3');
    const pools = (): [string[]?, string[]?] => {
      const { insidePools, carrierPools } = pictureAfter(told);
      return [
        insidePools.get('yiwu')?.map((each) => each.driverId),
        carrierPools.get('SF')?.map((each) => each.driverId),
      ];
    };
    expect(pools()).toEqual([
      ['R1', 'R2'],
      ['O1', 'O2'],
    ]);
    told.tell('driver.side_changed', 'driver/R1', { driverId: 'R1', insideZoneId: null });
    expect(pools()).toEqual([['R2'], ['O1', 'O2']]);
    told.tell('driver.side_changed', 'driver/O1', { driverId: 'O1', insideZoneId: 'yiwu' });
    expect(pools()).toEqual([['O1', 'R2'], ['O2']]);
  });

  it('keeps what is known of him when he is enrolled again', () => {
    const told = story()
      .onShift('R1')
      .tell('driver.enrolled', 'driver/R1', { driverId: 'R1', insideZoneId: 'yiwu', licences: ['C1'] });
    const picture = pictureAfter(told);
    expect(picture.drivers.get('R1')).toMatchObject({ licences: ['C1'], shift: { stationCode: 'JD' } });
    expect(picture.insidePools.get('yiwu')).toEqual([picture.drivers.get('R1')]);
  });

  it('has rests', () => {
    const told = story()
      .onShift('R1')
      .rests('R1', monday - hour, monday);
    expect(pictureAfter(told).drivers.get('R1')?.activity.rests).toEqual([{ from: monday - hour, to: monday }]);
  });
});

describe('a truck in the picture', () => {
  it('is held by who brings it, then by who takes it over, who drives from gate-out to gate-in', () => {
    const told = story().onShift('R1').outsider('O1', 'SF').sendsIn('G1', 'O1', 'R1');
    let picture = pictureAfter(told);
    expect(picture.drivers.get('O1')).toMatchObject({ holdsPlate: undefined, atStationCode: 'JD' });
    expect(picture.drivers.get('R1')).toMatchObject({
      holdsPlate: 'G1',
      atStationCode: undefined,
      liveHandoffId: undefined,
    });
    expect(picture.runs.get('run-G1')).toMatchObject({ plate: 'G1', broughtInBy: 'O1' });
    expect(picture.visits.size + picture.handoffs.size).toBe(0);

    told.at(monday + 90 * minute).bringsBack('G1', 'R1', { station: 'PJ' });
    picture = pictureAfter(told);
    expect(picture.drivers.get('R1')).toMatchObject({
      holdsPlate: 'G1',
      atStationCode: 'PJ',
      activity: { driving: [{ from: monday, to: monday + 90 * minute }] },
    });
    expect(picture.runs.has('run-G1')).toBe(true);
    expect(picture.waiting.size).toBe(1);

    told.assigns('G1', 'O1').completes('G1', driver('R1'), 'O1').departs('G1', 'O1');
    picture = pictureAfter(told);
    expect(picture.drivers.get('R1')).toMatchObject({ holdsPlate: undefined, atStationCode: 'PJ' });
    expect(picture.drivers.get('O1')?.holdsPlate).toBeUndefined();
    expect(picture.runs.size + picture.holders.size + picture.visits.size).toBe(0);
  });

  it('is nobody’s to us after it was turned away from the zone, and still held after it was turned back into it', () => {
    const away = story().outsider('O1').waits('G1', { by: 'O1' }).departs('G1', 'O1', 'turned_away');
    expect(pictureAfter(away).holders.size).toBe(0);
    expect(pictureAfter(away).waiting.size).toBe(0);
    expect(pictureAfter(away).drivers.get('O1')).toMatchObject({ atStationCode: undefined, activity: { driving: [] } });
    const back = story()
      .onShift('R1')
      .outsider('O1')
      .sendsIn('G1', 'O1', 'R1')
      .bringsBack('G1', 'R1')
      .departs('G1', 'R1', 'turned_away');
    expect(pictureAfter(back).drivers.get('R1')?.holdsPlate).toBe('G1');
    expect(pictureAfter(back).runs.has('run-G1')).toBe(false);
  });

  it('is parked, and its relay driver is free at the station (ruling 2)', () => {
    const told = story()
      .onShift('R1')
      .outsider('O1')
      .sendsIn('G1', 'O1', 'R1')
      .at(monday + hour)
      .bringsBack('G1', 'R1');
    told.movesCustody('G1', driver('R1'), { kind: 'station', id: 'JD' }, 'JD');
    expect(pictureAfter(told).drivers.get('R1')).toMatchObject({ holdsPlate: undefined, atStationCode: 'JD' });
    told.assigns('G1', 'O1').completes('G1', { kind: 'station', id: 'JD' }, 'O1');
    expect(pictureAfter(told).drivers.get('O1')?.holdsPlate).toBe('G1');
  });

  it('starts inside: a relay driver takes it from its enterprise (ruling 3)', () => {
    const told = story().onShift('R1').movesCustody('G9', { kind: 'enterprise', id: 'E1' }, driver('R1'), 'E1');
    expect(pictureAfter(told.opensRun('run-G9', 'G9', 'R1', 'out_first')).drivers.get('R1')).toMatchObject({
      holdsPlate: 'G9',
      activity: { driving: [{ from: monday, to: null }] },
    });
    expect(pictureAfter(told).runs.get('run-G9')?.broughtInBy).toBeUndefined();
  });

  it.each(['zone_lifted', 'stayed'] as const)('is no longer held when its run is closed: %s', (how) => {
    const told = story()
      .onShift('R1')
      .outsider('O1')
      .sendsIn('G1', 'O1', 'R1')
      .at(monday + hour)
      .closesRun('run-G1', 'G1', how);
    expect(pictureAfter(told).drivers.get('R1')).toMatchObject({
      holdsPlate: undefined,
      activity: { driving: [{ from: monday, to: monday + hour }] },
    });
    expect(pictureAfter(told).runs.size).toBe(0);
  });

  it('was never there where its arrival is retracted (ruling 12)', () => {
    const told = story().outsider('O1').waits('G1', { by: 'O1' });
    const place = told.told.findIndex(({ name }) => name === 'visit.arrived') + 1;
    const retract = { retractedEventId: uuidOf(`event ${place}`), reason: 'did_not_occur' as const };
    const picture = pictureAfter(told.tell('record.retracted', `visit/${told.visitOf('G1')}`, retract));
    expect(picture.visits.size + picture.waiting.size + picture.holders.size).toBe(0);
    expect(picture.drivers.get('O1')).toMatchObject({ holdsPlate: undefined, atStationCode: undefined });
  });

  it('is driven on by who drove it where an arrival on the way is retracted', () => {
    const told = story()
      .onShift('R1')
      .movesCustody('G9', { kind: 'enterprise', id: 'E1' }, driver('R1'), 'E1')
      .opensRun('run-G9', 'G9', 'R1', 'out_first')
      .at(monday + hour)
      .arrives('G9', { flow: 'out_of_zone', by: 'R1', runId: 'run-G9' });
    const retract = { retractedEventId: uuidOf(`event ${told.told.length}`), reason: 'did_not_occur' as const };
    told.at(monday + 2 * hour).tell('record.retracted', `visit/${told.visitOf('G9')}`, retract);
    const picture = pictureAfter(told.at(monday + 3 * hour).arrives('G9', { flow: 'out_of_zone', by: 'R1' }));
    const { activity, holdsPlate } = picture.drivers.get('R1')!;
    expect(holdsPlate).toBe('G9');
    expect(drivenStretches(activity, picture.time)).toEqual([{ from: monday, to: monday + 3 * hour }]);
  });
});

describe('a handoff in the picture', () => {
  it('waits until it is assigned, and again when the assignment ends', () => {
    const told = story().onShift('R1').outsider('O1').waits('G1', { by: 'O1' });
    const handoffId = told.handoffOf('G1');
    expect(pictureAfter(told).waiting.has(handoffId)).toBe(true);
    told.assigns('G1', 'R1');
    expect(pictureAfter(told).waiting.has(handoffId)).toBe(false);
    expect(pictureAfter(told).drivers.get('R1')?.liveHandoffId).toBe(handoffId);
    told.assignmentEnds('G1', 'R1', 'declined').assigns('G1', 'R1').assignmentEnds('G1', 'R1', 'expired');
    const picture = pictureAfter(told);
    expect(picture.drivers.get('R1')?.liveHandoffId).toBeUndefined();
    expect(picture.waiting.get(handoffId)).toMatchObject({
      declinedBy: new Set(['R1']),
      unanswered: new Map([['R1', 1]]),
    });
  });

  it('frees its driver when it is aborted (ruling 6)', () => {
    const told = story().onShift('R1').waits('G1').assigns('G1', 'R1').aborts('G1').holds('G1');
    const picture = pictureAfter(told);
    expect(picture.drivers.get('R1')?.liveHandoffId).toBeUndefined();
    expect(picture.handoffs.size).toBe(0);
    expect([...picture.visits.values()][0]?.held).toBe(true);
    expect([...pictureAfter(told.checks('G1')).visits.values()][0]?.held).toBe(false);
  });

  it('has an open proposal until it is assigned, refused or withdrawn from view', () => {
    const told = story().onShift('R1').waits('G1');
    const handoffId = told.handoffOf('G1');
    told.tell('assignment.proposed', `assignment/${handoffId}`, {
      handoffId,
      visitId: told.visitOf('G1'),
      driverId: 'R1',
      plannedStartAt: toIso(monday),
      decisionId: uuidOf('decision 1'),
      epoch: 3,
      basedOnPosition: '9',
      expiresAt: toIso(monday + minute),
      alternatives: [],
    });
    let picture = pictureAfter(told);
    expect(picture.newestEpoch).toBe(3);
    expect(picture.waiting.get(handoffId)?.offer).toEqual({
      driverId: 'R1',
      decisionId: uuidOf('decision 1'),
      expiresAt: monday + minute,
    });
    expect(picture.drivers.get('R1')?.offer?.handoffId).toBe(handoffId);
    picture = pictureAfter(told.refuses('G1', 'R1', uuidOf('decision 1')));
    expect(picture.drivers.get('R1')?.offer).toBeUndefined();
    expect(picture.waiting.get(handoffId)).toMatchObject({
      offer: undefined,
      refusals: new Map([['R1', { times: 1, pausedUntil: monday + minute }]]),
    });
    picture = pictureAfter(told.refuses('G1', 'R1', uuidOf('decision 2')));
    expect(picture.waiting.get(handoffId)?.refusals.get('R1')).toEqual({ times: 2, pausedUntil: monday + 2 * minute });
  });

  it('leaves a driver alone for the least time where the lane was full, and holds nothing against him', () => {
    const told = story().onShift('R1').waits('G1');
    const refusalOf = (): unknown => pictureAfter(told).waiting.get(told.handoffOf('G1'))?.refusals.get('R1');
    told.refuses('G1', 'R1', uuidOf('decision 1'), 'lane_throttled');
    told.refuses('G1', 'R1', uuidOf('decision 2'), 'lane_throttled');
    expect(refusalOf()).toEqual({ times: 0, pausedUntil: monday + minute });
    told.refuses('G1', 'R1', uuidOf('decision 3')).refuses('G1', 'R1', uuidOf('decision 4'));
    told.refuses('G1', 'R1', uuidOf('decision 5'), 'lane_throttled');
    expect(refusalOf()).toEqual({ times: 2, pausedUntil: monday + 2 * minute });
  });

  it('says why it waits until it has waited for something else', () => {
    const told = story().onShift('R1').waits('G1');
    const handoffId = told.handoffOf('G1');
    const blockers = [
      { rule: 'shift', drivers: 2 },
      { rule: 'licence', drivers: 1 },
    ];
    told.tell('assignment.withheld', `assignment/${handoffId}`, { handoffId, visitId: told.visitOf('G1'), blockers });
    expect(pictureAfter(told).waiting.get(handoffId)?.statedRules).toBe('licence shift');
    told.assigns('G1', 'R1').assignmentEnds('G1', 'R1', 'declined');
    expect(pictureAfter(told).waiting.get(handoffId)?.statedRules).toBeUndefined();
  });
});
