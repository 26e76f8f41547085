import { driver, history, type History } from './history.js';
import { at } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

describe('ruling 9: zone lifted', () => {
  const inside = (): History => history().goIn('G1', 'O1', 'R1').at('12:00');

  it('the original driver takes his truck and the run closes', () =>
    expectLegal(
      inside()
        .liftZone('YW')
        .move('G1', driver('R1'), driver('O1'))
        .closeRun('G1', { how: 'zone_lifted' })
        .arrive('G2', 'O1'),
    ));

  it('also where the run is closed before the driver has taken it', () =>
    expectLegal(
      inside()
        .liftZone('YW')
        .closeRun('G1', { how: 'zone_lifted' })
        .move('G1', driver('R1'), driver('O1'))
        .arrive('G2', 'O1'),
    ));

  it('custody does not end for a zone that stands', () =>
    expectBroken(inside().closeRun('G1', { how: 'zone_lifted' }), 3, /as if zone YW had been lifted/));

  it('the truck is not taken from one who does not have it', () =>
    expectBroken(
      inside().liftZone('YW').move('G1', driver('R2'), driver('O1')),
      3,
      /handed over by driver R2, but its custodian is driver R1/,
    ));
});

describe('ruling 10: proposed twice', () => {
  const twice = (): History =>
    history().ready('G1', 'O1').propose('G1', 'R1', 'D-new', { epoch: 7 }).propose('G1', 'R2', 'D-old', { epoch: 6 });
  const decided = (decisionId: string): { assignedBy: string; decisionId: string } => ({
    assignedBy: 'scheduler',
    decisionId,
  });

  it('the older epoch is refused, the newer committed', () =>
    expectLegal(twice().refuse('G1', 'R2', 'D-old').give('G1', 'R1', decided('D-new'))));

  it('the older epoch is not committed', () =>
    expectBroken(twice().give('G1', 'R2', decided('D-old')), 4, /decision D-old of the superseded epoch 6/));

  it('what was proposed before the newer epoch appeared may still be committed', () =>
    expectLegal(
      history()
        .ready('G1', 'O1')
        .propose('G1', 'R1', 'D-old', { epoch: 6 })
        .ready('G2', 'O2')
        .propose('G2', 'R2', 'D-new', { epoch: 7 })
        .give('G1', 'R1', decided('D-old'))
        .give('G2', 'R2', decided('D-new')),
    ));
});

describe('ruling 11: a driver lent', () => {
  const lent = (): History => history().lend('R1', 'A', 'B');
  const atB = (h: History): History =>
    h.inArea('B', (told) => told.station('YU', ['B1']).ready('G1', 'O1', { stationCode: 'YU' }).assign('G1', 'R1'));

  it('in A until B has him, then in B, then at home', () =>
    expectLegal(
      lent()
        .goIn('G1', 'O1', 'R1')
        .goOut('G1', 'R1', 'O1')
        .joinPool('R1', 'B')
        .inArea('B', (h) => h.station('YU', ['B1']))
        .giveBack('R1', 'A')
        .ready('G2', 'O2')
        .swap('G2', 'R1'),
    ));

  it('B has him once he has joined', () => expectLegal(atB(lent().joinPool('R1', 'B'))));

  it('B does not have him before', () =>
    expectBroken(atB(lent()), 7, /the visit is in area B and he is in the pool of A/));

  it('A does not have him after', () =>
    expectBroken(
      lent().joinPool('R1', 'B').ready('G1', 'O1').assign('G1', 'R1'),
      7,
      /in area A and he is in the pool of B/,
    ));

  it('he joins nothing without having been lent', () =>
    expectBroken(history().joinPool('R1', 'B'), 7, /joins the pool of B, but he is in the pool of A/));

  it('he is not lent twice', () =>
    expectBroken(lent().lend('R1', 'A', 'C'), 7, /lent to C while he is on his way to B/));

  it('he is not lent by one who has lent him already', () =>
    expectBroken(lent().joinPool('R1', 'B').lend('R1', 'A', 'C'), 7, /lent by A, but he is in the pool of B/));

  it('he is not returned from nowhere', () => expectBroken(history().giveBack('R1', 'A'), 7, /is returned in A, but/));

  it('he is not enrolled in a second pool', () =>
    expectBroken(
      history().inArea('B', (h) => h.insider('R1')),
      7,
      /enrolled in B while he is in the pool of A/,
    ));
});

describe('ruling 11, as both areas are told of it', () => {
  const lapses = { expiresAt: at('20:00') };
  const accepted = (): History => history().loanStep('loan_offered', 'R1', lapses).loanStep('lent', 'R1');
  const joined = (): History => accepted().changesPool('pool_joined', 'R1', 'A', 'B');
  const atB = (h: History): History =>
    h.inArea('B', (told) => told.station('YU', ['B1']).ready('G1', 'O1', { stationCode: 'YU' }).assign('G1', 'R1'));

  it('offered, accepted, joined, and back', async () => {
    await expectLegal(
      joined()
        .loanStep('return_begun', 'R1')
        .changesPool('returned', 'R1', 'B', 'A')
        .ready('G2', 'O2')
        .swap('G2', 'R1'),
    );
    await expectLegal(atB(joined()));
  });

  it('what comes to nothing leaves him where he is, and he may be offered again', () =>
    expectLegal(
      accepted()
        .loanStep('loan_ended', 'R1', { reason: 'called_off' })
        .loanStep('loan_offered', 'R1', lapses)
        .loanStep('loan_ended', 'R1', { reason: 'declined' })
        .goIn('G1', 'O1', 'R1'),
    ));

  it('he is never told into the second pool before the first has let him go', async () => {
    await expectBroken(accepted().changesPool('pool_joined', 'R1', 'A', 'B', ['B']), 7, /before A was told .* in two/);
    await expectBroken(accepted().changesPool('pool_joined', 'R1', 'A', 'B', ['B', 'A']), 7, /he is in two/);
    await expectBroken(
      joined().loanStep('return_begun', 'R1').changesPool('returned', 'R1', 'B', 'A', ['A']),
      7,
      /he is in two/,
    );
  });

  it('he joins once, from where he is, and no third area is told', async () => {
    await expectBroken(joined().changesPool('pool_joined', 'R1', 'A', 'B'), 7, /leaves the pool of A, but he is in/);
    await expectBroken(accepted().changesPool('pool_joined', 'R1', 'C', 'B'), 7, /leaves the pool of C, but he is in/);
    await expectBroken(accepted().changesPool('pool_joined', 'R1', 'A', 'B', ['C']), 7, /and C is told/);
  });

  it('neither area has him beside the other', async () => {
    await expectBroken(joined().ready('G1', 'O1').assign('G1', 'R1'), 7, /in area A and he is in the pool of B/);
    await expectBroken(atB(accepted()), 7, /in area B and he is in the pool of A/);
    const back = joined().loanStep('return_begun', 'R1').changesPool('returned', 'R1', 'B', 'A');
    await expectBroken(atB(back), 7, /in area B and he is in the pool of A/);
  });

  it('who is lent is not offered, and no loan ends that has begun', async () => {
    await expectBroken(accepted().loanStep('loan_offered', 'R1', lapses), 7, /offered while he is on his way to B/);
    await expectBroken(joined().loanStep('loan_offered', 'R1', lapses), 7, /offered by A, but he is in the pool of B/);
    await expectBroken(joined().loanStep('loan_ended', 'R1', { reason: 'lapsed' }), 7, /comes to nothing, but/);
    await expectBroken(accepted().loanStep('return_begun', 'R1'), 7, /goes back from B, but he is in the pool of A/);
  });

  it('a swap of before the loan that is told late is judged by the pool of then', () =>
    expectLegal(
      accepted()
        .at('10:00')
        .ready('G1', 'O1')
        .at('11:00')
        .changesPool('pool_joined', 'R1', 'A', 'B')
        .offline('10:30', (told) => told.give('G1', 'R1', { assignedBy: 'operator', late: true })),
    ));
});

describe('ruling 12: taken back', () => {
  const wrongTruck = (): History => history().arrive('G1', 'O1').retract('visit.arrived');

  it('before anything depended on it, the arrival is undone', () =>
    expectLegal(wrongTruck().goIn('G2', 'O1', 'R1').goIn('G1', 'O2', 'R2')));

  it('what depended on it and was taken back first does not stand in the way', () =>
    expectLegal(
      history().arrive('G1', 'O1').check('G1').retract('visit.checked').retract('visit.arrived').arrive('G2', 'O1'),
    ));

  it('after the swap it can only be compensated', () =>
    expectBroken(
      history().ready('G1', 'O1').swap('G1', 'R1').retract('visit.arrived'),
      10,
      /visit.arrived at position \d+ is retracted .* but visit.checked/,
    ));

  it('the truck of a retracted arrival is not at the station', async () => {
    await expectBroken(wrongTruck().check('G1'), 6, /whose gate-in was retracted/);
    await expectBroken(wrongTruck().depart('G1', 'turned_away'), 6, /whose gate-in was retracted/);
  });

  it('without the retraction the right truck cannot have the same driver', () =>
    expectBroken(
      history().arrive('G1', 'O1').arrive('G2', 'O1'),
      3,
      /O1 becomes custodian of truck G2 while he still answers for truck G1/,
    ));

  it('a compensation moves custody back', () =>
    expectLegal(
      history()
        .ready('G1', 'O1')
        .swap('G1', 'R1')
        .move('G1', driver('R1'), driver('O1'), { reason: 'compensation' })
        .depart('G1', 'turned_away'),
    ));
});

describe('ruling 13: two stations', () => {
  it('in through Jindong, back through Pujiang, one custody chain', () =>
    expectLegal(history().goIn('G1', 'O1', 'R1').at('13:00').goOut('G1', 'R1', 'O2', { stationCode: 'PJ' })));

  it('the other station does not begin a chain of its own', () =>
    expectBroken(
      history().goIn('G1', 'O1', 'R1').at('13:00').comeOut('G1', 'R2', { stationCode: 'PJ' }),
      3,
      /arrives with driver R2, but its custodian is driver R1/,
    ));
});

describe('ruling 14: poisoned', () => {
  it('one truck’s events come late, all others between them', () =>
    expectLegal(
      history()
        .arrive('G1', 'O1')
        .goIn('G2', 'O2', 'R1')
        .at('11:00')
        .check('G1')
        .request('G1')
        .swap('G1', 'R2')
        .release('G1')
        .depart('G1'),
    ));

  it('released, they do not come in another order', async () => {
    const events = history().arrive('G1', 'O1').check('G1').request('G1').assign('G1', 'R1').seal();
    const [first, second] = [events.length - 2, events.length - 1];
    [events[first], events[second]] = [events[second], events[first]];
    await expectBroken(events, [1, 10], /the position is/);
  });
});

describe('ruling 15: waits', () => {
  const waits = (): History => history().ready('G1', 'O1');

  it('the handoff says so', () => expectLegal(waits().withhold('G1').wait(3600).arrive('G2', 'O2')));

  it('it does not wait in silence', () =>
    expectBroken(
      waits().wait(60).arrive('G2', 'O2'),
      9,
      /handoff H-G1-1-1 of truck G1 waits since .* nothing says why/,
    ));

  it('an empty list of blockers says nothing', () =>
    expectBroken(waits().withhold('G1', []).wait(60).arrive('G2', 'O2'), 9, /nothing says why/));

  it('what was said before it was assigned is no reason afterwards', () =>
    expectBroken(
      waits().withhold('G1').give('G1', 'R1').endAssignment('G1', 'no_show').wait(60).arrive('G2', 'O2'),
      9,
      /nothing says why/,
    ));

  it('an open proposal is a reason, an expired one is none', async () => {
    await expectLegal(waits().propose('G1', 'R1', 'D1').arrive('G2', 'O2'));
    await expectBroken(
      waits()
        .propose('G1', 'R1', 'D1', { expiresAt: at('09:01') })
        .at('09:30')
        .arrive('G2', 'O2'),
      9,
      /nothing says why/,
    );
  });
});
