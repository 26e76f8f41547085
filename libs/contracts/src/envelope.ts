import type { EventData, EventName } from './event-data.js';
import type { Code, EventId, Instant, Ordinal, Position, Sha256 } from './scalars.js';

/** Name on the wire of version 1 of an event type. */
export type EventType<N extends EventName = EventName> = `yizhan.${N}.v1`;

/** One CloudEvents 1.0 document in structured mode, the same on every way out. See contract/events.md. */
export interface YizhanEvent<N extends EventName = EventName> {
  readonly specversion: '1.0';
  /** Every receiver's idempotency key. */
  readonly id: EventId;
  /** The service that wrote it. */
  readonly source: EventSource;
  /** `yizhan.<event>.v<version>`, such as `yizhan.handoff.completed.v1`. */
  readonly type: EventType<N>;
  /** What it is about: `<aggregate>/<id>`. */
  readonly subject: string;
  /** When it happened. */
  readonly time: Instant;
  /** When it was recorded; later than `time` for what was logged offline. */
  readonly recordedtime: Instant;
  /** The area code; also the Kafka message key. */
  readonly partitionkey: Code;
  /** Per subject 1, 2, 3 … without a gap. */
  readonly sequence: Ordinal;
  /** Place in the log: 1, 2, 3 … without a gap. */
  readonly position: Ordinal;
  /** Position of the previous event with the same key, `"0"` for the first. */
  readonly previous: Position;
  /** Of the RFC 8785 form of that previous event; 64 zeros for the first. */
  readonly prevhash: Sha256;
  /** Id of the visit that it belongs to; of its subject where there is none. */
  readonly correlationid: string;
  /** Id of the event that caused it, or the `Idempotency-Key` of the request. */
  readonly causationid: string;
  /** The carrier whose truck it is about. */
  readonly carrierid?: Code;
  /**
   * W3C trace context of the request.
   * @pattern ^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$
   */
  readonly traceparent?: string;
  readonly datacontenttype: 'application/json';
  /** URL of the JSON Schema of `data`; the document as a whole has one at the same place, ending in `.event.json`. */
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

/** The folder of the schemas that `dataSchema` names, in the sources and in what is built from them alike. */
export const schemaFolder = new URL('../schemas/', import.meta.url);

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
