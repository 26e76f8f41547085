import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { type EventFacts, LoggedEvent } from '../events/logged-event.js';

/** What is known of one visit or run, and how far in the log that was said. */
interface TruckOfVisit {
  plate?: string;
  plateAt: number;
  goods?: Pick<EventFacts, 'consignments' | 'references'>;
  goodsAt: number;
  /** Of a run: the visit from which it began, whose goods are on board; and where that was said. */
  visitId?: string;
  visitAt?: number;
  /** Up to where the log was asked for it, whatever came of that. */
  askedTo: number;
}

const mostKept = 20_000;
/** They say which truck a visit or a run is about, and what is on board. */
const telling = [
  'yizhan.visit.announced.v1',
  'yizhan.visit.arrived.v1',
  'yizhan.visit.queued.v1',
  'yizhan.run.opened.v1',
  'yizhan.custody.moved.v1',
];

/**
 * The truck and the goods that an event is about where it only names the visit or the run, from what the log says of that. A part of
 * what was read is kept; the log has all of it, and is asked once for each: nothing that was read tells whether it was everything.
 */
@Injectable()
export class TrucksOfVisits {
  readonly #known = new Map<string, TruckOfVisit>();
  /** All of the log from the one position to the other has been read here: who was asked for within it is known up to its end. */
  #readFrom = Infinity;
  #readTo = -1;

  constructor(private readonly database: Database) {}

  /**
   * The facts of entries that follow each other in the log, in the same order, with truck and goods where the log has them.
   * `undefined` where an entry is no event of ours.
   */
  async complete(entries: readonly LoggedEvent[]): Promise<readonly (EventFacts | undefined)[]> {
    this.#hasRead(entries);
    for (const entry of entries) this.#learn(entry);
    // What others forget meanwhile stays known here.
    const truckOf = new Map<string, TruckOfVisit>();
    for (const { facts } of entries) {
      if (facts && isIncomplete(facts)) truckOf.set(facts.correlationId, this.#truckOf(facts.correlationId));
    }
    await this.#ask(truckOf);
    // What is said of a run on its way names nothing but the run.
    const visits = [...truckOf.values()].map(({ visitId }) => visitId);
    for (const id of visits) if (id !== undefined) truckOf.set(id, this.#truckOf(id));
    await this.#ask(truckOf);
    this.#forget();
    return entries.map(({ facts }) => facts && { ...factsOf(truckOf, facts.correlationId), ...facts });
  }

  /** What lies between what was read here was read by another process: it may have told anything. */
  #hasRead(entries: readonly LoggedEvent[]): void {
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return;
    if (first.position > this.#readTo + 1) this.#readFrom = first.position;
    this.#readTo = Math.max(this.#readTo, last.position);
  }

  /** Of those that were not asked for since what was read here began. */
  async #ask(truckOf: ReadonlyMap<string, TruckOfVisit>): Promise<void> {
    const trucks = new Map([...truckOf].filter(([, { askedTo }]) => askedTo < this.#readFrom));
    if (trucks.size === 0) return;
    const askedTo = this.#readTo;
    const ids = [...trucks.keys()];
    const rows = await this.database.rows<{ position: number; document: string }>(
      `SELECT position, document FROM event_log.entries WHERE correlation_id = ANY ($1) AND type = ANY ($3)
       UNION ALL SELECT position, document FROM event_log.entries WHERE subject = ANY ($2) AND type = ANY ($3) ORDER BY position`,
      [ids, ids.map((id) => `run/${id}`), telling],
    );
    for (const { position, document } of rows) {
      const { facts } = new LoggedEvent(position, document);
      if (facts) tellAll(facts, position, (id) => trucks.get(id));
    }
    for (const truck of trucks.values()) truck.askedTo = Math.max(truck.askedTo, askedTo);
  }

  #learn({ position, facts }: LoggedEvent): void {
    if (facts && (facts.plate !== undefined || facts.consignments !== undefined))
      tellAll(facts, position, (id) => this.#truckOf(id));
  }

  /** What is known of it, and is now the last to be forgotten. */
  #truckOf(id: string): TruckOfVisit {
    const truck = this.#known.get(id) ?? { plateAt: -1, goodsAt: -1, askedTo: -1 };
    this.#known.delete(id);
    this.#known.set(id, truck);
    return truck;
  }

  #forget(): void {
    for (const id of this.#known.keys()) {
      if (this.#known.size <= mostKept) return;
      this.#known.delete(id);
    }
  }
}

/** What an event tells of its visit, and of its run. */
function tellAll(facts: EventFacts, position: number, truckOf: (id: string) => TruckOfVisit | undefined): void {
  const { correlationId, runId } = facts;
  const ofVisit = truckOf(correlationId);
  if (ofVisit) tell(ofVisit, position, facts);
  if (runId === undefined || runId === correlationId) return;
  const ofRun = truckOf(runId);
  if (!ofRun) return;
  tell(ofRun, position, facts);
  if (position >= (ofRun.visitAt ?? Infinity)) return;
  ofRun.visitId = correlationId;
  ofRun.visitAt = position;
}

/** The newest in the log counts, in whatever order it is read. */
function tell(truck: TruckOfVisit, position: number, { plate, consignments, references }: EventFacts): void {
  if (plate !== undefined && position >= truck.plateAt) {
    truck.plate = plate;
    truck.plateAt = position;
  }
  if (consignments !== undefined && consignments.length > 0 && position >= truck.goodsAt) {
    truck.goods = { consignments, references };
    truck.goodsAt = position;
  }
}

function factsOf(truckOf: ReadonlyMap<string, TruckOfVisit>, id: string): Partial<EventFacts> {
  const truck = truckOf.get(id);
  const goods = truck?.goods ?? (truck?.visitId === undefined ? undefined : truckOf.get(truck.visitId)?.goods);
  return { ...(truck?.plate === undefined ? {} : { plate: truck.plate }), ...goods };
}

const isIncomplete = ({ plate, consignments }: EventFacts): boolean =>
  plate === undefined || consignments === undefined;
