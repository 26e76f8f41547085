import { history, type History } from './history.js';
import { at } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

type Broken = [sentence: string, rules: number | number[], says: RegExp, tell: () => History];

describe('rule 9: no silent wait', () => {
  const later = (h: History): History => h.wait(30).arrive('G9', 'O2');
  const broken: Broken[] = [
    [
      'a proposal of an older epoch is no reason',
      9,
      /nothing says why/,
      () =>
        later(
          history()
            .ready('G2', 'O2')
            .propose('G2', 'R2', 'D1', { epoch: 3 })
            .depart('G2', 'turned_away')
            .ready('G1', 'O1')
            .propose('G1', 'R1', 'D2', { epoch: 2 }),
        ),
    ],
    [
      'a refused proposal is no reason',
      9,
      /nothing says why/,
      () => later(history().ready('G1', 'O1').propose('G1', 'R1', 'D1').refuse('G1', 'R1', 'D1')),
    ],
    [
      'a declined assignment leaves a silent wait',
      9,
      /nothing says why/,
      () => later(history().ready('G1', 'O1').assign('G1', 'R1').endAssignment('G1', 'declined')),
    ],
  ];
  it.each(broken)('%s', (_sentence, rules, says, tell) => expectBroken(tell(), rules, says));

  it('what ended with its visit does not wait', () =>
    expectLegal(later(history().ready('G1', 'O1').depart('G1', 'turned_away'))));

  it('what is under five seconds old may be silent', () => expectLegal(history().at('10:00').ready('G1', 'O1')));

  it('names the instant, at the end of the log', () =>
    expectBroken(
      later(history().at('10:00').ready('G1', 'O1')),
      9,
      new RegExp(`waits since ${at('10:00').slice(0, 16)}`),
    ));
});
