/** Something that is to happen by the clock. */
export interface Due {
  /** Does what is due. @returns how much that was. */
  fireDue(): Promise<number>;
  /** When something is due next, epoch milliseconds; absent where that is never asked, as it cannot be known. */
  nextDueAt?(): Promise<number | undefined> | number | undefined;
}

/** Does what is due, one after the other. @returns how much that was. */
export async function fireAll(dues: readonly Due[]): Promise<number> {
  let fired = 0;
  for (const due of dues) fired += await due.fireDue();
  return fired;
}

/** The earliest instant at which one of them is due, epoch milliseconds. */
export async function nextDueOf(dues: readonly Due[]): Promise<number | undefined> {
  const instants = await Promise.all(dues.map(async (due) => due.nextDueAt?.()));
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

const lookEvery = 250;

/** Looks every 250 ms of real time, however fast the product's clock runs; never twice at once. */
export class TimerLoop {
  readonly #dues: Due[];
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(
    dues: readonly Due[],
    private readonly onFault: (where: string, error: unknown) => void,
  ) {
    this.#dues = [...dues];
  }

  /** From the next look on. */
  add(due: Due): void {
    this.#dues.push(due);
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#round = this.#fire().finally(() => {
        if (!this.#isStopped) this.start();
      });
    }, lookEvery);
  }

  /** Ends after the round in hand. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  async #fire(): Promise<void> {
    for (const due of this.#dues) {
      try {
        await due.fireDue();
      } catch (error) {
        for (const each of error instanceof AggregateError ? error.errors : [error]) this.onFault('the timers', each);
      }
    }
  }
}
