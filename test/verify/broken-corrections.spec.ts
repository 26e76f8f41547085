import { history, type History } from './history.js';
import { type Draft, uuid } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

let ids = 900;
beforeEach(() => {
  ids = 900;
});

/** Puts right what an event says: the new one stands for it. */
function correct(h: History, { id, name, subject, data }: Draft, change: object): History {
  const replacedBy = uuid((ids += 1));
  h.event('record.retracted', subject, { retractedEventId: id, reason: 'incorrect_data', replacedBy });
  return h.event(name, subject, { ...data, ...change }).change((draft) => (draft.id = replacedBy));
}

describe('what was corrected', () => {
  const arrived = (): History => history().arrive('G1', 'O1');

  it('is not corrected again in its old form', () => {
    const h = arrived();
    const first = h.latest();
    correct(h, first, { priority: 5 });
    // What stands for nothing is a second arrival.
    return expectBroken(correct(h, first, { priority: 6 }), [10, 2], /retracted already/);
  });

  it('is corrected again in its new form', () => {
    const h = arrived();
    correct(h, h.latest(), { priority: 5 });
    return expectLegal(correct(h, h.latest(), { priority: 6 }).check('G1'));
  });

  it('is not taken back in its old form', () => {
    const h = arrived();
    const { id, subject } = h.latest();
    correct(h, h.latest(), { priority: 5 });
    h.event('record.retracted', subject, { retractedEventId: id, reason: 'did_not_occur' });
    return expectBroken(h, 10, /retracted already/);
  });

  it('lies where it happened: what came after it can be taken back', () => {
    const h = arrived().check('G1', { passed: false });
    correct(h, h.latest('visit.arrived'), { priority: 5 });
    return expectLegal(h.retract('visit.checked').check('G1'));
  });
});

describe('a release', () => {
  const failedSince = (): History =>
    history()
      .ready('G1', 'O1')
      .swap('G1', 'R1')
      .release('G1')
      .check('G1', { passed: false })
      .hold('G1', 'check_failed')
      .retract('cargo.held');

  it('does not come back with the hold of a check that has failed', () =>
    expectBroken(failedSince().depart('G1'), 6, /departs swapped .* without a release/));

  it('comes back with the check', () => expectLegal(failedSince().retract('visit.checked').depart('G1')));
});

describe.each(['driver.shift_started', 'driver.credential_granted'])('%s', (name) => {
  const retract = (h: History): History => h.retract(name, {}, 'driver/R1');

  it('is not taken back after a swap that has relied on it', () =>
    expectBroken(
      retract(history().ready('G1', 'O1').swap('G1', 'R1').release('G1')),
      10,
      /but handoff.assigned at position \d+ depends on it/,
    ));

  it('is not taken back while an assignment relies on it', () =>
    expectBroken(retract(history().ready('G1', 'O1').assign('G1', 'R1')), 10, /but handoff.assigned/));

  it('is taken back where nothing came of the assignment', () =>
    expectLegal(
      retract(history().ready('G1', 'O1').assign('G1', 'R1').endAssignment('G1', 'withdrawn')).withhold('G1'),
    ));
});

it('a shift that began after the swap is taken back', () =>
  expectLegal(
    history()
      .ready('G1', 'O1')
      .swap('G1', 'R1')
      .endShift('R1')
      .shift('R1')
      .retract('driver.shift_started', {}, 'driver/R1')
      .release('G1'),
  ));
