import { driver, enterprise, history, station, type History } from './history.js';
import type { Fields } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

const health = { requirements: { licence: 'A2', certificates: ['health'] } };

describe('ruling 1: turned away', () => {
  const turnedAway = (): History =>
    history()
      .arrive('G1', 'O1')
      .check('G1', { passed: false })
      .depart('G1', 'turned_away', { reasons: ['no_pass'] });

  it('custody ends at the gate, so the truck comes back with another driver', () =>
    expectLegal(turnedAway().goIn('G1', 'O2', 'R1')));

  it('custody does not live on after the gate', () =>
    expectBroken(
      turnedAway().move('G1', driver('O1'), driver('O2')),
      3,
      /moves from driver O1, but nobody is its custodian/,
    ));

  it('a truck without a swap did not leave swapped', () =>
    expectBroken(
      history().arrive('G1', 'O1').check('G1', { passed: false }).depart('G1', 'swapped'),
      6,
      /without a release/,
    ));
});

describe('ruling 2: nobody there', () => {
  const parked = (): History =>
    history()
      .goIn('G1', 'O1', 'R1')
      .at('12:00')
      .comeOut('G1', 'R1')
      .check('G1')
      .request('G1')
      .withhold('G1')
      .move('G1', driver('R1'), station('JD'));

  it('the truck is parked with the station, the relay driver takes the next, the outside driver comes later', () =>
    expectLegal(parked().goIn('G2', 'O2', 'R1').swap('G1', 'O1').release('G1').depart('G1')));

  it('without the parking the relay driver is not free', () =>
    expectBroken(
      history()
        .goIn('G1', 'O1', 'R1')
        .at('12:00')
        .comeOut('G1', 'R1')
        .check('G1')
        .request('G1')
        .withhold('G1')
        .ready('G2', 'O2')
        .give('G2', 'R1')
        .start('G2'),
      4,
      /R1 starts to take over truck G2 while he still holds truck G1/,
    ));

  it('what is parked is not handed over by the driver who parked it', () =>
    expectBroken(
      parked()
        .swap('G1', 'O1')
        .change((draft) => (draft.data['from'] = driver('R1'))),
      3,
      /handed over by driver R1, but its custodian is station JD/,
    ));
});

describe('ruling 3: starts inside', () => {
  const outFirst = { direction: 'out_first', runId: 'RUN-G1-0' };

  it('its enterprise hands it to a relay driver, and the run is out first', () =>
    expectLegal(
      history()
        .move('G1', enterprise('E1'), driver('R1'), { reason: 'out_first' })
        .openRun('G1', 'R1', outFirst)
        .arrive('G1', 'R1', { flow: 'out_of_zone', runId: 'RUN-G1-0' })
        .check('G1')
        .request('G1')
        .swap('G1', 'O1')
        .release('G1')
        .depart('G1')
        .at('15:00')
        .ready('G1', 'O1')
        .swap('G1', 'R1')
        .release('G1')
        .depart('G1', 'swapped', { runId: 'RUN-G1-0' })
        .closeRun('G1', { how: 'returned', intoZoneVisitId: 'V-G1-2' }),
    ));

  it('it does not appear at the gate from nowhere', () =>
    expectBroken(
      history().arrive('G1', 'R1', { flow: 'out_of_zone' }),
      3,
      /comes out of the zone with driver R1, but nobody handed it over inside/,
    ));
});

describe('ruling 4: offline swap against a plan', () => {
  const dark = (): History =>
    history()
      .ready('G1', 'O1')
      .give('G1', 'R1')
      .at('09:20')
      .endAssignment('G1', 'expired')
      .give('G1', 'R2')
      .at('09:40');
  const fact = (h: History): History =>
    h
      .offline('09:10', (told) => told.assign('G1', 'R1', { late: true }).start('G1'))
      .offline('09:15', (told) => told.complete('G1'))
      .openException('G1', 'offline_swap');

  it('the rival plan is withdrawn and the fact recorded late', () =>
    expectLegal(fact(dark().endAssignment('G1', 'withdrawn')).release('G1').depart('G1').openRun('G1', 'R1')));

  it('the rival plan does not stay beside the fact', () =>
    expectBroken(fact(dark()), 4, /R1 is assigned to handoff H-G1-1-1 while the assignment of driver R2 is live/));
});

describe('ruling 5: suspended meanwhile', () => {
  const suspended = (startedAt: string): History =>
    history()
      .ready('G1', 'O1')
      .at('10:05')
      .suspend('JD')
      .at('10:20')
      .offline(startedAt, (h) => h.assign('G1', 'R1', { late: true }).start('G1'))
      .offline('10:12', (h) => h.complete('G1'));

  it('a swap that had started before the suspension is legal', () => expectLegal(suspended('10:00')));

  it('a swap that started after it is not', () =>
    expectBroken(
      suspended('10:10'),
      8,
      /starts at 2026-03-02T10:10:00.000Z, but station JD is suspended since 2026-03-02T10:05/,
    ));

  it('after the station has resumed it starts', () =>
    expectLegal(history().ready('G1', 'O1').suspend('JD').wait(60).resume('JD').swap('G1', 'R1')));
});

describe('ruling 6: the seal differs in the bay', () => {
  const differs = (): History =>
    history().ready('G1', 'O1').give('G1', 'R1').start('G1').wait(60).abort('G1').hold('G1');

  it('aborted, held, checked again, requested anew; bay and driver are free meanwhile', () =>
    expectLegal(
      differs().goIn('G2', 'O2', 'R1').check('G1').request('G1').swap('G1', 'R2').release('G1').depart('G1'),
    ));

  it('the aborted handoff is not taken up again', () =>
    expectBroken(differs().check('G1').start('G1'), 5, /H-G1-1-1 is started, but it is aborted/));

  it('held cargo is not released without a new check', () =>
    expectBroken(
      history().ready('G1', 'O1').swap('G1', 'R1').hold('G1').release('G1'),
      6,
      /held at .* and not checked again/,
    ));
});

describe('ruling 7: the shift ends in the zone', () => {
  const over = (): History =>
    history().goIn('G1', 'O1', 'R1').at('13:00').endShift('R1').openException('G1', 'shift_over_in_zone');

  it('he keeps the truck until he hands it over', () => expectLegal(over().goOut('G1', 'R1', 'O1')));

  it('he gets nothing new', () =>
    expectBroken(over().goOut('G1', 'R1', 'O1').ready('G2', 'O2').assign('G2', 'R1'), 7, /R1 .*he has no open shift/));
});

describe('ruling 8: recalled in the zone', () => {
  const recalled = (): History =>
    history()
      .grant('R1', 'health')
      .arrive('G1', 'O1')
      .check('G1')
      .request('G1', health)
      .swap('G1', 'R1')
      .release('G1')
      .depart('G1')
      .openRun('G1', 'R1')
      .at('11:00')
      .recall('R1', 'health');

  it('his run goes on to its end', () => expectLegal(recalled().goOut('G1', 'R1', 'O1')));

  const trace = (told: History, more: Fields = {}): History =>
    told.event('driver.recall_traced', 'driver/R1', {
      driverId: 'R1',
      credential: 'health',
      since: '2026-03-02T00:00:00.000Z',
      recallEventId: told.latest('driver.credential_recalled').id,
      plates: ['G1'],
      visitIds: ['V-G1-1'],
      handoffIds: ['H-G1-1-1'],
      runIds: ['RUN-G1-1'],
      contacts: [{ id: 'O1', as: 'offgoing', place: 'JD', at: '2026-03-02T01:10:00.000Z', plate: 'G1' }],
      toldStationCodes: ['JD'],
      ...more,
    });

  it('who met him is listed', () => expectLegal(trace(recalled()).goOut('G1', 'R1', 'O1')));

  it('nobody who met him is left out', async () => {
    await expectBroken(trace(recalled(), { contacts: [] }), 7, /handoff H-G1-1-1 with O1 is not listed/);
    await expectBroken(trace(recalled(), { handoffIds: [] }), 7, /handoff H-G1-1-1 with O1 is not listed/);
    await expectLegal(trace(recalled(), { since: recalled().now(), handoffIds: [], contacts: [] }));
  });

  it('what is traced was recalled, and is traced once', async () => {
    await expectBroken(
      trace(recalled(), { recallEventId: '01900000-0000-7000-8000-000000000000' }),
      7,
      /there was none/,
    );
    await expectBroken(
      trace(recalled(), { credential: 'insurance' }),
      7,
      /a insurance of R1 is traced, but there was none/,
    );
    await expectBroken(trace(trace(recalled())), 7, /is traced twice/);
  });

  describe('assigned before', () => {
    const expected = (more: Fields = {}): History =>
      history()
        .grant('R1', 'health')
        .arrive('G1', 'O1')
        .check('G1')
        .request('G1', health)
        .give('G1', 'R1', more)
        .recall('R1', 'health');
    const nothing = { plates: [], visitIds: [], handoffIds: [], runIds: [], contacts: [] };
    const overrides = { overrides: [{ rule: 'credentials', reason: 'retested', byId: 'lead', secondId: 'other' }] };

    it('he does not start', () => expectBroken(expected().start('G1'), 7, /his health was recalled since/));

    it('it is taken back', async () => {
      await expectLegal(trace(expected().endAssignment('G1', 'withdrawn').withhold('G1'), nothing));
      await expectBroken(trace(expected(), nothing), 7, /still assigned to handoff H-G1-1-1/);
    });

    it('he starts where that is overridden, or it was granted anew', async () => {
      await expectLegal(expected(overrides).start('G1').abort('G1'));
      await expectLegal(expected().grant('R1', 'health').start('G1').abort('G1'));
    });
  });

  it('his next handoff is blocked', () =>
    expectBroken(
      recalled().goOut('G1', 'R1', 'O1').arrive('G2', 'O2').check('G2').request('G2', health).assign('G2', 'R1'),
      7,
      /his health is not valid/,
    ));
});
