import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { toIso } from '@yizhan/kernel';
import type { LoadClient } from './load-client.js';
import { type LoadArea, works } from './load-network.js';

/**
 * Trucks that are announced and cancelled: two events each, at a rate that waits for nobody, so that as many events a second
 * enter the log whatever is broken behind it.
 */
export class AnnouncementLoad {
  /** Announcements that were cancelled again. */
  through = 0;
  #isStopping = false;
  #running: Promise<void> = Promise.resolve();
  readonly #underWay = new Set<Promise<void>>();

  constructor(
    private readonly client: LoadClient,
    private readonly areas: readonly LoadArea[],
    private readonly eventsPerSecond: number,
  ) {}

  start(): void {
    this.#running = this.#keepPace();
  }

  /** @throws Error of the first request that was refused or not answered. */
  async finish(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
    await Promise.all(this.#underWay);
  }

  async #keepPace(): Promise<void> {
    const begun = performance.now();
    for (let announced = 0; !this.#isStopping; announced += 1) {
      const wait = begun + (announced * 2_000) / this.eventsPerSecond - performance.now();
      if (wait > 1) await pause(wait);
      const area = this.areas[announced % this.areas.length];
      if (!area) throw new Error('there is no area');
      const one = this.#announceAndCancel(area);
      this.#underWay.add(one);
      // A failure stays among those under way, and is thrown at the end.
      one.then(
        () => this.#underWay.delete(one),
        () => undefined,
      );
    }
  }

  async #announceAndCancel(area: LoadArea): Promise<void> {
    const visitId = randomUUID();
    await works(this.client, 'visits/announcements', {
      visitId,
      stationCode: area.stationCode,
      zoneId: area.zoneId,
      flow: 'into_zone',
      truck: { plate: `浙G${visitId.slice(0, 8).toUpperCase()}`, plateColour: 'yellow', licenceRequired: 'A2' },
      carrierId: area.carrierId,
      expectedAt: toIso(Date.now() + 3_600_000),
      consignments: [{ id: `consignment-${visitId}`, enterpriseId: area.enterpriseId, category: 'parts' }],
    });
    await works(this.client, `visits/${visitId}/cancellation`, { reason: 'plans_changed' });
    this.through += 1;
  }
}
