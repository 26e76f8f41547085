import { existsSync, mkdirSync, readFileSync, renameSync, truncateSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeliveryMemory, DeliveryRuns, EventDocument } from '@yizhan/client';

/**
 * Keeps events in a file, one a line. That is all that an event leads to here, so that it is handled and remembered in one step; with
 * a database, write both in one transaction.
 */
export class KeptEvents implements DeliveryMemory {
  readonly #file: string;
  readonly #runsFile: string;
  readonly #ids: Set<string>;
  #runs: Record<string, DeliveryRuns>;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'events.ndjson');
    this.#runsFile = join(folder, 'deliveries.json');
    this.#ids = new Set(wholeLinesOf(this.#file).map((line) => (JSON.parse(line) as EventDocument).id));
    const runs = existsSync(this.#runsFile) ? readFileSync(this.#runsFile, 'utf8') : '{}';
    this.#runs = JSON.parse(runs) as Record<string, DeliveryRuns>;
  }

  async once(eventId: string, handle: () => Promise<void>): Promise<boolean> {
    if (this.#ids.has(eventId)) return false;
    await handle();
    this.#ids.add(eventId);
    return true;
  }

  append(event: EventDocument): Promise<void> {
    return appendFile(this.#file, `${JSON.stringify(event)}\n`, { flush: true });
  }

  get subscriptions(): string[] {
    return Object.keys(this.#runs);
  }

  readRuns(subscriptionId: string): Promise<DeliveryRuns | undefined> {
    return Promise.resolve(this.#runs[subscriptionId]);
  }

  async keepRuns(subscriptionId: string, runs: DeliveryRuns): Promise<void> {
    this.#runs = { ...this.#runs, [subscriptionId]: runs };
    const newer = `${this.#runsFile}.new`;
    await writeFile(newer, JSON.stringify(this.#runs), { flush: true });
    renameSync(newer, this.#runsFile);
  }
}

/**
 * A line without its end was cut by the end of a process: its event was not acknowledged, and comes again. It is taken away, or the
 * next event would be written behind it and neither could be read.
 */
function wholeLinesOf(file: string): string[] {
  if (!existsSync(file)) return [];
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(file, end);
  return bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
}
