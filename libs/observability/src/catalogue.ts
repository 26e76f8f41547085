/** One metric as Prometheus knows it. Units are in the name: seconds, events, rows. */
export interface MetricDescription {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram. */
  readonly buckets?: readonly number[];
}

/**
 * Every metric of our own. Labels take few values: `group` is a consumer group, `type` an event type that the group
 * listens to, `route` the pattern of a route, never an address that was asked for.
 */
export const catalogue = {
  handled: {
    kind: 'counter',
    name: 'yizhan_events_handled_total',
    help: 'Events that have had their effect.',
    labels: ['group', 'type'],
  },
  handlingSeconds: {
    kind: 'histogram',
    name: 'yizhan_event_handling_seconds',
    help: 'From taking an event up to the commit of its effect.',
    labels: ['group'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  },
  redelivered: {
    kind: 'counter',
    name: 'yizhan_events_redelivered_total',
    help: 'Events that came again and were skipped.',
    labels: ['group'],
  },
  pulled: {
    kind: 'counter',
    name: 'yizhan_events_pulled_total',
    help: 'Events that were missing on Kafka and were taken from the log.',
    labels: ['group'],
  },
  parked: {
    kind: 'counter',
    name: 'yizhan_events_parked_total',
    help: 'Events that were parked: their handler failed, or they came behind such a one.',
    labels: ['group', 'type'],
  },
  quarantined: {
    kind: 'counter',
    name: 'yizhan_events_quarantined_total',
    help: 'Messages that could not be read as an event and were put aside.',
    labels: ['group'],
  },
  parkedEvents: {
    kind: 'gauge',
    name: 'yizhan_parked_events',
    help: 'Parked events of the whole group, the same in each of its processes: take the maximum, not the sum.',
    labels: ['group', 'state'],
  },
  lag: {
    kind: 'gauge',
    name: 'yizhan_consumer_lag_events',
    help: 'Messages of the partitions of this process that it has still to take.',
    labels: ['group'],
  },
  rebalanceSeconds: {
    kind: 'histogram',
    name: 'yizhan_rebalance_seconds',
    help: 'From the first word of a new distribution of the partitions until this process had its own.',
    labels: ['group'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120],
  },
  published: {
    kind: 'counter',
    name: 'yizhan_events_published_total',
    help: 'Entries of the log that Kafka has acknowledged.',
    labels: [],
  },
  publishDelaySeconds: {
    kind: 'histogram',
    name: 'yizhan_publish_delay_seconds',
    help: 'Per batch, from the recording of its oldest entry to the acknowledgement by Kafka.',
    labels: [],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  },
  outboxRows: {
    kind: 'gauge',
    name: 'yizhan_outbox_rows',
    help: 'Events that are committed and have no position in the log yet.',
    labels: [],
  },
  oldestUnpublishedSeconds: {
    kind: 'gauge',
    name: 'yizhan_oldest_unpublished_seconds',
    help: 'Age of the oldest event that is committed and has not reached its readers; 0 where there is none.',
    labels: [],
  },
  deliveryAttempts: {
    kind: 'counter',
    name: 'yizhan_webhook_attempts_total',
    help: 'Attempts to deliver an event to an endpoint, by what came of it.',
    labels: ['result'],
  },
  deliverySeconds: {
    kind: 'histogram',
    name: 'yizhan_webhook_attempt_seconds',
    help: 'From the name server to the end of the answer of an endpoint.',
    labels: ['result'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
  },
  deliveryBacklog: {
    kind: 'gauge',
    name: 'yizhan_webhook_backlog',
    help: 'Deliveries to active subscriptions that are not done, counted up to 5,000 each.',
    labels: [],
  },
  deliveryEventsBehind: {
    kind: 'gauge',
    name: 'yizhan_webhook_events_behind',
    help: 'Entries of the log that the subscription that is farthest behind has not been read for.',
    labels: [],
  },
  subscriptions: {
    kind: 'gauge',
    name: 'yizhan_webhook_subscriptions',
    help: 'Subscriptions by state.',
    labels: ['state'],
  },
  trucksStanding: {
    kind: 'gauge',
    name: 'yizhan_trucks',
    help: 'Trucks announced, queued and at the stations of an area, by what they wait for; the same in each process of the command centre.',
    labels: ['area', 'state'],
  },
  alertsOpen: {
    kind: 'gauge',
    name: 'yizhan_alerts_open',
    help: 'Alerts that stand in an area, by level and whether somebody is at it; the same in each process of the command centre.',
    labels: ['area', 'level', 'acknowledged'],
  },
  casesOpen: {
    kind: 'gauge',
    name: 'yizhan_cases_open',
    help: 'Cases that an area has to act on, by whether they are past their time; the same in each process of the command centre.',
    labels: ['area', 'overdue'],
  },
  noticesWaiting: {
    kind: 'gauge',
    name: 'yizhan_notices_waiting',
    help: 'Notices of alerts that wait to be sent; the same in each process of the command centre.',
    labels: ['gateway'],
  },
  noticesFailed: {
    kind: 'gauge',
    name: 'yizhan_notices_failed',
    help: 'Notices of alerts that failed for good in the last 24 h; the same in each process of the command centre.',
    labels: ['gateway'],
  },
  requestSeconds: {
    kind: 'histogram',
    name: 'http_request_duration_seconds',
    help: 'HTTP requests by pattern of the route; streams are not counted.',
    labels: ['method', 'route', 'status_class'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  readFailures: {
    kind: 'counter',
    name: 'yizhan_metric_read_failures_total',
    help: 'Gauges that are read at the scrape and could not be: they are missing from that scrape.',
    labels: ['metric'],
  },
} as const satisfies Record<string, MetricDescription>;

export type MetricKey = keyof typeof catalogue;

/** Names of the labels of one metric. */
export type LabelsOf<K extends MetricKey> = (typeof catalogue)[K]['labels'][number];
