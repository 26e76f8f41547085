import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { lookAtArea } from './look-at-area.js';
import { readAreas } from './alerts.sql.js';
import { TellOfAlerts } from './tell-of-alerts.js';
import { readUndelivered, type Undelivered } from './undelivered.js';

/** How often an area is looked at, by the product's clock. */
export const lookEvery = 60_000;

/**
 * Looks at every area once a minute of the product's clock. Of several processes one looks at an area, and what it finds is one
 * transaction. When something is due next is never asked: alerts change no event, and a replay need not stop for them.
 */
@Injectable()
export class AlertWatch {
  #nextLookAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly tellOfAlerts: TellOfAlerts,
  ) {}

  /** @returns how many alerts were opened, raised, escalated and resolved. @throws AggregateError with what failed of each area. */
  async fireDue(): Promise<number> {
    const at = this.clock.now();
    if (at < this.#nextLookAt) return 0;
    this.#nextLookAt = at + lookEvery;
    const areas = await this.database.rows<{ areaCode: string }>(readAreas);
    const faults: unknown[] = [];
    let undelivered: Undelivered | undefined;
    try {
      undelivered = await readUndelivered(this.database, at);
    } catch (error) {
      // Alerts of messages stay as they are until they can be seen again.
      faults.push(error);
    }
    let changed = 0;
    for (const { areaCode } of areas) {
      try {
        changed += await this.#look(areaCode, at, undelivered);
      } catch (error) {
        // What fails of one area keeps no other one, and is tried again in a minute.
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults);
    return changed;
  }

  #look(areaCode: string, at: number, undelivered: Undelivered | undefined): Promise<number> {
    return this.database.transaction((tx) =>
      lookAtArea(tx, {
        areaCode,
        at,
        every: lookEvery,
        undelivered: undelivered && (undelivered.get(areaCode) ?? []),
        newId: (key) => this.ids.uuid(`alert ${areaCode} ${key} ${at}`, at),
        tell: (changes) => this.tellOfAlerts.execute(tx, changes, areaCode, at),
      }),
    );
  }
}
