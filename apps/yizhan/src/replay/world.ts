import type { LogReader } from '@yizhan/event-log';
import type { Clock } from '@yizhan/kernel';
import type { Perform } from './perform.js';

/**
 * A running product as the replay sees it: the same use cases that HTTP calls, and the log that they write.
 *
 * In stepped mode nothing moves by itself. The world must not sequence, deliver, fire or wake anything on its own, not
 * even at start: a replay that goes on after a kill first carries out the rest of the round that was cut off.
 * In live mode the world does all of that by itself, and only `clock`, `reader`, `perform` and `answeredKeys` are used.
 */
export interface World {
  readonly clock: Clock;
  readonly reader: LogReader;
  /** By the use cases that HTTP calls. */
  readonly perform: Perform;
  /** Stepped: gives every committed change its place in the log and delivers nothing (`Sequencer.pass` until 0). */
  sequence(): Promise<void>;
  /** Stepped: sequences and delivers until nothing is left. @returns whether there was anything to do. */
  drain(): Promise<boolean>;
  /** Stepped, when all is over: whoever may be behind after `drain` takes what is left. */
  catchUp(): Promise<void>;
  /** Stepped: fires the station's timers that are due by the clock (`Timers.fireDue`), and delivers nothing. */
  fireTimers(): Promise<number>;
  /** Stepped: lets consumers act whose own time has come by the clock (`SchedulerWake.fireDue`). */
  fireWakes(): Promise<number>;
  /** Stepped: the earliest instant at which a timer, a wake or the retry of a parked event is due, epoch milliseconds. */
  nextTimerAt(): Promise<number | undefined>;
  /** Idempotency keys of this caller that the station has answered (`station.requests`). */
  answeredKeys(caller: string): Promise<Set<string>>;
}
