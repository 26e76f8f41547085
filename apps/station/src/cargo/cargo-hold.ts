/** One reason, or several together, for which the cargo is kept. */
export interface CargoHold {
  readonly holdId: string;
  /** Codes, never free text. */
  readonly reasons: readonly string[];
  /** Who put it on; absent where a check did. */
  readonly byId?: string;
  /** Whose it is to lift by hand. */
  readonly of: 'station' | 'command_centre';
  /** `by_hand`: it stands until somebody lifts it; `by_check`: also a later passed check lifts it. */
  readonly lifting: 'by_check' | 'by_hand';
  readonly heldAt: number;
}

/** The holds as the visit shows them in sum. */
export function withHolds<V extends { readonly holds: readonly CargoHold[] }>(visit: V, holds: readonly CargoHold[]) {
  const holdReasons = [...new Set(holds.flatMap(({ reasons }) => reasons))];
  return { ...visit, holds, held: holds.length > 0, holdReasons };
}
