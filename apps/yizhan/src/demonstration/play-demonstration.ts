import { SeededIds } from '@yizhan/kernel';
import type { Demonstration, DemonstrationAccount } from '@yizhan/service-process';
import { hour, localMidnight, minute } from '../replay/passages/local-time.js';
import { Chance } from '../replay/people/chance.js';
import { People } from '../replay/people/people.js';
import { TripMaker } from '../replay/people/trip.js';
import { type PlayLimits, playLive, playStepped } from '../replay/play.js';
import { Stage } from '../replay/stage.js';
import type { World } from '../replay/world.js';
import type { Scenario } from '../scenario/scenario.js';
import { DemonstrationClock } from './demonstration-clock.js';
import { makePassages } from './make-passages.js';

/** How much of the day has passed when somebody first looks: trucks stand in every column by then. */
const before = 60 * minute;
/** From then on an hour takes five minutes. */
const speed = 12;
/** Trucks come for so long, which is some three quarters of an hour on the wall; afterwards those that are there finish. */
const arrivalsFor = 9;
const finishesWithin = 5 * hour;
/** Local time at which the first truck comes: two shifts of drivers are at work, and more come. */
const beginsAt = 8 * hour;

/** The pool of the scenario is made for the busiest hours of a real week; a third of it is enough here, and is there sooner. */
const shareOfPool = 1 / 3;

/** A made-up day of a scenario, the same each time: bounded, and moving by itself. */
export class PlayedDemonstration implements Demonstration {
  readonly clock: DemonstrationClock;
  accounts: readonly DemonstrationAccount[] = [];
  #isOver = false;
  #speed = 1;
  #trips = Infinity;
  readonly #stopped = new AbortController();
  readonly #startsAt: number;

  private readonly day: Scenario;

  /** @param today epoch milliseconds within the local day that is played. */
  constructor(scenario: Scenario, today: number) {
    const relayDrivers = scenario.relayDrivers.map((group) => ({
      ...group,
      count: Math.max(1, Math.round(group.count * shareOfPool)),
    }));
    this.day = { ...scenario, relayDrivers };
    this.#startsAt = localMidnight(today, scenario.utcOffsetMinutes) + beginsAt;
    this.clock = new DemonstrationClock(this.#startsAt);
  }

  get scenario(): string {
    return this.day.id;
  }

  get speed(): number {
    return this.#speed;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Opens the stations and plays the first part at once, in front of a product that is stepped. */
  async playBeginning(world: World): Promise<Stage> {
    const chance = new Chance('demonstration');
    const passages = makePassages(chance, this.#startsAt, arrivalsFor);
    const trips = new TripMaker(this.day, chance, new SeededIds('demonstration')).makeAll(passages);
    this.#trips = trips.length;
    const people = new People(this.day, trips, chance);
    const stage = new Stage(world, people, () => undefined);
    people.begin(this.#startsAt);
    await playStepped(stage, this.clock, { at: undefined, unsettled: [] }, this.#until(stage, this.#startsAt + before));
    return stage;
  }

  /** Goes on by itself in front of a product that is live, until the day is over or it is told to stop. */
  async playOn(stage: Stage): Promise<void> {
    this.#speed = speed;
    this.clock.run(speed);
    const endsAt = this.#startsAt + arrivalsFor * hour + finishesWithin;
    try {
      await playLive(stage, { at: undefined, unsettled: [] }, this.#until(stage, endsAt));
    } finally {
      this.#isOver = true;
      this.#speed = 1;
      this.clock.run(1);
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  #until({ people }: Stage, endsAt: number): PlayLimits {
    return {
      isOver: () => people.ended.size >= this.#trips,
      endsAt,
      signal: this.#stopped.signal,
      onProgress: () => undefined,
    };
  }
}
