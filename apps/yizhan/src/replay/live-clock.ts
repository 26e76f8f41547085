import { AcceleratedClock, Clock } from '@yizhan/kernel';

/** Stands still until it is begun, so that a replay that goes on after a kill can first see where it stood. */
export class LiveClock extends Clock {
  #running: AcceleratedClock | undefined;

  constructor(
    private readonly start: number,
    private readonly speed: number,
  ) {
    super();
  }

  now(): number {
    return this.#running?.now() ?? this.start;
  }

  /** Runs from `instant` on. */
  begin(instant: number): void {
    this.#running ??= new AcceleratedClock(instant, this.speed);
  }
}
