import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { toIso } from '@yizhan/kernel';
import type { LoadClient } from './load-client.js';
import { type LoadArea, works } from './load-network.js';

/**
 * Fewer than the client has connections, with room for the trucks: what waits for one has not been sent, and would give up
 * before it is, again and again.
 */
const mostAtOnce = 40;

/**
 * Trucks that are announced and cancelled: two events each, at a rate that waits for no answer, so that as many events a second
 * enter the log whatever is broken behind it. What could not be sent in its time is sent as soon as it can.
 */
export class AnnouncementLoad {
  /** Announcements that were cancelled again. */
  through = 0;
  #begun = 0;
  #isStopping = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: LoadClient,
    private readonly areas: readonly LoadArea[],
    private readonly eventsPerSecond: number,
  ) {}

  start(): void {
    const since = performance.now();
    this.#running = Promise.all(Array.from({ length: mostAtOnce }, () => this.#keepPace(since)));
    // Thrown when it is waited for.
    this.#running.catch(() => undefined);
  }

  /** @throws Error of the first request that was refused or not answered. */
  async finish(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
  }

  async #keepPace(since: number): Promise<void> {
    while (!this.#isStopping) {
      const index = this.#begun;
      this.#begun += 1;
      const wait = since + (index * 2_000) / this.eventsPerSecond - performance.now();
      if (wait > 1) await pause(wait);
      if (this.#isStopping) return;
      const area = this.areas[index % this.areas.length];
      if (!area) throw new Error('there is no area');
      await this.#announceAndCancel(area);
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
