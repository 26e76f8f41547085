import { dataSchema, type EventData, type EventName, type EventSource, eventType } from '@yizhan/contracts';
import { type Clock, type Ids, toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { Cause } from './cause.js';
import type { EventTracing } from './tracing.js';

/** An event as a use case states it: the log adds ids, sequence, position and hashes. */
export interface NewEvent<N extends EventName = EventName> {
  readonly name: N;
  /** A UUIDv7 that another event of the same change names; one is made where it is not given. */
  readonly id?: string;
  /** `<aggregate>/<id>`. */
  readonly subject: string;
  readonly areaCode: string;
  /** When it happened, epoch milliseconds. */
  readonly time: number;
  readonly data: EventData[N];
  /** The visit that it belongs to; the subject's id where there is none. */
  readonly correlationId?: string;
  readonly carrierId?: string;
}

/** States one event; keeps the data typed by its name. */
export function newEvent<N extends EventName>(event: NewEvent<N>): NewEvent {
  return event;
}

/** Where one service's events enter the log: in the transaction of the change, after every other statement of it. */
export class Outbox {
  constructor(
    private readonly source: EventSource,
    private readonly clock: Clock,
    private readonly ids: Ids,
    /** Called after commit, so that the sequencer need not wait for its next poll. */
    private readonly wake: () => void,
    /** Where traces are wanted. */
    private readonly tracing?: EventTracing,
  ) {}

  /**
   * Call it once in a transaction. The events go in with the commit, behind every other statement: later events must
   * never precede what made them possible.
   */
  append(tx: Transaction, cause: Cause, events: readonly NewEvent[]): void {
    if (events.length === 0) return;
    const { traceparent } = cause;
    // Of a transaction that is rolled back nothing is told: its step never ends.
    const step =
      traceparent === undefined ? undefined : this.tracing?.committing(traceparent, this.source, events.length);
    const seen = step === undefined ? cause : { ...cause, traceparent: step.traceparent };
    const lines = events.map((event, index) => ({
      subject: event.subject,
      event: JSON.stringify(this.#envelope(seen, event, index)),
    }));
    tx.onCommit(this.wake);
    if (step !== undefined) tx.onCommit(() => step.end());
    tx.last('SELECT event_log.append($1)', [JSON.stringify(lines)]);
  }

  #envelope(cause: Cause, event: NewEvent, index: number): object {
    const { name, subject } = event;
    return {
      specversion: '1.0',
      id: event.id ?? this.ids.uuid(`${this.source}|${cause.id}#${index}`, event.time),
      source: this.source,
      type: eventType(name),
      subject,
      time: toIso(event.time),
      recordedtime: toIso(Math.max(this.clock.now(), event.time)),
      partitionkey: event.areaCode,
      correlationid: event.correlationId ?? subject.slice(subject.indexOf('/') + 1),
      causationid: cause.causationId,
      ...(event.carrierId === undefined ? {} : { carrierid: event.carrierId }),
      ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
      datacontenttype: 'application/json',
      dataschema: dataSchema(name),
      data: event.data,
    };
  }
}
