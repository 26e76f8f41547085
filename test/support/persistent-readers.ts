import { setTimeout as pause } from 'node:timers/promises';
import { EventStreamClient } from './event-stream-client.js';

/** Where a reader asks: the process may be another one, or none, at any time. */
export interface ReadFrom {
  readonly address: string;
  /** Whether nothing more is to be waited for. */
  readonly isOver: boolean;
}

/** What a reader has got, and how. */
export class Readings {
  readonly positions = new Set<number>();
  /** Positions that came again, or after a later one. */
  misplaced = 0;
  /** Requests and streams that broke off, or were refused. */
  broken = 0;
  /** What was in the way last. */
  fault: unknown;
  #newest = 0;

  take(position: number): void {
    if (position <= this.#newest) this.misplaced += 1;
    this.#newest = Math.max(this.#newest, position);
    this.positions.add(position);
  }

  /** The process was killed, as far as it is as it should be: whoever is asked next answers. */
  brokeOff(fault: unknown): void {
    this.broken += 1;
    this.fault = fault;
  }
}

const between = 50;
const cutEvery = 2_000;

/** Follows the live stream, which is cut every 2 s, and goes on behind the last id that it has, until it has `events`. */
export async function followThrough(
  from: ReadFrom,
  headers: Readonly<Record<string, string>>,
  events: number,
): Promise<Readings> {
  const readings = new Readings();
  let last = '0';
  while (readings.positions.size < events && !from.isOver) {
    try {
      const client = await EventStreamClient.open(`${from.address}/api/v1/events/stream`, {
        ...headers,
        'last-event-id': last,
      });
      const deadline = performance.now() + cutEvery;
      while (!client.isEnded && performance.now() < deadline && client.events.length + readings.positions.size < events)
        await pause(between);
      client.cut();
      for (const { id } of client.events) {
        readings.take(Number(id));
        last = id;
      }
    } catch (error) {
      readings.brokeOff(error);
      await pause(between);
    }
  }
  return readings;
}

/** Pulls page after page, waiting for more, until it has `events`. */
export async function pullThrough(
  from: ReadFrom,
  headers: Readonly<Record<string, string>>,
  events: number,
): Promise<Readings> {
  const readings = new Readings();
  let after = '0';
  while (readings.positions.size < events && !from.isOver) {
    try {
      const answer = await fetch(`${from.address}/api/v1/events?after=${after}&limit=500&wait=2`, { headers });
      if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
      const page = (await answer.json()) as { events: { position: string }[]; next: string };
      for (const { position } of page.events) readings.take(Number(position));
      after = page.next;
    } catch (error) {
      readings.brokeOff(error);
      await pause(between);
    }
  }
  return readings;
}
