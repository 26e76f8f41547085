/** One chain from a change to the acknowledgement of its event, with everything it needs open. */
export interface Chain {
  /**
   * Runs one round. Each write begins at its instant (milliseconds from the start of the round).
   * @returns of each write, from just before its commit to the acknowledgement by Kafka, in milliseconds.
   */
  round(instants: readonly number[]): Promise<number[]>;
  close(): Promise<void>;
}
