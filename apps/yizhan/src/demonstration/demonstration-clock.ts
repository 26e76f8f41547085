import { AcceleratedClock, ManualClock } from '@yizhan/kernel';

/** Moved by hand until it is let run, then as many times as fast as the clock on the wall as it is told. Never goes back. */
export class DemonstrationClock extends ManualClock {
  #running: AcceleratedClock | undefined;

  override now(): number {
    return this.#running?.now() ?? super.now();
  }

  /** From now on at this speed. */
  run(speed: number): void {
    this.#running = new AcceleratedClock(this.now(), speed);
  }
}
