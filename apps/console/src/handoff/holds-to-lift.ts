interface Hold {
  readonly holdId: string;
  readonly of: string;
  readonly heldAt: string;
}

/** Holds in the order in which a station is asked for them: its own first, the oldest first; those of others are theirs to lift. */
export const holdsToLift = <H extends Hold>(holds: readonly H[]): readonly H[] =>
  holds.toSorted(
    (one, other) =>
      Number(one.of !== 'station') - Number(other.of !== 'station') || one.heldAt.localeCompare(other.heldAt),
  );
