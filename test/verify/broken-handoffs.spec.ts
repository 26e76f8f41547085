import { driver, history, type History } from './history.js';
import { at } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

type Broken = [sentence: string, rules: number | number[], says: RegExp, tell: () => History];

const ready = (): History => history().ready('G1', 'O1');
const started = (): History => ready().give('G1', 'R1').start('G1');
const swapped = (): History => ready().swap('G1', 'R1');
const without = (role: string): { role: string; personId: string }[] =>
  ['offgoing', 'oncoming', 'witness']
    .filter((other) => other !== role)
    .map((other) => ({ role: other, personId: other }));

describe('rule 4: at most one live assignment', () => {
  const broken: Broken[] = [
    [
      'a driver has two',
      4,
      /R1 is assigned to handoff H-G2-1-1 while his assignment to handoff H-G1-1-1 is live/,
      () => ready().assign('G1', 'R1').ready('G2', 'O2').assign('G2', 'R1'),
    ],
    [
      'a handoff has two',
      4,
      /while the assignment of driver R1 is live/,
      () => ready().assign('G1', 'R1').assign('G1', 'R2'),
    ],
    [
      'a driver is assigned twice to the same',
      4,
      /while the assignment of driver R1 is live/,
      () => ready().assign('G1', 'R1').assign('G1', 'R1'),
    ],
    ['a completed handoff is assigned', 4, /which is completed/, () => swapped().assign('G1', 'R2')],
    ['an aborted handoff is assigned', 4, /which is aborted/, () => ready().abort('G1').assign('G1', 'R1')],
    [
      'an assignment ends that the driver does not have',
      4,
      /R2 to handoff H-G1-1-1 ends, but he has none/,
      () => ready().assign('G1', 'R1').endAssignment('G1', 'declined', { driverId: 'R2' }),
    ],
    [
      'an assignment ends twice',
      4,
      /he has none/,
      () =>
        ready()
          .withhold('G1')
          .assign('G1', 'R1')
          .endAssignment('G1', 'expired')
          .withhold('G1')
          .endAssignment('G1', 'expired'),
    ],
    [
      'he starts with another truck in his hands',
      4,
      /while he still holds truck G1/,
      () => history().goIn('G1', 'O1', 'R1').ready('G2', 'O2').give('G2', 'R1').start('G2'),
    ],
    [
      'a decision is committed for another driver',
      4,
      /D1 proposed driver R1 .* but driver R2/,
      () => ready().propose('G1', 'R1', 'D1').assign('G1', 'R2', { assignedBy: 'scheduler', decisionId: 'D1' }),
    ],
  ];
  it.each(broken)('%s', (_sentence, rules, says, tell) => expectBroken(tell(), rules, says));

  it('he may be assigned for after his return', () =>
    expectLegal(
      history()
        .goIn('G1', 'O1', 'R1')
        .ready('G2', 'O2')
        .give('G2', 'R1')
        .goOut('G1', 'R1', 'O1')
        .start('G2')
        .complete('G2'),
    ));
});

describe('rule 5: in order, checked, authorised, signed', () => {
  const broken: Broken[] = [
    ['started without acceptance', 5, /which he has not accepted/, () => ready().assign('G1', 'R1').start('G1')],
    [
      'started by another driver',
      5,
      /R2 starts handoff H-G1-1-1, to which he is not assigned/,
      () => ready().give('G1', 'R1').start('G1', 'B1', { driverId: 'R2' }),
    ],
    [
      'started without an assignment',
      5,
      /to which he is not assigned/,
      () => ready().start('G1', 'B1', { driverId: 'R1' }),
    ],
    [
      'started after the assignment ended',
      5,
      /to which he is not assigned/,
      () => ready().give('G1', 'R1').endAssignment('G1', 'withdrawn').start('G1'),
    ],
    ['started twice', 5, /is started, but it is started/, () => started().start('G1')],
    [
      'started without a check',
      5,
      /it was not checked/,
      () => history().arrive('G1', 'O1').request('G1').give('G1', 'R1').start('G1'),
    ],
    [
      'started after a failed check',
      5,
      /its last check failed/,
      () => ready().check('G1', { passed: false }).give('G1', 'R1').start('G1'),
    ],
    ['started while held', 5, /followed by a hold/, () => ready().give('G1', 'R1').hold('G1').start('G1')],
    [
      'started before the check, as the tablet says',
      5,
      /it was not checked/,
      () =>
        history()
          .arrive('G1', 'O1')
          .at('09:30')
          .check('G1')
          .request('G1')
          .at('09:40')
          .offline('09:10', (h) => h.assign('G1', 'R1', { late: true }).start('G1')),
    ],
    [
      'started without an authorisation',
      5,
      /without an authorisation/,
      () => ready().give('G1', 'R1').start('G1', 'B1', { authorisation: null }),
    ],
    [
      'authorised by nobody',
      5,
      /without an authorisation/,
      () =>
        ready()
          .give('G1', 'R1')
          .start('G1', 'B1', { authorisation: { carrierId: 'C1', at: at('09:00') } }),
    ],
    [
      'completed without a start',
      5,
      /H-G1-1-1 is completed, but it is requested/,
      () => ready().give('G1', 'R1').complete('G1'),
    ],
    ['completed twice', [5, 3], /it is completed, not started/, () => swapped().complete('G1', { from: driver('O1') })],
    [
      'completed by another driver',
      5,
      /started by driver R1 and is completed by driver R2/,
      () => started().complete('G1', { toDriverId: 'R2' }),
    ],
    [
      'completed in another bay',
      5,
      /started in bay B1 and is completed in bay B2/,
      () => started().complete('G1', { bayCode: 'B2' }),
    ],
    [
      'completed without the off-going signature',
      5,
      /without the signature of: offgoing/,
      () => started().complete('G1', { signatures: without('offgoing') }),
    ],
    [
      'completed without the on-coming signature',
      5,
      /oncoming/,
      () => started().complete('G1', { signatures: without('oncoming') }),
    ],
    ['completed without the witness', 5, /witness/, () => started().complete('G1', { signatures: without('witness') })],
    [
      'custody moved before the start',
      5,
      /not in this order/,
      () => started().complete('G1', { custodyAt: at('08:59') }),
    ],
    [
      'custody moved after the completion was told',
      5,
      /not in this order/,
      () => started().complete('G1', { custodyAt: at('23:00') }),
    ],
    [
      'an assignment ends after the start',
      5,
      /it can only complete or abort/,
      () => started().endAssignment('G1', 'withdrawn'),
    ],
    [
      'accepted by another driver',
      5,
      /R2 accepts handoff H-G1-1-1, to which he is not assigned/,
      () =>
        ready()
          .assign('G1', 'R1')
          .accept('G1')
          .change((draft) => (draft.data['driverId'] = 'R2')),
    ],
    ['a completed handoff is aborted', 5, /is aborted, but it is completed/, () => swapped().abort('G1')],
    [
      'a handoff is requested again under its id',
      5,
      /a new try has a new id/,
      () => ready().abort('G1').request('G1', { handoffId: 'H-G1-1-1' }),
    ],
    [
      'a visit has two handoffs at once',
      5,
      /whose handoff H-G1-1-1 has not been aborted/,
      () => ready().request('G1').withhold('G1').depart('G1', 'turned_away'),
    ],
    [
      'a truck departs in the middle of a swap',
      5,
      /departs while handoff H-G1-1-1 is started/,
      () => started().depart('G1', 'turned_away'),
    ],
  ];
  it.each(broken)('%s', (_sentence, rules, says, tell) => expectBroken(tell(), rules, says));
});

describe('rule 6: released and gone', () => {
  const broken: Broken[] = [
    [
      'released before the handoff is completed',
      6,
      /H-G1-1-1 is started, not completed/,
      () => started().release('G1'),
    ],
    [
      'released after a failed check',
      6,
      /its check of .* failed/,
      () => swapped().check('G1', { passed: false }).release('G1'),
    ],
    ['released after an aborted handoff', 6, /is aborted, not completed/, () => started().abort('G1').release('G1')],
    ['departed swapped without a release', 6, /without a release/, () => swapped().depart('G1')],
    [
      'departed swapped although held after the release',
      6,
      /without a release of its cargo that still stands/,
      () => swapped().release('G1').hold('G1').depart('G1'),
    ],
    [
      'gone on without a swap and without a check',
      6,
      /goes on across the line in visit V-G1-1, but it was not checked/,
      () => history().arrive('G1', 'R1').depart('G1', 'no_swap_needed'),
    ],
    [
      'gone on without a swap after a failed check',
      6,
      /goes on across the line .* its last check has not passed/,
      () => history().arrive('G1', 'R1').check('G1', { passed: false }).depart('G1', 'no_swap_needed'),
    ],
    ['departed twice', 6, /the visit is departed/, () => swapped().release('G1').depart('G1').depart('G1')],
    [
      'departed with the one who handed it over',
      6,
      /departs with driver O1, but its custodian is driver R1/,
      () =>
        swapped()
          .release('G1')
          .depart('G1', 'swapped', { custodian: driver('O1') }),
    ],
    [
      'turned away with another driver',
      6,
      /departs with driver O2/,
      () =>
        history()
          .arrive('G1', 'O1')
          .depart('G1', 'turned_away', { custodian: driver('O2') }),
    ],
    [
      'checked after the gate-out',
      6,
      /not at the station: the visit is departed/,
      () => swapped().release('G1').depart('G1').check('G1'),
    ],
    [
      'released after the gate-out',
      6,
      /the visit is departed/,
      () => swapped().depart('G1', 'no_swap_needed').release('G1'),
    ],
    ['checked before the gate-in', 6, /the visit is announced/, () => announced(history()).check('G1')],
  ];
  it.each(broken)('%s', (_sentence, rules, says, tell) => expectBroken(tell(), rules, says));

  it('released once checked again after a hold', () =>
    expectLegal(swapped().hold('G1').check('G1').release('G1').depart('G1')));
});

/** A visit that is told of, and has not begun. */
function announced(h: History): History {
  h.arrive('G1', 'O1').change((draft) => {
    draft.name = 'visit.announced';
    draft.data['expectedAt'] = draft.data['arrivedAt'];
    delete draft.data['custodian'];
  });
  return h;
}
