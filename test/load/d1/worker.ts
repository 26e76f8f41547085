/** What a process of a service has used and done since it was started. */
export interface Usage {
  readonly cpuMicroseconds: number;
  /** Events that have had their effect. */
  readonly handled: number;
}

/** One process of the service that is measured. */
export interface Worker {
  usage(): Promise<Usage>;
  /** Ends it as a rolling restart does. */
  stop(): Promise<void>;
}

/** A service of which one or more processes are started. */
export interface ServiceUnderTest {
  /** Its consumer group. */
  readonly group: string;
  start(number: number): Promise<Worker>;
}
