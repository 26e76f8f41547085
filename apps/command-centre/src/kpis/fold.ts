import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { countOf, type Count, isCounted } from '../throughput/count.js';
import { type Fact, factOf, takenName, textOf } from './fact.js';
import { type Cell, measure } from './measure.js';
import { type Destination, destinationsOf, type Story, withFact } from './story.js';

/** By how much a cell or a count changes. */
export type Change<T> = T & { readonly by: number };

export interface CellOfArea extends Cell {
  readonly areaCode: string;
}

export interface StoryKey {
  readonly areaCode: string;
  readonly subject: string;
}

/** What has to be read before events can be folded. */
export interface Needs {
  readonly stories: readonly StoryKey[];
  /** Events that are taken back, each by its subject and id. */
  readonly retracted: readonly { readonly subject: string; readonly id: string }[];
}

const apart = '\u0000';
const keyOf = ({ areaCode, subject }: StoryKey): string => `${areaCode}${apart}${subject}`;

/** What a batch of events may touch, as far as the events themselves say. */
export function needsOf(events: readonly YizhanEvent[]): Needs {
  const stories = new Map<string, StoryKey>();
  const retracted: { subject: string; id: string }[] = [];
  const need = (key: StoryKey): unknown => stories.set(keyOf(key), key);
  for (const event of events) {
    const { partitionkey: areaCode, subject } = event;
    if (isEvent(event, 'record.retracted')) {
      retracted.push({ subject, id: event.data.retractedEventId });
      need({ areaCode, subject });
    }
    const name = takenName(event);
    if (name === undefined) continue;
    for (const to of destinationsOf(event, factOf(event, name), () => undefined))
      need({ areaCode, subject: to.subject });
  }
  return { stories: [...stories.values()], retracted };
}

/** Drivers of handoffs that a batch aborts: they are named by the stories of the visits alone. */
export function alsoNeeded(events: readonly YizhanEvent[], stories: readonly Story[]): StoryKey[] {
  const byKey = new Map(stories.map((story) => [keyOf(story), story]));
  return events.flatMap((event) => {
    if (!isEvent(event, 'handoff.aborted')) return [];
    const key = { areaCode: event.partitionkey, subject: event.subject };
    const driverId = driverIn(byKey.get(keyOf(key))?.facts ?? [], event.data.handoffId);
    return driverId === undefined ? [] : [{ areaCode: event.partitionkey, subject: `driver/${driverId}` }];
  });
}

function driverIn(facts: readonly Fact[], handoffId: string): string | undefined {
  const assigned = facts.findLast(
    (fact) => fact.name === 'handoff.assigned' && textOf(fact, 'handoffId') === handoffId,
  );
  return assigned && textOf(assigned, 'driverId');
}

/** Folds events into stories and figures in memory, and says what has changed. No I/O, and no order among areas. */
export class Fold {
  readonly #stories = new Map<string, Story>();
  /** What each touched story added before. */
  readonly #before = new Map<string, readonly Cell[]>();
  readonly #counts = new Map<string, Change<Count>>();
  readonly #retracted: ReadonlyMap<string, YizhanEvent>;

  /** @param stories those of `needsOf` that are stored. @param retracted those of `needsOf`, as the log has them. */
  constructor(stories: readonly Story[], retracted: readonly YizhanEvent[]) {
    for (const story of stories) this.#stories.set(keyOf(story), story);
    this.#retracted = new Map(retracted.map((event) => [event.id, event]));
  }

  /** @throws where the event's time is none: nothing of it is taken then. */
  take(event: YizhanEvent): void {
    const name = takenName(event);
    const fact = name && factOf(event, name);
    if (isCounted(event)) this.#count(event, 1);
    if (isEvent(event, 'record.retracted')) this.#takeBack(event);
    if (!fact) return;
    const visit = this.#stories.get(keyOf({ areaCode: event.partitionkey, subject: event.subject }));
    for (const to of destinationsOf(event, fact, (handoffId) => driverIn(visit?.facts ?? [], handoffId))) {
      this.#put(event.partitionkey, to);
    }
  }

  /** Stories as they are now, those among them without facts to be removed. */
  stories(): Story[] {
    return [...this.#before.keys()].map((key) => this.#stories.get(key) as Story);
  }

  /** What is to be added to the cells; nothing that cancels out. */
  cells(): Change<CellOfArea>[] {
    const changes = new Map<string, Change<CellOfArea>>();
    for (const [key, before] of this.#before) {
      const story = this.#stories.get(key) as Story;
      for (const cell of before) add(changes, { ...cell, areaCode: story.areaCode }, -1);
      for (const cell of measure(story)) add(changes, { ...cell, areaCode: story.areaCode }, 1);
    }
    return [...changes.values()].filter(({ by }) => by !== 0);
  }

  /** What is to be added to the throughput; nothing that cancels out. */
  counts(): Change<Count>[] {
    return [...this.#counts.values()].filter(({ by }) => by !== 0);
  }

  #count(event: YizhanEvent, by: 1 | -1): void {
    add(this.#counts, countOf(event), by);
  }

  #takeBack({ partitionkey, subject, data }: YizhanEvent<'record.retracted'>): void {
    const retracted = this.#retracted.get(data.retractedEventId);
    if (retracted && isCounted(retracted)) this.#count(retracted, -1);
    const story = this.#stories.get(keyOf({ areaCode: partitionkey, subject }));
    if (!story?.facts.some(({ id }) => id === data.retractedEventId)) return;
    this.#touch(story);
    story.facts = story.facts.filter(({ id }) => id !== data.retractedEventId);
  }

  #put(areaCode: string, { kind, subject, fact }: Destination): void {
    const key = keyOf({ areaCode, subject });
    const story = this.#stories.get(key) ?? { areaCode, subject, kind, facts: [] };
    this.#stories.set(key, story);
    this.#touch(story);
    story.facts = withFact(kind, story.facts, fact);
  }

  #touch(story: Story): void {
    const key = keyOf(story);
    if (!this.#before.has(key)) this.#before.set(key, measure(story));
  }
}

function add<T extends object>(changes: Map<string, Change<T>>, what: T, by: number): void {
  const key = Object.values(what).join(apart);
  const before = changes.get(key);
  changes.set(key, { ...what, by: (before?.by ?? 0) + by });
}
