import { createHash } from 'node:crypto';
import {
  dataSchema,
  type EventData,
  type EventName,
  eventSources,
  eventType,
  type YizhanEvent,
} from '@yizhan/contracts';
import { canonicalJson } from '@yizhan/event-log';
import { type Ids, toIso } from '@yizhan/kernel';

/** What an event is about, beside what it says. */
export interface Told {
  /** The visit that it belongs to; its subject where there is none. */
  readonly visitId?: string;
  readonly carrierId?: string;
  /** What brought it about. */
  readonly cause: string;
}

const unhashed = '0'.repeat(64);

/** The log of one area, in memory: sequences and positions as in the real one, hashes only when it is exported. */
export class SimulatedLog {
  readonly events: YizhanEvent[] = [];
  readonly #sequences = new Map<string, number>();

  constructor(
    private readonly areaCode: string,
    private readonly ids: Ids,
  ) {}

  append<N extends EventName>(
    name: N,
    subject: string,
    at: number,
    data: EventData[N],
    { visitId, carrierId, cause }: Told,
  ): YizhanEvent<N> {
    const position = this.events.length + 1;
    const sequence = (this.#sequences.get(subject) ?? 0) + 1;
    this.#sequences.set(subject, sequence);
    const time = toIso(at);
    const event: YizhanEvent<N> = {
      specversion: '1.0',
      id: this.ids.uuid(`event/${position}`, at),
      source: subject.startsWith('assignment/') ? eventSources.scheduler : eventSources.station,
      type: eventType(name),
      subject,
      time,
      recordedtime: time,
      partitionkey: this.areaCode,
      sequence: String(sequence),
      position: String(position),
      previous: String(position - 1),
      prevhash: unhashed,
      correlationid: visitId ?? subject.slice(subject.indexOf('/') + 1),
      causationid: cause,
      ...(carrierId === undefined ? {} : { carrierid: carrierId }),
      datacontenttype: 'application/json',
      dataschema: dataSchema(name),
      data,
    };
    this.events.push(event);
    return event;
  }

  /** Every event as the document that an export has, each chained to the one before. */
  *documents(): Generator<string> {
    let prevhash = unhashed;
    for (const event of this.events) {
      const document = canonicalJson({ ...event, prevhash });
      prevhash = createHash('sha256').update(document).digest('hex');
      yield document;
    }
  }
}
