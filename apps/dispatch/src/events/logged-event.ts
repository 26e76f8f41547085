import { asWritten } from '@yizhan/contracts';
import { decodeEvent } from '@yizhan/event-log';

/** What decides who sees an event, and which filter lets it through. */
export interface EventFacts {
  readonly id: string;
  readonly type: string;
  readonly areaCode: string;
  /** Where it happened, where it names a station. */
  readonly stationCode?: string;
  /** Whose truck it is about, where it is one's. */
  readonly carrierId?: string;
  /** What it belongs to: the visit, where there is one. */
  readonly correlationId: string;
  /** The run that it is stated of, where it is one's. */
  readonly runId?: string;
  /** The truck, where the event itself names it. */
  readonly plate?: string;
  /** What is on board and under which numbers, where the event itself says so. */
  readonly consignments?: readonly string[];
  readonly references?: readonly string[];
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
  const {
    id,
    type,
    subject,
    partitionkey: areaCode,
    carrierid: carrierId,
    correlationid: correlationId,
    data,
  } = decoded.event;
  const told = data as ToldOfTruck;
  const stationCode = told.stationCode;
  const plate = told.plate ?? told.truck?.plate;
  const goods = Array.isArray(told.consignments) ? (told.consignments as readonly ToldOfConsignment[]) : undefined;
  const references = goods?.flatMap(({ waybillNo, outboundNo }) => [waybillNo, outboundNo]).filter(isText);
  const goodsIds = goods?.map((each) => each.id).filter(isText);
  return {
    id,
    type,
    areaCode,
    correlationId,
    ...(isText(stationCode) ? { stationCode } : {}),
    ...(isText(carrierId) ? { carrierId } : {}),
    ...(subject.startsWith(run) ? { runId: subject.slice(run.length) } : {}),
    ...(isText(plate) ? { plate } : {}),
    ...(goodsIds && references ? { consignments: goodsIds, references } : {}),
  };
}

const run = 'run/';

/** What data of any type may say of a truck; a reader takes what is there. */
interface ToldOfTruck {
  readonly stationCode?: unknown;
  readonly plate?: unknown;
  readonly truck?: { readonly plate?: unknown } | null;
  readonly consignments?: unknown;
}

interface ToldOfConsignment {
  readonly id?: unknown;
  readonly waybillNo?: unknown;
  readonly outboundNo?: unknown;
}

const isText = (value: unknown): value is string => typeof value === 'string';
