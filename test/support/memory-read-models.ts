import type { YizhanEvent } from '@yizhan/contracts';
import { alsoNeeded, Fold, needsOf, type StoryKey } from '../../apps/command-centre/src/kpis/fold.js';
import { standingOf } from '../../apps/command-centre/src/kpis/standing.js';
import type { Story } from '../../apps/command-centre/src/kpis/story.js';

/** The read models of the command centre in memory, one batch after the other. */
export class MemoryReadModels {
  readonly #log = new Map<string, YizhanEvent>();
  readonly #stories = new Map<string, Story>();
  readonly #cells = new Map<string, number>();
  readonly #counts = new Map<string, number>();

  take(events: readonly YizhanEvent[]): void {
    for (const event of events) this.#log.set(event.id, event);
    const { stories, retracted } = needsOf(events);
    const read = this.#read(stories);
    const drivers = this.#read(alsoNeeded(events, read));
    const fold = new Fold(
      [...drivers, ...read],
      retracted.map(({ id }) => this.#log.get(id)).filter((event) => event !== undefined),
    );
    for (const event of events) fold.take(event);
    for (const story of fold.stories()) {
      const key = keyOf(story);
      if (story.facts.length === 0) this.#stories.delete(key);
      else this.#stories.set(key, structuredClone(story));
    }
    for (const { by, ...cell } of fold.cells()) add(this.#cells, cell, by);
    for (const { by, ...count } of fold.counts()) add(this.#counts, count, by);
  }

  /** Every figure and state, a line each, in order. */
  lines(): string[] {
    const stories = [...this.#stories.values()].map((story) =>
      JSON.stringify([story.areaCode, story.subject, story.facts, standingOf(story)]),
    );
    const figures = [...this.#cells, ...this.#counts].map(([key, count]) => `${key} ${count}`);
    return [...stories, ...figures].toSorted();
  }

  #read(keys: readonly StoryKey[]): Story[] {
    return keys.flatMap((key) => {
      const story = this.#stories.get(keyOf(key));
      return story ? [structuredClone(story)] : [];
    });
  }
}

const keyOf = ({ areaCode, subject }: StoryKey): string => `${areaCode} ${subject}`;

function add(to: Map<string, number>, what: object, by: number): void {
  const key = JSON.stringify(what);
  const now = (to.get(key) ?? 0) + by;
  if (now === 0) to.delete(key);
  else to.set(key, now);
}
