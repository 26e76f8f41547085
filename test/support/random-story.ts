import type { AreaStory } from './area-story.js';

/** The same numbers from 0 to 1 for the same seed. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    return ((mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Tells a story on by whatever may happen in an area, not all of which makes sense. Two stories, told by the same numbers, are the same. */
export class RandomStory {
  #trucks = 0;
  readonly #plates: string[] = [];

  constructor(
    readonly story: AreaStory,
    private readonly random: () => number,
  ) {
    story.network();
    for (let driver = 1; driver <= 12; driver += 1) story.onShift(`R${driver}`, driver % 3 === 0 ? ['B2'] : ['A2']);
    for (let driver = 1; driver <= 4; driver += 1) story.outsider(`O${driver}`, `carrier-${driver % 2}`);
  }

  /** One thing happens at this instant. */
  step(now: number): this {
    this.story.at(now);
    const steps = this.#plates.length === 0 ? [this.#comes] : this.#steps;
    this.#one(steps).call(this);
    return this;
  }

  readonly #comes = (): void => {
    const plate = `G${(this.#trucks += 1)}`;
    this.story.waits(plate, {
      licence: this.#one(['A2', 'B2']),
      carrier: this.#one(['carrier-0', 'carrier-1']),
      priority: this.#upTo(3),
      by: this.#one(['O1', 'O2', 'O3', 'O4']),
      consignments: [],
    });
    this.#plates.push(plate);
  };

  readonly #steps: readonly (() => void)[] = [
    this.#comes,
    this.#comes,
    () => this.story.assigns(this.#plate(), this.#driver()),
    () => this.story.assignmentEnds(this.#plate(), this.#driver(), this.#one(['declined', 'expired', 'no_show'])),
    () => this.story.completes(this.#plate(), { kind: 'driver', id: 'O1' }, this.#driver()),
    () => this.story.departs(this.#plate(), this.#driver(), this.#one(['swapped', 'turned_away'])),
    () => this.story.refuses(this.#plate(), this.#driver(), 'unknown', this.#one(['busy', 'proposal_expired'])),
    () => this.story.aborts(this.#plate()),
    () => this.story.holds(this.#plate()),
    () => this.story.checks(this.#plate()),
    () => this.story.announces(`A${(this.#trucks += 1)}`, this.story.now + this.#upTo(90) * 60_000),
    () => this.story.rests(this.#driver(), this.story.now - 3_600_000, this.story.now - 1_800_000),
    () => this.story.stationBecomes('JX', this.#one(['suspended', 'resumed', 'cut_off', 'reconnected'])),
    () => this.story.recalls(this.#driver()).qualifies(this.#driver()),
    () => this.story.endsShift(this.#driver()).startsShift(this.#driver()),
    () => this.story.opensRun(`run-${this.#upTo(5)}`, this.#plate(), this.#driver()),
    () =>
      this.story.movesCustody(
        this.#plate(),
        { kind: 'station', id: 'JD' },
        { kind: 'driver', id: this.#driver() },
        'JX',
      ),
  ];

  #plate(): string {
    return this.#one(this.#plates.slice(-8));
  }

  #driver(): string {
    return `R${1 + this.#upTo(11)}`;
  }

  /** A whole number from 0 to `most`. */
  #upTo(most: number): number {
    return Math.floor(this.random() * (most + 1));
  }

  #one<T>(choices: readonly T[]): T {
    const choice = choices[this.#upTo(choices.length - 1)];
    if (choice === undefined) throw new Error('there is nothing to choose from');
    return choice;
  }
}
