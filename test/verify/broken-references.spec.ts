import { driver, history, type History } from './history.js';
import { uuid } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

type Told = [sentence: string, says: RegExp, tell: () => History];

const ready = (): History => history().ready('G1', 'O1');
const swapped = (): History => ready().swap('G1', 'R1');

describe('rule 10: the log is self-contained', () => {
  const broken: Told[] = [
    [
      'a driver who never enrolled arrives',
      /visit.arrived names driver O9, which no earlier event introduced/,
      () => history().arrive('G1', 'O9'),
    ],
    ['a driver who never enrolled is assigned', /names driver R9/, () => ready().assign('G1', 'R9')],
    [
      'a station that never opened',
      /names station XX/,
      () => history().arrive('G1', 'O1', { stationCode: 'XX' }).depart('G1', 'turned_away'),
    ],
    ['a home station that never opened', /names station XX/, () => history().insider('R3', { homeStationCode: 'XX' })],
    ['a zone that was never activated', /names zone XX/, () => history().arrive('G1', 'O1', { zoneId: 'XX' })],
    [
      'a side in a zone that was never activated',
      /names zone XX/,
      () => history().insider('R3', { insideZoneId: 'XX' }),
    ],
    [
      'a bay that the station does not have',
      /names bay B9 of station JD/,
      () => ready().give('G1', 'R1').start('G1', 'B9'),
    ],
    [
      'a policy version that was never published',
      /names policy cn-freight@2099-01/,
      () =>
        history()
          .arrive('G1', 'O1')
          .check('G1', { policy: { id: 'cn-freight', version: '2099-01' } }),
    ],
    [
      'a handoff that was never requested',
      /names handoff H-other/,
      () => ready().withhold('G1').assign('G1', 'R1', { handoffId: 'H-other' }),
    ],
    [
      'the handoff of another visit',
      /names handoff H-G1-1-1/,
      () => ready().withhold('G1').ready('G2', 'O2').withhold('G2').assign('G2', 'R1', { handoffId: 'H-G1-1-1' }),
    ],
    [
      'a proposal for a visit that the handoff is not of',
      /assignment.proposed names handoff H-G1-1-1/,
      () => ready().propose('G1', 'R1', 'D1', { visitId: 'V-other' }).assign('G1', 'R1'),
    ],
    [
      'a decision that was never proposed',
      /names decision D9/,
      () => ready().assign('G1', 'R1', { assignedBy: 'scheduler', decisionId: 'D9' }),
    ],
    [
      'a consignment that is not on board',
      /names consignment K9/,
      () => swapped().release('G1', { consignmentIds: ['K9'] }),
    ],
    [
      'a run that was never opened',
      /names run RUN-9/,
      () => history().goIn('G1', 'O1', 'R1').arrive('G1', 'R1', { flow: 'out_of_zone', runId: 'RUN-9' }),
    ],
    [
      'a run that a departure promises and nobody opens',
      /names run RUN-9, which no event opens/,
      () => swapped().release('G1').depart('G1', 'swapped', { runId: 'RUN-9' }),
    ],
    [
      'a return driver who never enrolled',
      /names driver O9/,
      () => history().goIn('G1', 'O1', 'R1').planReturn('G1', 'O9'),
    ],
    [
      'a visit that begins with a check',
      /names visit V-other/,
      () => history().event('exception.opened', 'visit/V-other', { exceptionId: 'X', code: 'y', owner: 'JD' }),
    ],
    ['a shift of somebody unknown', /names driver R9/, () => history().shift('R9')],
    ['custody that moves to nobody known', /names driver R9/, () => swapped().move('G1', driver('R1'), driver('R9'))],
  ];
  it.each(broken)('not %s', (_sentence, says, tell) => expectBroken(tell(), 10, says));

  it('a departure may name the run that is opened right after it', () =>
    expectLegal(swapped().release('G1').depart('G1', 'swapped', { runId: 'RUN-G1-1' }).openRun('G1', 'R1')));
});

describe('rule 10: two ways to count agree', () => {
  const broken: Told[] = [
    [
      'a visit that arrives at one station and departs from another',
      /open visits at station (JD: 1|PJ: -1) by counting the events/,
      () => history().arrive('G1', 'O1').depart('G1', 'turned_away', { stationCode: 'PJ' }),
    ],
    [
      'a handoff that is completed at another station than its visit’s',
      /completed handoffs at station PJ: 1 by counting the events, 0 by folding/,
      () => ready().give('G1', 'R1').start('G1').complete('G1', { stationCode: 'PJ', bayCode: 'B1' }),
    ],
    [
      'a truck on two runs',
      /open runs of truck G1: 2 by counting the events, 1 by folding/,
      () =>
        history()
          .goIn('G1', 'O1', 'R1')
          .event('run.opened', 'run/RUN-2', { direction: 'in_first', plate: 'G1', driverId: 'R1' }),
    ],
    [
      'a run that closes twice',
      /open runs of truck G1: -1/,
      () => {
        const h = history().goIn('G1', 'O1', 'R1').closeRun('G1', { how: 'returned' });
        return h.event('run.closed', h.latest('run.closed').subject, { how: 'returned' });
      },
    ],
  ];
  it.each(broken)('not %s', (_sentence, says, tell) => expectBroken(tell(), 10, says));

  it('retracted events are counted in neither', () =>
    expectLegal(
      swapped()
        .release('G1')
        .depart('G1')
        .retract('visit.departed')
        .retract('cargo.released')
        .retract('handoff.completed')
        .complete('G1', { from: driver('O1') })
        .release('G1')
        .depart('G1')
        .openRun('G1', 'R1')
        .retract('run.opened')
        .openRun('G1', 'R1'),
    ));
});

describe('rule 10: retractions', () => {
  const corrected = (change: (h: History) => History): History => {
    const h = history().arrive('G1', 'O1');
    const { data, subject } = h.latest();
    h.retract('visit.arrived', { reason: 'incorrect_data', replacedBy: uuid(900) });
    return change(
      h.event('visit.arrived', subject, { ...data, priority: 5 }).change((draft) => (draft.id = uuid(900))),
    );
  };
  const broken: Told[] = [
    [
      'of an event that is not in the log',
      /is retracted, but it is not in the log/,
      () =>
        history()
          .arrive('G1', 'O1')
          .retract('visit.arrived', { retractedEventId: uuid(999) }),
    ],
    [
      'of another subject’s event',
      /not of visit\/V-G1-1/,
      () =>
        history()
          .arrive('G1', 'O1')
          .retract('visit.arrived', { retractedEventId: uuid(1) }),
    ],
    [
      'of the same event twice',
      /retracted already/,
      () => history().arrive('G1', 'O1').retract('visit.arrived').retract('visit.arrived'),
    ],
    [
      'of an arrival that was checked',
      /but visit.checked at position \d+ depends on it/,
      () => history().arrive('G1', 'O1').check('G1').retract('visit.arrived'),
    ],
    [
      'of custody that has moved on',
      /depends on it/,
      () => {
        const h = swapped().move('G1', driver('R1'), driver('O1'));
        const { id } = h.latest();
        return h.move('G1', driver('O1'), driver('R1')).retract('custody.moved', { retractedEventId: id });
      },
    ],
    [
      'of a shift that has been ended',
      /a later event that changed the same thing depends on it/,
      () => history().shift('R1').endShift('R1').retract('driver.shift_started'),
    ],
    [
      'for data that changes the driver',
      /changes its type, ids, drivers or instants/,
      () => corrected((h) => h.change((draft) => (draft.data['custodian'] = driver('O2')))),
    ],
    [
      'for data that changes the instant',
      /changes its type/,
      () => corrected((h) => h.change((draft) => (draft.data['arrivedAt'] = '2026-03-02T09:30:00.000Z'))),
    ],
    [
      'for an event that never comes',
      /which is not in the log after it/,
      () =>
        history()
          .arrive('G1', 'O1')
          .retract('visit.arrived', { reason: 'incorrect_data', replacedBy: uuid(900) }),
    ],
  ];
  it.each(broken)('not %s', (_sentence, says, tell) => expectBroken(tell(), 10, says));

  it('incorrect data are replaced, and the visit goes on', () =>
    expectLegal(corrected((h) => h.check('G1').request('G1').swap('G1', 'R1').release('G1').depart('G1'))));

  it('when a truck was expected is a plan, and may be corrected', () => {
    const h = history().arrive('G1', 'O1');
    const { data } = h.latest();
    const subject = 'visit/V-G2-1';
    const announced = { ...data, visitId: 'V-G2-1', truck: { ...(data['truck'] as object), plate: 'G2' } };
    h.event('visit.announced', subject, { ...announced, expectedAt: '2026-03-02T12:00:00.000Z' });
    h.retract('visit.announced', { reason: 'incorrect_data', replacedBy: uuid(900) });
    h.event('visit.announced', subject, { ...announced, expectedAt: '2026-03-02T13:00:00.000Z' });
    return expectLegal(h.change((draft) => (draft.id = uuid(900))));
  });

  it('a corrected licence and a corrected requirement count from then on', async () => {
    const h = history().insider('R3', { licences: ['C1'] });
    const enrolled = h.latest('driver.enrolled');
    h.retract('driver.enrolled', { reason: 'incorrect_data', replacedBy: uuid(900) });
    h.event('driver.enrolled', enrolled.subject, { ...enrolled.data, licences: ['A2'] });
    h.change((draft) => (draft.id = uuid(900)));
    h.arrive('G1', 'O1')
      .check('G1')
      .request('G1', { requirements: { licence: 'A2', certificates: ['health'] } });
    const requested = h.latest();
    h.retract('handoff.requested', { reason: 'incorrect_data', replacedBy: uuid(901) });
    h.event('handoff.requested', requested.subject, { ...requested.data, requirements: { certificates: [] } });
    await expectLegal(h.change((draft) => (draft.id = uuid(901))).assign('G1', 'R3'));
  });

  it('a corrected check counts from then on', async () => {
    const h = history().arrive('G1', 'O1').check('G1', { passed: false });
    const { data, subject } = h.latest();
    h.retract('visit.checked', { reason: 'incorrect_data', replacedBy: uuid(900) });
    h.event('visit.checked', subject, { ...data, passed: true }).change((draft) => (draft.id = uuid(900)));
    await expectLegal(h.request('G1').swap('G1', 'R1').release('G1').depart('G1'));
  });
});

describe('what has ended long ago', () => {
  it('is forgotten, and the log that goes on without it stays legal', async () => {
    const h = history().at('00:00');
    const first = h.arrive('G1', 'O1').depart('G1', 'turned_away').latest('visit.departed');
    for (let round = 0; round < 2100; round += 1) {
      h.arrive('G2', 'O2').depart('G2', 'turned_away');
      h.event('run.opened', `run/${round}`, { direction: 'one_way', plate: 'G3', driverId: 'R1' });
      h.event('run.closed', `run/${round}`, { how: 'stayed' });
    }
    await expectLegal(h);
    h.event('record.retracted', first.subject, { retractedEventId: first.id, reason: 'did_not_occur' });
    await expectBroken(h, 10, /it is over, retracted already/);
  });
});
