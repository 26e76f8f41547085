/** One cargo vehicle leaving the motorway at a toll gate: the only real thing in a replay. */
export interface Passage {
  /** Names the passage among all of its file. What is made up for it is drawn from this. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly tollgate: string;
  /** Capacity class, 0 to 7. */
  readonly vehicleModel: string;
}

/** What was in the file, and what of it is played. */
export interface PassageCount {
  readonly rowsInFile: number;
  /** Exits of cargo vehicles on the days that are played, duplicates included. */
  readonly cargoExits: number;
  readonly duplicatesDropped: number;
  readonly used: number;
}

export interface PassageFile {
  /** In order of time. */
  readonly passages: readonly Passage[];
  readonly count: PassageCount;
  /** SHA-256 (hex) of the file. */
  readonly sha256: string;
}
