import { history, type History } from './history.js';
import type { Fields } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

const second = { secondPerson: ['seal', 'credentials'], overridable: ['hours', 'credentials', 'seal'] };
const override = (rule: string, more: Fields = {}) => ({
  overrides: [{ rule, reason: 'emergency', byId: 'lead-1', ...more }],
});
const seal = (number: string) => ({ seal: { number, intact: true } });
const sealed = (): History =>
  history(second).arrive('G1', 'O1').check('G1', { sealNumber: 'S1' }).request('G1').give('G1', 'R1').start('G1');
const held = (): History =>
  history(second).ready('G1', 'O1').hold('G1', 'papers', { holdId: 'H1', lifting: 'by_hand' }).check('G1');

describe('a second person', () => {
  it('approves an override where the policy asks for one', async () => {
    await expectLegal(
      history(second)
        .ready('G1', 'O1')
        .give('G1', 'R1', override('credentials', { secondId: 'lead-2' })),
    );
    await expectLegal(history(second).ready('G1', 'O1').give('G1', 'R1', override('hours')));
    await expectLegal(history().ready('G1', 'O1').give('G1', 'R1', override('credentials')));
  });

  it.each([
    ['nobody', {}],
    ['the same', { secondId: 'lead-1' }],
  ])('is missing: %s', async (_who, more) => {
    const lone = history(second).ready('G1', 'O1').give('G1', 'R1', override('credentials', more));
    await expectBroken(lone, 7, /overrides credentials without a second person/);
  });
});

describe('the seal', () => {
  it('is the recorded one, or overridden by two', async () => {
    await expectLegal(sealed().complete('G1', seal('S1')));
    await expectLegal(sealed().complete('G1', { ...seal('S2'), ...override('seal', { secondId: 'lead-2' }) }));
  });

  it('is recorded anew after a mismatch, and once it is over', async () => {
    const again = sealed()
      .abort('G1')
      .hold('G1')
      .check('G1', { sealNumber: 'S2' })
      .request('G1')
      .give('G1', 'R1')
      .start('G1')
      .complete('G1', seal('S2'));
    await expectLegal(again.release('G1').depart('G1').openRun('G1', 'R1'));
  });

  it('is neither another one nor overridden by one', async () => {
    await expectBroken(sealed().complete('G1', seal('S2')), 5, /seal S2, but the recorded one is S1/);
    await expectBroken(
      sealed().complete('G1', { ...seal('S2'), ...override('seal') }),
      5,
      /overrides seal without a second person/,
    );
    await expectBroken(sealed().complete('G1', override('hours')), 5, /overrides hours, which can not be overridden/);
  });
});

describe('a hold that is for a hand to lift', () => {
  it('stands until it is lifted', async () => {
    await expectLegal(held().give('G1', 'R1').lift('G1', 'H1').start('G1').complete('G1').release('G1'));
  });

  it('keeps the handoff and the cargo until then', async () => {
    await expectBroken(held().give('G1', 'R1').start('G1'), 5, /hold H1 on its cargo stands/);
    const after = history(second)
      .ready('G1', 'O1')
      .swap('G1', 'R1')
      .hold('G1', 'papers', { holdId: 'H1', lifting: 'by_hand' });
    await expectBroken(after.check('G1').release('G1'), 6, /released, but hold H1 stands/);
    await expectBroken(history().ready('G1', 'O1').lift('G1', 'H9'), [6, 9], /hold H9 .* does not stand/);
  });
});
