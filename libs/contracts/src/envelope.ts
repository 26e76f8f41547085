import type { EventData, EventName } from './event-data.js';

/** Name on the wire of version 1 of an event type. */
export type EventType<N extends EventName = EventName> = `yizhan.${N}.v1`;

/** One CloudEvents 1.0 document in structured mode, the same on every way out. See contract/events.md. */
export interface YizhanEvent<N extends EventName = EventName> {
  readonly specversion: '1.0';
  /** UUIDv7; every receiver's idempotency key. */
  readonly id: string;
  /** The service that wrote it. */
  readonly source: EventSource;
  /** `yizhan.<event>.v<version>`, such as `yizhan.handoff.completed.v1`. */
  readonly type: EventType<N>;
  /** `<aggregate>/<id>`. */
  readonly subject: string;
  /** When it happened: RFC 3339, UTC, milliseconds. */
  readonly time: string;
  /** When it was recorded; later than `time` for what was logged offline. */
  readonly recordedtime: string;
  /** The area code; also the Kafka message key. */
  readonly partitionkey: string;
  /** Per subject 1, 2, 3 … without a gap. */
  readonly sequence: string;
  /** Place in the log: 1, 2, 3 … without a gap. */
  readonly position: string;
  /** Position of the previous event with the same key, `"0"` for the first. */
  readonly previous: string;
  /** SHA-256 (hex) of the RFC 8785 form of that previous event; 64 zeros for the first. */
  readonly prevhash: string;
  /** Id of the visit that it belongs to; of its subject where there is none. */
  readonly correlationid: string;
  /** Id of the event that caused it, or the `Idempotency-Key` of the request. */
  readonly causationid: string;
  /** The carrier whose truck it is about. */
  readonly carrierid?: string;
  /** W3C trace context of the request. */
  readonly traceparent?: string;
  readonly datacontenttype: 'application/json';
  /** URL of the JSON Schema of `data`. */
  readonly dataschema: string;
  /** What has happened. */
  readonly data: EventData[N];
}

export const eventSources = {
  station: '/yizhan/station',
  scheduler: '/yizhan/scheduler',
  dispatch: '/yizhan/dispatch',
  commandCentre: '/yizhan/command-centre',
} as const;

export type EventSource = (typeof eventSources)[keyof typeof eventSources];

/** `handoff.completed` → `yizhan.handoff.completed.v1`. */
export function eventType<N extends EventName>(name: N): EventType<N> {
  return `yizhan.${name}.v1`;
}

/** URL of the JSON Schema of an event type. */
export function dataSchema(name: EventName): string {
  return `https://yizhan.dev/schemas/${eventType(name)}.json`;
}

const wireType = /^yizhan\.([a-z_]+\.[a-z_]+)\.v(\d+)$/;

/** Short name and version of a type on the wire, or `undefined` where it is not one of ours. */
export function parseEventType(type: string): { name: string; version: number } | undefined {
  const match = wireType.exec(type);
  if (!match?.[1] || !match[2]) return undefined;
  return { name: match[1], version: Number(match[2]) };
}

/** Narrows an event to one type. */
export function isEvent<N extends EventName>(event: YizhanEvent, name: N): event is YizhanEvent<N> {
  return event.type === eventType(name);
}
