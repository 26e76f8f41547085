import { history, type History } from './history.js';
import { uuid } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

const caseId = uuid(9_001);
const alert = { cause: 'alert', causeId: uuid(9_002), code: 'long_dwell' };
const byId = 'command_centre:zhang';

const tell = (h: History, what: string, more: Record<string, unknown> = {}, id = caseId): History => {
  const facts = { caseId: id, areaCode: 'A', ownerAreaCode: 'A', dueAt: '2026-03-02T12:00:00.000Z' };
  return h.event(`case.${what}`, `case/${id}`, { ...facts, byId, ...more });
};
const opened = (): History => tell(history(), 'opened', alert);
const accepted = (h = opened(), more = {}): History => tell(h, 'accepted', { ownerId: byId, ...more });
const toB = (h: History): History => tell(h, 'handed_over', { ownerAreaCode: 'B', fromAreaCode: 'A' });
const closed = (h: History, more = {}): History => tell(h, 'closed', { outcome: 'solved', ...more });

describe('rule 10: a case has one life', () => {
  it('is legal so', async () => {
    await expectLegal(closed(tell(accepted(), 'noted', { noteHash: 'a'.repeat(64) })));
    const there = accepted(tell(toB(accepted()), 'overdue', { ownerAreaCode: 'B' }), { ownerAreaCode: 'B' });
    const closedThere = closed(there, { ownerAreaCode: 'B' });
    // The other area hears of it from when it is its own on.
    await expectLegal(closedThere.inArea('B', (h) => toB(h)));
    await expectLegal(tell(closed(opened()), 'opened', alert, uuid(9_003)));
  });

  const broken: [sentence: string, says: RegExp, told: () => History][] = [
    ['accepted, and never opened', /not opened before/, () => accepted(history())],
    ['opened again', /opened again/, () => tell(opened(), 'opened', alert)],
    ['a second one for one cause', /is open for/, () => tell(opened(), 'opened', alert, uuid(9_003))],
    ['accepted twice', /accepted twice/, () => accepted(accepted())],
    [
      'handed over by who had nothing to do with it',
      /but is A’s/,
      () => tell(opened(), 'handed_over', { fromAreaCode: 'C' }),
    ],
    ['closed by an area that it was never given to', /not handed over/, () => closed(opened(), { ownerAreaCode: 'B' })],
    ['closed twice', /or is over/, () => closed(closed(opened()))],
  ];
  it.each(broken)('%s', (_sentence, says, told) => expectBroken(told(), 10, says));
});
