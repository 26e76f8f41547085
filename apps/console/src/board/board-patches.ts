/** A truck of a board, by its visit. */
interface Boarded {
  readonly visitId: string;
}

/** A board, as far as its trucks go. */
interface Boards<V extends Boarded> {
  /** Of the last event that it shows. */
  readonly position: string;
  readonly asOf: string;
  readonly visits: readonly V[];
}

/** One truck that was read by itself: it stands on the board as `visit`, or no longer. */
export interface Patch<V extends Boarded> {
  readonly visitId: string;
  readonly position: string;
  readonly asOf: string;
  readonly visit?: V | undefined;
}

/**
 * Trucks that were read one by one after their events, on top of a board that is read as a whole now and then. Whichever
 * shows more of the log counts, in whatever order the answers come.
 */
export class BoardPatches<V extends Boarded> {
  readonly #newest = new Map<string, Patch<V>>();

  add(patch: Patch<V>): void {
    const known = this.#newest.get(patch.visitId);
    if (!known || isNewer(patch, known)) this.#newest.set(patch.visitId, patch);
  }

  /** The board with what is newer than it; what it shows itself is forgotten. Trucks that are the same stay the same objects. */
  on<B extends Boards<V>>(board: B): B {
    for (const [visitId, patch] of this.#newest) if (!isNewer(patch, board)) this.#newest.delete(visitId);
    if (this.#newest.size === 0) return board;
    const kept = board.visits.flatMap((visit) => {
      const patch = this.#newest.get(visit.visitId);
      if (!patch) return [visit];
      return patch.visit ? [patch.visit] : [];
    });
    const known = new Set(board.visits.map(({ visitId }) => visitId));
    const added = [...this.#newest.values()].flatMap(({ visitId, visit }) =>
      visit && !known.has(visitId) ? [visit] : [],
    );
    const asOf = [...this.#newest.values()].reduce(
      (last, patch) => (patch.asOf > last ? patch.asOf : last),
      board.asOf,
    );
    return { ...board, asOf, visits: [...kept, ...added] };
  }
}

const isNewer = (one: { readonly position: string }, other: { readonly position: string }): boolean =>
  Number(one.position) > Number(other.position);
