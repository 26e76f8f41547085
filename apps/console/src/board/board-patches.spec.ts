import fc from 'fast-check';
import { BoardPatches } from './board-patches.js';

interface Truck {
  readonly visitId: string;
  readonly at: number;
}

const board = (position: number, ...visits: readonly Truck[]) => ({
  position: String(position),
  asOf: `t${String(position).padStart(4, '0')}`,
  visits,
});
const patch = (position: number, visitId: string, visit?: Truck) => ({
  visitId,
  position: String(position),
  asOf: `t${String(position).padStart(4, '0')}`,
  visit,
});

it('shows a truck that was read after the board, one that has come, and none that has gone', () => {
  const patches = new BoardPatches<Truck>();
  patches.add(patch(7, 'a', { visitId: 'a', at: 7 }));
  patches.add(patch(8, 'b'));
  patches.add(patch(9, 'c', { visitId: 'c', at: 9 }));
  const other = { visitId: 'd', at: 1 };
  const shown = patches.on(board(6, { visitId: 'a', at: 1 }, { visitId: 'b', at: 1 }, other));
  expect(shown).toEqual({ ...board(6, { visitId: 'a', at: 7 }, other, { visitId: 'c', at: 9 }), asOf: 't0009' });
  expect(shown.visits[1]).toBe(other);
});

it('goes by a board that shows as much or more', () => {
  const patches = new BoardPatches<Truck>();
  patches.add(patch(7, 'a', { visitId: 'a', at: 6 }));
  const newer = board(7, { visitId: 'a', at: 7 });
  expect(patches.on(newer)).toBe(newer);
});

it('shows the newest of everything that was read, in whatever order it came', () => {
  // Each step of the log moves one of three trucks; any prefix of it can be read, of one truck or of all.
  const scenario = fc.tuple(
    fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean()), { minLength: 1, maxLength: 12 }),
    fc.array(fc.tuple(fc.nat(12), fc.constantFrom('a', 'b', 'c', undefined)), { minLength: 1, maxLength: 12 }),
  );
  fc.assert(
    fc.property(scenario, ([log, reads]) => {
      const stateAt = (position: number) => {
        const state = new Map<string, Truck>();
        log.slice(0, position).forEach(([visitId, isThere], index) => {
          if (isThere) state.set(visitId, { visitId, at: index + 1 });
          else state.delete(visitId);
        });
        return state;
      };
      const patches = new BoardPatches<Truck>();
      const newest = new Map<string, number>();
      let whole = board(0);
      let shown = whole;
      for (const [asked, visitId] of reads) {
        const position = Math.min(asked, log.length);
        const state = stateAt(position);
        if (visitId !== undefined) {
          patches.add(patch(position, visitId, state.get(visitId)));
          newest.set(visitId, Math.max(newest.get(visitId) ?? 0, position));
        } else if (position >= Number(whole.position)) whole = board(position, ...state.values());
        shown = patches.on(whole);
      }
      for (const visitId of ['a', 'b', 'c']) {
        const known = Math.max(newest.get(visitId) ?? 0, Number(whole.position));
        expect(shown.visits.find((each) => each.visitId === visitId)).toEqual(stateAt(known).get(visitId));
      }
    }),
  );
});
