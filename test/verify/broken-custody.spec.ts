import { driver, enterprise, history, station, type History } from './history.js';
import { expectBroken, expectLegal } from './verdict.js';

type Broken = [sentence: string, rules: number | number[], says: RegExp, tell: () => History];

const swapped = (): History => history().ready('G1', 'O1').swap('G1', 'R1');

describe('rule 2: at most one open visit', () => {
  const broken: Broken[] = [
    [
      'a truck arrives while its visit is open',
      2,
      /G1 arrives in visit V-G1-2 while its visit V-G1-1 is still open/,
      () => history().arrive('G1', 'O1').arrive('G1', 'O1'),
    ],
    [
      'a truck arrives at two stations',
      2,
      /still open/,
      () => history().arrive('G1', 'O1').arrive('G1', 'O1', { stationCode: 'PJ' }),
    ],
    [
      'a visit arrives twice',
      2,
      /arrives again in visit V-G1-1/,
      () => {
        const h = history().arrive('G1', 'O1').depart('G1', 'turned_away');
        const first = h.latest('visit.arrived');
        return h.event('visit.arrived', first.subject, first.data);
      },
    ],
    [
      'a visit is cancelled after its gate-in',
      2,
      /V-G1-1 of truck G1 is cancelled/,
      () => history().arrive('G1', 'O1').visitEvent('visit.cancelled', 'G1', { reason: 'no_load' }),
    ],
  ];
  it.each(broken)('%s', (_sentence, rules, says, tell) => expectBroken(tell(), rules, says));
});

describe('rule 2: what is no second visit', () => {
  it('an announced visit is cancelled, and the truck comes another time', () => {
    const h = history().arrive('G1', 'O1');
    const { data, subject } = h.latest();
    h.change((draft) => {
      draft.name = 'visit.announced';
      draft.data = { ...data, expectedAt: data['arrivedAt'] };
    });
    const { visitId, areaCode, stationCode } = data;
    h.event('visit.cancelled', subject, { visitId, areaCode, stationCode, reason: 'no_load' });
    return expectLegal(h.goIn('G1', 'O1', 'R1'));
  });
});

describe('rule 3: exactly one custodian', () => {
  const broken: Broken[] = [
    [
      'a handoff is completed from one who is not the custodian',
      3,
      /G1 is handed over by driver O2, but its custodian is driver O1/,
      () =>
        history()
          .ready('G1', 'O1')
          .give('G1', 'R1')
          .start('G1')
          .complete('G1', { from: driver('O2') }),
    ],
    [
      'custody moves from a driver who handed over already',
      3,
      /by driver O1, but its custodian is driver R1/,
      () => swapped().move('G1', driver('O1'), station('JD')),
    ],
    [
      'a truck comes back with another driver than the one who took it in',
      3,
      /arrives with driver R2/,
      () => history().goIn('G1', 'O1', 'R1').comeOut('G1', 'R2'),
    ],
    [
      'custody of an untracked truck moves from a station',
      3,
      /from station JD, but nobody is its custodian/,
      () => history().move('G1', station('JD'), driver('R1')),
    ],
    [
      'custody moves after the truck left the zone',
      3,
      /nobody is its custodian/,
      () => history().goIn('G1', 'O1', 'R1').goOut('G1', 'R1', 'O1').move('G1', driver('O1'), station('JD')),
    ],
    [
      'a driver arrives with a second truck',
      3,
      /O1 becomes custodian of truck G2 while he still answers for truck G1/,
      () => history().arrive('G1', 'O1').arrive('G2', 'O1'),
    ],
    [
      'an enterprise gives a driver a second truck',
      3,
      /R1 becomes custodian of truck G2/,
      () => history().move('G1', enterprise('E1'), driver('R1')).move('G2', enterprise('E1'), driver('R1')),
    ],
    [
      'a parked truck is taken up by a driver who holds another',
      3,
      /R1 becomes custodian of truck G1/,
      () =>
        swapped()
          .move('G1', driver('R1'), station('JD'))
          .move('G2', enterprise('E1'), driver('R1'))
          .move('G1', station('JD'), driver('R1')),
    ],
    [
      'a truck is moved across the line at a station, and goes in without a handoff',
      [3, 6],
      /G1 is moved to driver R1 on the other side of the line without a handoff in V-G1-1/,
      () => history().arrive('G1', 'O1').move('G1', driver('O1'), driver('R1')).depart('G1', 'no_swap_needed'),
    ],
    [
      'a parked truck is taken up by a driver of the other side',
      3,
      /on the other side of the line/,
      () =>
        history().arrive('G1', 'O1').move('G1', driver('O1'), station('JD')).move('G1', station('JD'), driver('R1')),
    ],
    [
      'a parked truck that is to leave is taken up by an outside driver',
      3,
      /on the other side of the line/,
      () =>
        history()
          .goIn('G1', 'O1', 'R1')
          .comeOut('G1', 'R1')
          .move('G1', driver('R1'), station('JD'))
          .move('G1', station('JD'), driver('O1')),
    ],
    [
      'the truck of a run that stayed is moved by a stranger',
      3,
      /from driver R2, but nobody is its custodian/,
      () =>
        history().goIn('G1', 'O1', 'R1').closeRun('G1', { how: 'stayed' }).move('G1', driver('R2'), enterprise('E1')),
    ],
  ];
  it.each(broken)('%s', (_sentence, rules, says, tell) => expectBroken(tell(), rules, says));

  it('a truck is moved on its own side, and back where it was swapped', () =>
    expectLegal(
      history()
        .arrive('G1', 'O1')
        .move('G1', driver('O1'), station('JD'))
        .move('G1', station('JD'), driver('O2'))
        .check('G1')
        .request('G1')
        .swap('G1', 'R1')
        .move('G1', driver('R1'), driver('R2'))
        .move('G1', driver('R2'), driver('O1'))
        .depart('G1', 'turned_away'),
    ));

  it('once the zone is lifted, its driver takes it', () =>
    expectLegal(
      history()
        .goIn('G1', 'O1', 'R1')
        .comeOut('G1', 'R1')
        .liftZone('YW')
        .move('G1', driver('R1'), driver('O1'))
        .depart('G1', 'no_swap_needed'),
    ));

  it('a run that stayed ends at the enterprise, in either order', async () => {
    await expectLegal(
      history()
        .goIn('G1', 'O1', 'R1')
        .closeRun('G1', { how: 'stayed' })
        .move('G1', driver('R1'), enterprise('E1'))
        .ready('G2', 'O1')
        .swap('G2', 'R1'),
    );
    await expectLegal(
      history()
        .goIn('G1', 'O1', 'R1')
        .move('G1', driver('R1'), enterprise('E1'))
        .closeRun('G1', { how: 'stayed' })
        .ready('G2', 'O1')
        .swap('G2', 'R1'),
    );
  });

  it('a truck that is turned away on its way out goes back with its relay driver', () =>
    expectLegal(
      history()
        .goIn('G1', 'O1', 'R1')
        .comeOut('G1', 'R1')
        .depart('G1', 'turned_away')
        .arrive('G1', 'R1', { flow: 'out_of_zone' }),
    ));
});

describe('rule 8: bays and stations', () => {
  const started =
    (plate: string, by: string, relay: string, bay: string): ((h: History) => History) =>
    (h) =>
      h.ready(plate, by).give(plate, relay).start(plate, bay);
  const broken: Broken[] = [
    [
      'two swaps overlap in one bay',
      8,
      /bay B1 holds handoff H-G2-1-1 of truck G2 .* and handoff H-G1-1-1 of truck G1/,
      () =>
        started(
          'G2',
          'O2',
          'R2',
          'B1',
        )(started('G1', 'O1', 'R1', 'B1')(history()))
          .complete('G1')
          .complete('G2'),
    ],
    [
      'two swaps are left unfinished in one bay',
      8,
      /at the same time/,
      () => started('G2', 'O2', 'R2', 'B1')(started('G1', 'O1', 'R1', 'B1')(history())),
    ],
    [
      'a swap ends in a bay in which another began before it',
      8,
      /at the same time/,
      () =>
        started(
          'G2',
          'O2',
          'R2',
          'B1',
        )(started('G1', 'O1', 'R1', 'B1')(history()))
          .wait(60)
          .complete('G1'),
    ],
    [
      'an aborted swap overlapped',
      8,
      /at the same time/,
      () =>
        started(
          'G2',
          'O2',
          'R2',
          'B1',
        )(started('G1', 'O1', 'R1', 'B1')(history()))
          .abort('G1')
          .complete('G2'),
    ],
    [
      'an offline swap is recorded into an occupied bay',
      8,
      /at the same time/,
      () =>
        history()
          .ready('G1', 'O1')
          .ready('G2', 'O2')
          .at('10:00')
          .swap('G2', 'R2')
          .at('11:00')
          .offline('10:02', (h) => h.assign('G1', 'R1', { late: true }).start('G1'))
          .offline('10:04', (h) => h.complete('G1')),
    ],
    [
      'a handoff starts at a suspended station',
      8,
      /station JD is suspended since/,
      () => started('G1', 'O1', 'R1', 'B1')(history().suspend('JD')),
    ],
    [
      'a handoff that has started is overtaken by a suspension from before',
      8,
      /has started at .*, but station JD is suspended since/,
      () =>
        started(
          'G1',
          'O1',
          'R1',
          'B1',
        )(history().at('10:10'))
          .complete('G1')
          .offline('10:10', (h) => h.suspend('JD')),
    ],
    [
      'a handoff that has started is overtaken by a closure from before',
      8,
      /has started at .*, but station JD is closed since/,
      () =>
        started(
          'G1',
          'O1',
          'R1',
          'B1',
        )(history().at('10:10')).offline('10:10', (h) => h.event('station.closed', 'station/JD', {})),
    ],
    [
      'a handoff starts in a bay that is closed',
      8,
      /starts at .* in bay B1, which is closed since/,
      () =>
        history()
          .ready('G1', 'O1')
          .give('G1', 'R1')
          .bays('JD', { closed: ['B1'] })
          .start('G1'),
    ],
    [
      'a bay is closed while a handoff is in it',
      8,
      /bay B1 is closed while handoff .* of truck G1 is in it/,
      () => started('G1', 'O1', 'R1', 'B1')(history()).bays('JD', { closed: ['B1'] }),
    ],
    [
      'a handoff starts at a closed station',
      8,
      /station JD is closed since/,
      () => history().ready('G1', 'O1').give('G1', 'R1').event('station.closed', 'station/JD', {}).start('G1'),
    ],
  ];
  it.each(broken)('%s', (_sentence, rules, says, tell) => expectBroken(tell(), rules, says));

  it('one swap may begin in the instant in which the other ends, as the tablets recorded it', () =>
    expectLegal(
      history()
        .ready('G1', 'O1')
        .ready('G2', 'O2')
        .at('10:10')
        .give('G2', 'R2')
        .start('G2')
        .wait(60)
        .complete('G2')
        .at('11:00')
        .offline('10:00', (h) => h.assign('G1', 'R1', { late: true }).start('G1'))
        .offline('10:10', (h) => h.complete('G1')),
    ));

  it('a handoff may start in the instant in which its station is suspended, where it was first', () => {
    const h = started('G1', 'O1', 'R1', 'B1')(history().at('10:10'));
    const startedAt = String(h.latest('handoff.started').data['startedAt']);
    h.suspend('JD').change((draft) => {
      draft.time = startedAt;
    });
    return expectLegal(h.complete('G1'));
  });

  it('a station that opens again takes handoffs again', () => {
    const h = history()
      .ready('G1', 'O1')
      .event('station.closed', 'station/JD', {})
      .wait(60)
      .station('JD', ['B1', 'B3']);
    return expectLegal(h.give('G1', 'R1').start('G1', 'B3').complete('G1'));
  });

  it('a bay that is added, or opened again, takes handoffs', () => {
    const h = history()
      .ready('G1', 'O1')
      .bays('JD', { added: ['B9'], closed: ['B1'] });
    h.give('G1', 'R1')
      .start('G1', 'B9')
      .complete('G1')
      .bays('JD', { added: ['B1'], closed: ['B9'] });
    return expectLegal(h.ready('G2', 'O2').give('G2', 'R2').start('G2', 'B1').complete('G2'));
  });

  it('two bays are two bays', () =>
    expectLegal(
      started(
        'G2',
        'O2',
        'R2',
        'B2',
      )(started('G1', 'O1', 'R1', 'B1')(history()))
        .complete('G1')
        .complete('G2'),
    ));
});
