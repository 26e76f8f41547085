import { driver, history, station, type History } from './history.js';
import { expectBroken, expectLegal } from './verdict.js';

type Broken = [sentence: string, rules: number | number[], says: RegExp, tell: () => History];

const broken: Broken[] = [
  [
    'a driver arrives with a truck before he had, and left with, another one',
    3,
    /O1 answers for truck G2 .* and truck G1 .* at the same time/,
    () =>
      history()
        .at('10:30')
        .arrive('G1', 'O1')
        .depart('G1', 'turned_away')
        .at('11:00')
        .offline('10:05', (h) => h.arrive('G2', 'O1')),
  ],
  [
    'he has let it go by then',
    3,
    /at the same time/,
    () =>
      history()
        .at('10:30')
        .arrive('G1', 'O1')
        .depart('G1', 'turned_away')
        .at('11:00')
        .offline('10:05', (h) => h.arrive('G2', 'O1'))
        .depart('G2', 'turned_away'),
  ],
  [
    'a driver takes a truck over while he had another one',
    3,
    /R1 answers for truck G2 .* and truck G1 .* at the same time/,
    () =>
      history()
        .ready('G2', 'O2')
        .at('10:00')
        .ready('G1', 'O1')
        .swap('G1', 'R1')
        .at('11:00')
        .move('G1', driver('R1'), station('JD'))
        .at('12:00')
        .offline('10:30', (h) => h.assign('G2', 'R1', { late: true }).start('G2', 'B2').complete('G2')),
  ],
  [
    'an assignment ends before it was given',
    4,
    /of driver R1 to handoff .* ends at .*, but he was assigned at/,
    () =>
      history()
        .ready('G1', 'O1')
        .at('10:17')
        .assign('G1', 'R1')
        .at('10:30')
        .offline('10:09', (h) => h.endAssignment('G1', 'no_show'))
        .withhold('G1'),
  ],
  [
    'a swap begins while a hold stood that is lifted by now',
    5,
    /hold K1 on its cargo stands/,
    () =>
      history()
        .ready('G1', 'O1')
        .give('G1', 'R1')
        .at('10:00')
        .hold('G1', 'papers', { holdId: 'K1', lifting: 'by_hand' })
        .check('G1')
        .at('10:20')
        .lift('G1', 'K1')
        .at('10:30')
        .offline('10:10', (h) => h.start('G1')),
  ],
  [
    'a shift ends before it started',
    7,
    /shift of driver R1 ends at .*, but it started at/,
    () => history().offline('07:00', (h) => h.endShift('R1')),
  ],
  [
    'a shift starts before the last one ended',
    7,
    /R1 starts a shift at .*, but his last one ended at/,
    () =>
      history()
        .at('12:00')
        .endShift('R1')
        .offline('11:00', (h) => h.shift('R1')),
  ],
];

it.each(broken)('%s', (_sentence, rules, says, tell) => expectBroken(tell(), rules, says));

it('a truck that a driver had, and left with, before another one that is recorded already', () =>
  expectLegal(
    history()
      .at('10:30')
      .arrive('G1', 'O1')
      .depart('G1', 'turned_away')
      .at('11:00')
      .offline('10:05', (h) => h.arrive('G2', 'O1'))
      .offline('10:06', (h) => h.depart('G2', 'turned_away')),
  ));

it('a swap that began after the hold was lifted', () =>
  expectLegal(
    history()
      .ready('G1', 'O1')
      .give('G1', 'R1')
      .at('10:00')
      .hold('G1', 'papers', { holdId: 'K1', lifting: 'by_hand' })
      .check('G1')
      .at('10:20')
      .lift('G1', 'K1')
      .at('10:40')
      .offline('10:30', (h) => h.start('G1').complete('G1')),
  ));
