import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Wake } from '@yizhan/event-log';
import { LogTail } from '../events/log-tail.js';
import { type ActiveRow, DeliveriesRepository, mostReplayed } from './deliveries.repository.js';
import { DeliveryPorts } from './delivery-ports.js';
import type { Endpoint } from './endpoint.js';
import { OpenEndpoint } from './open-endpoint.js';
import { Room } from './room.js';
import { RunReplays } from './run-replays.js';

/** What is under way when the process goes down has so long to end. */
const patience = 3_000;
const longestFarewell = 5_000;
const faultPause = 1_000;

/** Keeps a queue for each endpoint that is delivered to. Any number of processes do, and share the work. */
@Injectable()
export class Deliverer implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #log = new Logger('deliveries');
  readonly #room: Room;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #ending = new Set<Promise<void>>();
  readonly #wake = new Wake();
  #running: Promise<void> | undefined;
  #stopFollowing: (() => void) | undefined;
  #isStopped = false;

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly deliveries: DeliveriesRepository,
    private readonly openEndpoint: OpenEndpoint,
    private readonly replays: RunReplays,
    private readonly tail: LogTail,
  ) {
    this.#room = new Room(ports.settings.mostInHand);
  }

  /** Messages in hand, and bodies of so many in memory. */
  get inHand(): number {
    return this.#room.taken;
  }

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  /** Something was asked for that must not wait for the next look. */
  look(): void {
    this.#wake.ring();
  }

  async onModuleDestroy(): Promise<void> {
    this.#isStopped = true;
    this.#wake.ring();
    await this.#running;
    this.#stopFollowing?.();
    for (const [id, endpoint] of this.#endpoints) this.#end(id, endpoint, patience);
    await Promise.race([Promise.all(this.#ending), pause(longestFarewell, undefined, { ref: false })]);
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        const isBusy = await this.#look();
        if (!isBusy) await this.#wake.wait(this.ports.settings.lookEvery);
      } catch (error) {
        this.#log.warn(`subscriptions cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        await pause(faultPause);
      }
    }
  }

  /** @returns whether there is more to do at once. */
  async #look(): Promise<boolean> {
    const readAt = performance.now();
    const rows = await this.deliveries.active(this.ports.clock.now());
    const byId = new Map(rows.map((row) => [row.subscription_id, row]));
    const isOver = (id: string, endpoint: Endpoint): boolean => byId.get(id)?.version !== endpoint.version;
    for (const [id, endpoint] of this.#endpoints)
      if (isOver(id, endpoint)) this.#end(id, endpoint, this.ports.settings.within);
    for (const row of rows) {
      const endpoint = this.#endpoints.get(row.subscription_id);
      if (endpoint) endpoint.update(row, readAt);
      else await this.#begin(row);
    }
    this.#follow();
    let isBusy = false;
    for (const row of rows) {
      if (row.has_replay && row.waiting < mostReplayed && (await this.#replays(row.subscription_id))) isBusy = true;
    }
    return isBusy;
  }

  /** One replay that cannot go on keeps no other; it is tried again at the next look. @returns whether there is more of it. */
  async #replays(id: string): Promise<boolean> {
    try {
      return await this.replays.step(id);
    } catch (error) {
      this.#log.warn(`the replay of subscription ${id} does not go on: ${String(error)}`);
      return false;
    }
  }

  async #begin(row: ActiveRow): Promise<void> {
    try {
      this.#endpoints.set(row.subscription_id, await this.openEndpoint.execute(row, this.tail, this.#room));
    } catch (error) {
      // Others are delivered to; this one is tried again at the next look.
      const why = error instanceof Error ? error.message : String(error);
      this.#log.warn(`subscription ${row.subscription_id} cannot be delivered to: ${why}`);
    }
  }

  /** The log is followed while there is somebody to deliver to. */
  #follow(): void {
    if (this.#endpoints.size > 0) {
      this.#stopFollowing ??= this.tail.follow(() => {
        for (const endpoint of this.#endpoints.values()) endpoint.look();
      });
    } else {
      this.#stopFollowing?.();
      this.#stopFollowing = undefined;
    }
  }

  /** What it has under way comes to its end beside whatever takes its place. */
  #end(id: string, endpoint: Endpoint, within: number): void {
    this.#endpoints.delete(id);
    const ending = endpoint.stop(within).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}
