import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** Makes UUIDv7 ids. `what` says what the id is for; a seeded maker gives the same id for the same `what`. */
export abstract class Ids {
  /**
   * @param what what the id is for, unique within one log, such as `key-17#0`
   * @param instant epoch milliseconds that the id begins with
   */
  abstract uuid(what: string, instant: number): string;
}

/** Fresh ids: what a running product uses. */
export class RandomIds extends Ids {
  uuid(): string {
    return uuidv7();
  }
}

/** The same question gives the same id: replays with one seed write the same events. */
export class SeededIds extends Ids {
  constructor(private readonly seed: string) {
    super();
  }

  uuid(what: string, instant: number): string {
    const hash = createHash('sha256').update(`${this.seed}|${what}`).digest('hex');
    const time = instant.toString(16).padStart(12, '0');
    const variant = ((parseInt(hash.charAt(3), 16) & 0x3) | 0x8).toString(16);
    return [
      time.slice(0, 8),
      time.slice(8, 12),
      `7${hash.slice(0, 3)}`,
      `${variant}${hash.slice(4, 7)}`,
      hash.slice(7, 19),
    ].join('-');
  }
}
