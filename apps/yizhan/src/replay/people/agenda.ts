/** Something that somebody is going to do. */
export interface Appointment {
  /** Orders what is due at the same instant, and names the request; never used twice. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  /** One appointment a slot: a new one takes the place of the old. */
  readonly slot: string;
}

/** What is going to be done, earliest first, then by key. */
export class Agenda<A extends Appointment> {
  readonly #heap: A[] = [];
  readonly #bySlot = new Map<string, A>();

  /** How many appointments stand. */
  get size(): number {
    return this.#bySlot.size;
  }

  plan(appointment: A): void {
    this.#bySlot.set(appointment.slot, appointment);
    this.#heap.push(appointment);
    this.#rise(this.#heap.length - 1);
  }

  drop(slot: string): void {
    this.#bySlot.delete(slot);
  }

  at(slot: string): A | undefined {
    return this.#bySlot.get(slot);
  }

  /** When the next appointment is due. */
  get nextDueAt(): number | undefined {
    return this.#first()?.dueAt;
  }

  /** Takes the first appointment that is due at `instant` or before it. */
  take(instant: number): A | undefined {
    const first = this.#first();
    if (!first || first.dueAt > instant) return undefined;
    this.#removeFirst();
    this.#bySlot.delete(first.slot);
    return first;
  }

  #first(): A | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first || this.#bySlot.get(first.slot) === first) return first;
      this.#removeFirst();
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfEarlier(at, parent)) return;
      at = parent;
    }
  }

  #sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.#heap.length) return;
      const child = left + 1 < this.#heap.length && this.#isEarlier(left + 1, left) ? left + 1 : left;
      if (!this.#swapIfEarlier(child, at)) return;
      at = child;
    }
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    if (!this.#isEarlier(child, parent)) return false;
    const [a, b] = [this.#heap[child], this.#heap[parent]];
    if (a && b) [this.#heap[child], this.#heap[parent]] = [b, a];
    return true;
  }

  #isEarlier(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (!a || !b) return false;
    return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.key < b.key);
  }
}
