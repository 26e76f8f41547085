/** What made a change: a request of somebody, or an event that a handler reacts to. Names everything that the change makes. */
export interface Cause {
  /** Unique per change: the idempotency key of a request, or `<group>:<event id>` of a handled event. Ids are drawn from it. */
  readonly id: string;
  /** `causationid` of the events that the change writes. */
  readonly causationId: string;
  /** W3C trace context of the request. */
  readonly traceparent?: string;
}
