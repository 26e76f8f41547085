import type { EventLogTelemetry, EventTracing } from '@yizhan/event-log';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { catalogue, type LabelsOf, type MetricKey } from './catalogue.js';
import { type ReadGauge, ScrapedGauge } from './scraped-gauge.js';

type KeyOfKind<K extends 'counter' | 'gauge' | 'histogram'> = {
  [M in MetricKey]: (typeof catalogue)[M]['kind'] extends K ? M : never;
}[MetricKey];

/** One HTTP request that has been answered. */
export interface MeasuredRequest {
  readonly method: string;
  /** Pattern of the route, such as `/api/v1/stations/:stationCode`. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/**
 * What one process counts and measures, in a registry of its own. Hand it to consumers and publishers as their
 * telemetry; `serveMetrics` shows it to Prometheus.
 */
export class Metrics implements EventLogTelemetry {
  /** Where traces are wanted; set before consumers begin. */
  tracing: EventTracing | undefined;
  readonly #registry = new Registry();
  readonly #handled = this.#counter('handled');
  readonly #handlingSeconds = this.#histogram('handlingSeconds');
  readonly #redelivered = this.#counter('redelivered');
  readonly #pulled = this.#counter('pulled');
  readonly #parked = this.#counter('parked');
  readonly #quarantined = this.#counter('quarantined');
  readonly #lag = this.#gauge('lag');
  readonly #rebalanceSeconds = this.#histogram('rebalanceSeconds');
  readonly #published = this.#counter('published');
  readonly #publishDelaySeconds = this.#histogram('publishDelaySeconds');
  readonly #deliveryAttempts = this.#counter('deliveryAttempts');
  readonly #deliverySeconds = this.#histogram('deliverySeconds');
  readonly #requestSeconds = this.#histogram('requestSeconds');
  readonly #readFailures = this.#counter('readFailures');
  readonly #scraped = new Map<MetricKey, ScrapedGauge>();

  /** @param onFault told why a gauge could not be read. */
  constructor(private readonly onFault: (where: string, error: unknown) => void) {
    collectDefaultMetrics({ register: this.#registry });
  }

  readonly contentType = this.#registry.contentType;

  /** Prometheus's text format. Gauges that are read at the scrape are asked now, for 2 s at most. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Reads a gauge at every scrape. Several readers of one gauge add their values, each with labels of its own. */
  readAtScrape<K extends KeyOfKind<'gauge'>>(key: K, read: ReadGauge<LabelsOf<K>>): void {
    let gauge = this.#scraped.get(key);
    if (!gauge) {
      gauge = new ScrapedGauge(this.#registry, catalogue[key], (error) => this.#couldNotRead(key, error));
      this.#scraped.set(key, gauge);
    }
    gauge.add(read);
  }

  request({ method, route, status, seconds }: MeasuredRequest): void {
    this.#requestSeconds.observe({ method, route, status_class: `${Math.floor(status / 100)}xx` }, seconds);
  }

  handled(group: string, type: string, seconds: number): void {
    this.#handled.inc({ group, type });
    this.#handlingSeconds.observe({ group }, seconds);
  }

  redelivered(group: string): void {
    this.#redelivered.inc({ group });
  }

  pulled(group: string, events: number): void {
    this.#pulled.inc({ group }, events);
  }

  parked(group: string, type: string): void {
    this.#parked.inc({ group, type });
  }

  quarantined(group: string): void {
    this.#quarantined.inc({ group });
  }

  rebalanced(group: string, seconds: number): void {
    this.#rebalanceSeconds.observe({ group }, seconds);
  }

  lag(group: string, events: number): void {
    this.#lag.set({ group }, events);
  }

  published(events: number, seconds: number): void {
    this.#published.inc(events);
    this.#publishDelaySeconds.observe(seconds);
  }

  attempted(result: 'delivered' | 'failed', seconds: number): void {
    this.#deliveryAttempts.inc({ result });
    this.#deliverySeconds.observe({ result }, seconds);
  }

  #couldNotRead(key: MetricKey, error: unknown): void {
    const metric = catalogue[key].name;
    this.#readFailures.inc({ metric });
    this.onFault(`reading ${metric}`, error);
  }

  #counter<K extends KeyOfKind<'counter'>>(key: K): Counter<LabelsOf<K>> {
    const { name, help, labels } = catalogue[key];
    return new Counter<LabelsOf<K>>({ name, help, labelNames: labels, registers: [this.#registry] });
  }

  #gauge<K extends KeyOfKind<'gauge'>>(key: K): Gauge<LabelsOf<K>> {
    const { name, help, labels } = catalogue[key];
    return new Gauge<LabelsOf<K>>({ name, help, labelNames: labels, registers: [this.#registry] });
  }

  #histogram<K extends KeyOfKind<'histogram'>>(key: K): Histogram<LabelsOf<K>> {
    const { name, help, labels, buckets } = catalogue[key];
    return new Histogram<LabelsOf<K>>({
      name,
      help,
      labelNames: labels,
      buckets: [...buckets],
      registers: [this.#registry],
    });
  }
}
