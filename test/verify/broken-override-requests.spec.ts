import { history, type History } from './history.js';
import type { Fields } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

const asked = (more: Fields = {}): History =>
  tell(history().ready('G1', 'O1'), 'requested', {
    reason: 'no_other_driver',
    byId: 'operator:lin',
    expiresAt: '2030-01-01T00:00:00.000Z',
    ...more,
  });

const tell = (h: History, what: 'requested' | 'approved' | 'refused', more: Fields): History =>
  h.override('G1', what, { overrideRequestId: 'first', rule: 'credentials', driverId: 'R1', ...more });

const approve = (h: History, more: Fields = {}): History =>
  tell(h, 'approved', { byId: 'shift_lead:zhao', standsUntil: '2030-01-01T00:15:00.000Z', ...more });

const refuse = (h: History): History => tell(h, 'refused', { byId: 'shift_lead:zhao' });

describe('rule 7: a request for an override is decided once, in time, by another person', () => {
  it('is legal so', async () => {
    await expectLegal(approve(asked()).give('G1', 'R1'));
    await expectLegal(refuse(asked()).give('G1', 'R1'));
    // Nobody has to answer: it ends by itself.
    await expectLegal(asked().give('G1', 'R1'));
  });

  const broken: [sentence: string, says: RegExp, tell: () => History][] = [
    [
      'asked twice',
      /first is asked twice/,
      () =>
        tell(asked(), 'requested', {
          reason: 'no_other_driver',
          byId: 'operator:lin',
          expiresAt: '2030-01-01T00:00:00.000Z',
        }),
    ],
    ['never asked', /is not open/, () => approve(history().ready('G1', 'O1'))],
    ['approved after it was refused', /is not open/, () => approve(refuse(asked()))],
    ['approved by who asks', /operator:lin, who has asked/, () => approve(asked(), { byId: 'operator:lin' })],
    ['approved too late', /but it ended at 2020/, () => approve(asked({ expiresAt: '2020-01-01T00:00:00.000Z' }))],
    ['approved for another driver', /as another one/, () => approve(asked(), { driverId: 'R2' })],
  ];
  it.each(broken)('%s', (_sentence, says, told) => expectBroken(told().give('G1', 'R1'), 7, says));
});
