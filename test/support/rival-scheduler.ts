import { eventSources } from '@yizhan/contracts';
import { LogReader, Outbox } from '@yizhan/event-log';
import { RandomIds } from '@yizhan/kernel';
import { AreaOwners } from '../../apps/scheduler/src/decisions/area-owners.js';
import { DecisionBook } from '../../apps/scheduler/src/decisions/decision-book.js';
import { WatchedAreas } from '../../apps/scheduler/src/picture/watched-areas.js';
import { ProposeDrivers } from '../../apps/scheduler/src/propose-drivers.js';
import { foldEvent } from '../../apps/scheduler/src/scheduler.consumes.js';
import type { RunningStation } from './start-station.js';

/** One of several schedulers on one log, each with its own picture, that reads when a test lets it. */
export class RivalScheduler {
  readonly #areas = new WatchedAreas();
  readonly #proposals: ProposeDrivers;
  readonly #reader: LogReader;
  #position = 0;

  private constructor(reader: LogReader, proposals: (areas: WatchedAreas) => ProposeDrivers) {
    this.#reader = reader;
    this.#proposals = proposals(this.#areas);
  }

  static async start(name: string, { test, clock }: RunningStation): Promise<RivalScheduler> {
    const database = await test.open('scheduler');
    const ids = new RandomIds();
    const outbox = new Outbox(eventSources.scheduler, clock, ids, () => undefined);
    const book = new DecisionBook(database, outbox, ids);
    return new RivalScheduler(
      new LogReader(database),
      (areas) => new ProposeDrivers(areas, new AreaOwners(database, name), book, clock),
    );
  }

  /** Takes the log into its picture, except for the newest `behind` events. */
  async read(behind = 0): Promise<void> {
    const end = (await this.#reader.head()) - behind;
    while (this.#position < end) {
      for (const entry of await this.#reader.after(this.#position, Math.min(1_000, end - this.#position))) {
        this.#position = entry.position;
        if (!('event' in entry)) throw new Error(`position ${entry.position} cannot be read`);
        foldEvent(this.#areas, entry.event);
      }
    }
  }

  /** Believes that the area is its own from now on. */
  takeOver(areaCode: string): void {
    this.#proposals.adopt([areaCode]);
  }

  /** Decides by what it has read. */
  look(): Promise<void> {
    return this.#proposals.whenCaughtUp();
  }
}
