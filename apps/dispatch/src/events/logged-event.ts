import { asWritten } from '@yizhan/contracts';
import { decodeEvent } from '@yizhan/event-log';

/** What decides who sees an event, and which filter lets it through. */
export interface EventFacts {
  readonly type: string;
  readonly areaCode: string;
  /** Where it happened, where it names a station. */
  readonly stationCode?: string;
  /** Whose truck it is about, where it is one's. */
  readonly carrierId?: string;
}

/** One entry of the log on its way out. It is decoded when somebody first asks what it says, and then for all of them. */
export class LoggedEvent {
  #facts: EventFacts | undefined;
  #isDecoded = false;
  #frame: string | undefined;

  constructor(
    readonly position: number,
    /** The CloudEvent as it was hashed; canonical JSON has no line breaks. */
    readonly document: string,
  ) {}

  /** `undefined` where the entry is no event of ours: consumers quarantine it, and nobody is sent it. */
  get facts(): EventFacts | undefined {
    if (!this.#isDecoded) {
      this.#facts = factsOf(this.document);
      this.#isDecoded = true;
    }
    return this.#facts;
  }

  /** The event as a live stream sends it. */
  get frame(): string {
    this.#frame ??= `id: ${this.position}\nevent: ${this.facts?.type ?? 'message'}\ndata: ${this.document}\n\n`;
    return this.#frame;
  }
}

function factsOf(document: string): EventFacts | undefined {
  const decoded = decodeEvent(document, asWritten);
  if (!('event' in decoded)) return undefined;
  const { type, partitionkey: areaCode, carrierid: carrierId, data } = decoded.event;
  const stationCode = 'stationCode' in data ? data.stationCode : undefined;
  return {
    type,
    areaCode,
    ...(typeof stationCode === 'string' ? { stationCode } : {}),
    ...(typeof carrierId === 'string' ? { carrierId } : {}),
  };
}
