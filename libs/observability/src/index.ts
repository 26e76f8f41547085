export { catalogue } from './catalogue.js';
export type { LabelsOf, MetricDescription, MetricKey } from './catalogue.js';
export { Metrics } from './metrics.js';
export type { MeasuredRequest } from './metrics.js';
export type { ReadGauge, Sample } from './scraped-gauge.js';
export { serveMetrics } from './serve-metrics.js';
export { watchBacklog, watchParked } from './watch-database.js';
export type { BacklogSettings } from './watch-database.js';
