import type { EventTracing } from '@yizhan/event-log';

/** A request whose trace has begun. */
export interface TracedRequest {
  /** W3C trace context by which what follows becomes its child. */
  readonly traceparent: string;
  /** @param route its pattern, such as `/api/v1/stations/:stationCode`: never the address that was asked for */
  end(route: string, status: number): void;
}

/** Tells a collector of requests, commits and handlers. What is told holds methods, patterns, types and counts, and nobody's data. */
export interface Tracing extends EventTracing {
  /** @param traceparent as whoever asks has sent it */
  request(method: string, traceparent: string | undefined): TracedRequest;
  /** Sends what is still to be told, for a few seconds at most. */
  close(): Promise<void>;
}
