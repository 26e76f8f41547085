import fc from 'fast-check';
import { contactsOf, type HandoffMeeting, type Meetings, touchesOf } from './contacts.js';

const nothing: Meetings = { handoffs: [], moves: [], hosts: [], gates: [] };
const driver = (id: string) => ({ kind: 'driver', id }) as const;
const at = Date.parse('2026-03-02T00:00:00Z');

const swap = (onComingId: string, fromId: string, minute: number): HandoffMeeting => ({
  handoffId: `h${minute}`,
  visitId: `v${minute}`,
  runId: null,
  plate: 'G1',
  stationCode: 'JD',
  at: at + minute * 60_000,
  onComingId,
  from: driver(fromId),
  witnessId: 'operator:lin',
});

test('whoever was in the bay with him is met: as the other one, and as the witness', () => {
  const handoffs = [swap('O1', 'R1', 60), swap('R1', 'O1', 5)];
  expect(contactsOf('R1', { ...nothing, handoffs }).map(({ id, as }) => [id, as])).toEqual([
    ['O1', 'offgoing'],
    ['operator:lin', 'witness'],
    ['O1', 'oncoming'],
    ['operator:lin', 'witness'],
  ]);
});

test('where a truck stood in a station’s custody the witness is met alone', () => {
  const handoffs = [{ ...swap('R1', 'O1', 5), from: { kind: 'station', id: 'JD' } as const }];
  expect(contactsOf('R1', { ...nothing, handoffs }).map(({ as }) => as)).toEqual(['witness']);
});

test('who gave or took a truck by the way is met, and the enterprise that it reached', () => {
  const moves = [
    { plate: 'G1', at, from: driver('R1'), to: driver('R2'), place: 'E1' },
    { plate: 'G2', at: at + 1, from: { kind: 'enterprise', id: 'E2' } as const, to: driver('R1'), place: 'E2' },
  ];
  const hosts = [{ plate: 'G2', at: at + 2, runId: 'r', enterpriseId: 'E3' }];
  expect(contactsOf('R1', { ...nothing, moves, hosts })).toEqual([
    { id: 'R2', as: 'taker', place: 'E1', at: '2026-03-02T00:00:00.000Z', plate: 'G1' },
    { id: 'E2', as: 'giver', place: 'E2', at: '2026-03-02T00:00:00.001Z', plate: 'G2' },
    { id: 'E3', as: 'host', place: 'E3', at: '2026-03-02T00:00:00.002Z', plate: 'G2' },
  ]);
});

test('every meeting touches its truck, in the order of time', () => {
  const gates = [{ plate: 'G1', at: at - 60_000, visitId: 'v5', runId: 'r', stationCode: 'JD' }];
  const touches = touchesOf({ ...nothing, gates, handoffs: [swap('O1', 'R1', 5)] });
  expect(touches.map(({ plate, place, handoffId, runId }) => [plate, place, handoffId, runId])).toEqual([
    ['G1', 'JD', undefined, 'r'],
    ['G1', 'JD', 'h5', undefined],
  ]);
});

test('who met whom is the same seen from both, whatever happened', () => {
  const people = ['A', 'B', 'C', 'D'];
  const swaps = fc.array(
    fc
      .tuple(fc.constantFrom(...people), fc.constantFrom(...people), fc.nat(500))
      .filter(([one, other]) => one !== other)
      .map(([one, other, minute]) => swap(one, other, minute)),
  );
  fc.assert(
    fc.property(swaps, (all) => {
      const metBy = (who: string) =>
        contactsOf(who, {
          ...nothing,
          handoffs: all.filter((each) => each.onComingId === who || each.from?.id === who),
        });
      for (const one of people) {
        for (const other of people) {
          const seen = metBy(one).filter(({ id }) => id === other);
          const back = metBy(other).filter(({ id }) => id === one);
          // The slow way: every pair of hands.
          const pairs = all.filter(({ onComingId, from }) => new Set([onComingId, from?.id, one, other]).size === 2);
          const expected = one === other ? [] : pairs.map((each) => each.at).toSorted((a, b) => a - b);
          expect(seen.map((contact) => Date.parse(contact.at))).toEqual(expected);
          expect(back.map((contact) => Date.parse(contact.at))).toEqual(expected);
        }
      }
    }),
  );
});
