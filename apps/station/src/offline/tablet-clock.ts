import { Problem, toIso } from '@yizhan/kernel';

/** How long ago a tablet may have logged what it tells now, where no policy says otherwise: three days. */
export const usualOfflineSeconds = 259_200;

/** Of the year 9999: later ones are not as RFC 3339 has them. */
const lastInstant = 253_402_300_799_999;

/** How much longer than another an upload may have been on its way. */
const mostOnTheWay = 120_000;

/** The clock of a tablet, measured as it tells what it has logged. */
export class TabletClock {
  /** How far it is behind ours; negative where it is ahead. Milliseconds. */
  readonly offset: number;
  /** As this upload alone shows it. */
  readonly measured: number;

  /** `before`: what its last upload showed, where there was one. */
  constructor(
    private readonly tabletTime: number,
    private readonly now: number,
    private readonly oldestSeconds: number,
    before?: number,
  ) {
    this.measured = now - tabletTime;
    const onTheWay = before === undefined ? 0 : before - this.measured;
    // One that was longer on its way has put its facts later: what follows them stays behind them.
    this.offset = this.measured + (onTheWay > 0 && onTheWay <= mostOnTheWay ? onTheWay : 0);
  }

  /** When it happened by our clock; what no clock shows is put at the end of what instants can be written. */
  corrected(time: number): number {
    const latest = time <= this.tabletTime ? this.now : lastInstant;
    return Math.min(Math.max(time + this.offset, 0), latest, lastInstant);
  }

  isLoggable(at: number): boolean {
    return at <= this.now && at >= this.now - this.oldestSeconds * 1000;
  }

  /** @throws Problem where it is said to happen in the future, or happened too long ago. */
  assertLoggable(at: number): void {
    if (at > this.now) {
      const message = 'the tablet says that it happens later than its own present time';
      throw new Problem('conflict', 'OFFLINE.IN_FUTURE', message, { correctedTime: toIso(at) });
    }
    if (this.isLoggable(at)) return;
    const message = `it happened more than ${this.oldestSeconds} seconds ago: a person has to look at it`;
    throw new Problem('conflict', 'OFFLINE.TOO_OLD', message, {
      correctedTime: toIso(at),
      oldestSeconds: this.oldestSeconds,
    });
  }
}
