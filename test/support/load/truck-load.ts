import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { toIso } from '@yizhan/kernel';
import type { LoadClient } from './load-client.js';
import { administrator, type LoadArea, works } from './load-network.js';

interface Worker {
  readonly area: LoadArea;
  readonly bayCode: string;
  readonly outsideDriver: string;
}

export const checks = ['person', 'vehicle', 'pass', 'seal'].map((check) => ({ check, passed: true }));
const lookEvery = 100;
/** Longer than any fault lasts: a truck that waits longer has been forgotten. */
const assignedWithin = 150_000;

/**
 * Trucks that come, are swapped with the driver whom the scheduler chooses, go in and stay: about 13 events each. Every
 * worker has a bay and an outside driver of its own, so nothing but a fault of ours can refuse a step.
 */
export class TruckLoad {
  /** Trucks that have gone in. */
  through = 0;
  #isStopping = false;
  #running: Promise<unknown> = Promise.resolve();
  /** When the next truck may come, to keep the rate. */
  #nextAt = performance.now();
  /** Of all loads: a truck that a failed test has left at a station does not come again. */
  static #plates = 0;

  constructor(
    private readonly client: LoadClient,
    private readonly areas: readonly LoadArea[],
    /** Trucks a second, all workers together. */
    private readonly rate: number,
  ) {}

  start(): void {
    const workers = this.areas.flatMap((area) =>
      area.outsideDrivers.map((outsideDriver, index): Worker => ({ area, outsideDriver, bayCode: String(index + 1) })),
    );
    this.#nextAt = performance.now();
    this.#running = Promise.all(workers.map((worker) => this.#work(worker)));
    // Thrown when it is waited for.
    this.#running.catch(() => undefined);
  }

  /** Never resolves. @throws Error of the first step that was refused or not answered, as soon as it is. */
  get broken(): Promise<never> {
    return this.#running.then(() => new Promise<never>(() => undefined));
  }

  /** Lets every truck that has come go in. @throws Error of the first step that was refused or not answered. */
  async finish(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
  }

  async #work(worker: Worker): Promise<void> {
    while (!this.#isStopping) {
      await this.#itsTurn();
      if (this.#isStopping) return;
      await this.#oneTruck(worker);
      this.through += 1;
    }
  }

  async #itsTurn(): Promise<void> {
    const now = performance.now();
    this.#nextAt = Math.max(this.#nextAt + 1_000 / this.rate, now - 1_000);
    if (this.#nextAt > now) await pause(this.#nextAt - now);
  }

  async #oneTruck({ area, bayCode, outsideDriver }: Worker): Promise<void> {
    const [visitId, runId] = [randomUUID(), randomUUID()];
    const plate = `浙G${String((TruckLoad.#plates += 1)).padStart(5, '0')}`;
    const ask = (path: string, body?: object) => works(this.client, path, body);
    await ask('visits', arrivalOf(area, visitId, plate, outsideDriver));
    await ask(`visits/${visitId}/checks`, { checks });
    const { handoffId, driverId } = await this.#accepted(visitId);
    const authorisation = { carrierId: area.carrierId, by: 'dispatcher-1', at: toIso(Date.now()) };
    await ask(`handoffs/${handoffId}/start`, { bayCode, authorisation });
    await ask(`handoffs/${handoffId}/completion`, completionOf(outsideDriver, driverId));
    await ask(`visits/${visitId}/departure`, { outcome: 'swapped', runId });
    await ask(`runs/${runId}/closure`, { how: 'stayed' });
  }

  /** Waits until a driver is assigned and accepts for him; where his time has run out meanwhile, waits for the next. */
  async #accepted(visitId: string): Promise<{ handoffId: string; driverId: string }> {
    const end = performance.now() + assignedWithin;
    while (performance.now() < end) {
      const { body } = await this.client.get(administrator, `visits/${visitId}`);
      const { handoffId, driverId } = body;
      if (typeof handoffId === 'string' && typeof driverId === 'string') {
        const { status } = await this.client.post(administrator, `handoffs/${handoffId}/acceptance`, { driverId });
        if (status < 300) return { handoffId, driverId };
      }
      await pause(lookEvery);
    }
    throw new Error(
      `visit ${visitId} was not assigned within ${assignedWithin / 1000} s: ${await this.#whyNot(visitId)}`,
    );
  }

  /** How the visit stands, and what the scheduler says of it. */
  async #whyNot(visitId: string): Promise<string> {
    const { body } = await this.client.get(administrator, `visits/${visitId}`);
    const { handoffId } = body;
    const said =
      typeof handoffId === 'string' && (await this.client.get(administrator, `handoffs/${handoffId}/why-not`));
    return JSON.stringify({ visit: body, whyNot: said });
  }
}

export function arrivalOf(area: LoadArea, visitId: string, plate: string, driverId: string) {
  return {
    visitId,
    stationCode: area.stationCode,
    zoneId: area.zoneId,
    flow: 'into_zone',
    truck: { plate, plateColour: 'yellow', licenceRequired: 'A2' },
    carrierId: area.carrierId,
    driverId,
    consignments: [{ id: `consignment-${visitId}`, enterpriseId: area.enterpriseId, category: 'parts' }],
  };
}

export function completionOf(from: string, to: string) {
  const signedAt = toIso(Date.now());
  return {
    signatures: [
      { role: 'offgoing', personId: from, signedAt, method: 'paper' },
      { role: 'oncoming', personId: to, signedAt, method: 'paper' },
      { role: 'witness', personId: 'operator-lin', signedAt, method: 'paper' },
    ],
    items: [{ code: 'keys', given: true }],
    photos: [],
    reservations: [],
  };
}
