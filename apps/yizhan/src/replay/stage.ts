import { createHash } from 'node:crypto';
import type { YizhanEvent } from '@yizhan/contracts';
import { Problem } from '@yizhan/kernel';
import type { RequestAction } from './people/action.js';
import type { People } from './people/people.js';
import type { World } from './world.js';

/** In whose name the people of a replay ask: its idempotency keys are its own. */
export const replayCaller = 'replay';

const page = 1_000;

/** The people in front of a running product: carries out what they do and shows them what comes of it. */
export class Stage {
  /** How often the station refused, by code; told at the end, part of no figure. */
  readonly refusals = new Map<string, number>();
  #seenUpTo = 0;
  #answered: ReadonlySet<string> = new Set();

  constructor(
    readonly world: World,
    readonly people: People,
    private readonly onEvent: (event: YizhanEvent) => void,
  ) {}

  /** Position up to which the people have seen the log. */
  get seenUpTo(): number {
    return this.#seenUpTo;
  }

  /** Loads what the station has answered before. @returns its keys. */
  async loadAnswered(): Promise<ReadonlySet<string>> {
    this.#answered = await this.world.answeredKeys(replayCaller);
    return this.#answered;
  }

  /** @throws what is no refusal: the database away, a fault of ours. */
  async carryOut(action: RequestAction): Promise<void> {
    const { key, step, input, happenedAt = this.world.clock.now() } = action;
    if (this.#answered.has(key)) return;
    const hash = createHash('sha256')
      .update(JSON.stringify([step, input]))
      .digest('hex');
    try {
      await this.world.perform(action, { key, caller: replayCaller, hash, at: happenedAt });
    } catch (error) {
      if (!(error instanceof Problem) || error.kind === 'unavailable') throw error;
      this.refusals.set(`${step} ${error.code}`, (this.refusals.get(`${step} ${error.code}`) ?? 0) + 1);
      this.people.refused(action);
    }
  }

  /** Shows the people what is new in the log. @returns how many events that was. */
  async lookAtLog(before: (event: YizhanEvent) => void = () => undefined): Promise<number> {
    let seen = 0;
    for (;;) {
      const entries = await this.world.reader.after(this.#seenUpTo, page);
      const last = entries.at(-1);
      if (!last) return seen;
      for (const entry of entries) {
        if (!('event' in entry)) continue;
        before(entry.event);
        this.people.see(entry.event);
        this.onEvent(entry.event);
      }
      this.#seenUpTo = last.position;
      seen += entries.length;
    }
  }
}
