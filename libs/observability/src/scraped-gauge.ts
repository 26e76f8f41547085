import { Gauge, type Registry } from 'prom-client';
import type { MetricDescription } from './catalogue.js';

/** One value of a gauge, with a value for each of its labels. */
export interface Sample<L extends string = string> {
  readonly labels: Readonly<Record<L, string>>;
  readonly value: number;
}

export type ReadGauge<L extends string = string> = () => Promise<readonly Sample<L>[]>;

/** A scrape that waits for a database that is away would lose every other metric too, when they are needed most. */
const patience = 2_000;

/** A gauge whose values are asked for at every scrape; what cannot be read is missing rather than old. */
export class ScrapedGauge {
  readonly #readers: ReadGauge[] = [];
  readonly #gauge: Gauge;

  constructor(
    registry: Registry,
    private readonly description: MetricDescription,
    private readonly onFailure: (error: unknown) => void,
  ) {
    const { name, help, labels } = description;
    this.#gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect: () => this.#collect(),
    });
  }

  add(read: ReadGauge): void {
    this.#readers.push(read);
  }

  async #collect(): Promise<void> {
    const samples = (await Promise.all(this.#readers.map((read) => this.#read(read)))).flat();
    this.#gauge.reset();
    // A gauge without labels is 0 after a reset, which nobody has measured.
    if (this.description.labels.length === 0) this.#gauge.remove();
    for (const { labels, value } of samples) this.#gauge.set(labels, value);
  }

  async #read(read: ReadGauge): Promise<readonly Sample[]> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
    });
    try {
      return await Promise.race([read(), tooLong]);
    } catch (error) {
      this.onFailure(error);
      return [];
    } finally {
      clearTimeout(timer);
    }
  }
}
