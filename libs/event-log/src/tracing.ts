/** A step of a trace that has begun. */
export interface TracedStep {
  /** W3C trace context by which what follows becomes its child. */
  readonly traceparent: string;
  /** @param failure what has gone wrong, where something has */
  end(failure?: unknown): void;
}

/** Told of what becomes of a request's events, where traces are wanted: see `openTracing` of `@yizhan/observability`. */
export interface EventTracing {
  /** Events are sent with the commit of a change. @param parent W3C trace context of what made the change */
  committing(parent: string, source: string, events: number): TracedStep;
  /** A handler takes an event. @param parent W3C trace context that the event carries */
  handling(parent: string, group: string, type: string): TracedStep;
}
