import type { Consumer, EventLogServer } from '@yizhan/event-log';
import { type ManualClock, OneAtATime } from '@yizhan/kernel';
import { messageOf } from '@yizhan/process';
import { type Due, fireAll, nextDueOf } from './timer-loop.js';

/** What one who moves a process step by step can ask of it, over its IPC channel. `id` comes back with the answer. */
export type StepRequest = { readonly id: number } & (
  | { readonly do: 'moveClock'; /** Epoch milliseconds. */ readonly at: number }
  /** Does what is due by the clock. Answers how much that was. */
  | { readonly do: 'fireTimers' }
  /** Looks at what is due by the clock after everything was delivered. Answers how much that was. */
  | { readonly do: 'fireWakes' }
  /** Answers the earliest instant at which something is due, epoch milliseconds, or null. */
  | { readonly do: 'nextDueAt' }
  /** Answers when the consumer has taken everything up to these positions, by area code. */
  | { readonly do: 'reached'; readonly positions: Readonly<Record<string, number>> }
  /** Tells the handlers that the head is reached. Answers whether there was anything to tell. */
  | { readonly do: 'caughtUp' }
);

export type StepAnswer =
  { readonly id: number; readonly result: number | boolean | null } | { readonly id: number; readonly error: string };

export interface SteppedParts {
  readonly clock: ManualClock;
  readonly dues: readonly Due[];
  readonly wakes: readonly Due[];
  readonly servers: readonly EventLogServer[];
}

/** The process's end of the channel. */
export interface StepChannel {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  send?(message: StepAnswer): unknown;
}

/** Moves one service step by step, as a replay over several processes needs it. One step at a time. */
export class SteppedControl {
  readonly #turn = new OneAtATime();

  constructor(private readonly parts: SteppedParts) {}

  listen(channel: StepChannel): void {
    channel.on('message', (message) => {
      if (!isRequest(message)) return;
      void this.#turn.take(async () => void channel.send?.(await this.answer(message)));
    });
  }

  async answer(request: StepRequest): Promise<StepAnswer> {
    try {
      return { id: request.id, result: await this.#do(request) };
    } catch (error) {
      return { id: request.id, error: messageOf(error) };
    }
  }

  async #do(request: StepRequest): Promise<number | boolean | null> {
    const { clock, dues, wakes } = this.parts;
    switch (request.do) {
      case 'moveClock':
        clock.moveTo(request.at);
        return null;
      case 'fireTimers':
        return fireAll(dues);
      case 'fireWakes':
        return fireAll(wakes);
      case 'nextDueAt':
        return this.#nextDueAt();
      case 'reached':
        for (const consumer of this.#consumers) await consumer.reached(request.positions);
        return null;
      case 'caughtUp':
        return this.#tellCaughtUp();
    }
  }

  async #nextDueAt(): Promise<number | null> {
    const { dues, wakes } = this.parts;
    const all = [await nextDueOf([...dues, ...wakes]), ...this.#consumers.map(({ nextDueAt }) => nextDueAt)];
    const known = all.filter((at) => at !== undefined);
    return known.length === 0 ? null : Math.min(...known);
  }

  async #tellCaughtUp(): Promise<boolean> {
    let told = false;
    for (const consumer of this.#consumers) told = (await consumer.caughtUp()) || told;
    return told;
  }

  get #consumers(): Consumer[] {
    return this.parts.servers.flatMap((server) => server.unwrap<Consumer | undefined>() ?? []);
  }
}

const isRequest = (message: unknown): message is StepRequest =>
  typeof message === 'object' && message !== null && 'id' in message && 'do' in message;
