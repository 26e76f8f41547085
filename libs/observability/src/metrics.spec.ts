import { catalogue } from './catalogue.js';
import { Metrics } from './metrics.js';

const faults: string[] = [];
const open = (): Metrics => new Metrics((where, error) => faults.push(`${where}: ${String(error)}`));

beforeEach(() => faults.splice(0));

const linesOf = async (metrics: Metrics, name: string): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name) && !/_bucket\{/.test(line));

it('counts what happens to events, by group and type', async () => {
  const metrics = open();
  metrics.handled('station', 'yizhan.visit.arrived.v1', 0.004);
  metrics.handled('station', 'yizhan.visit.arrived.v1', 0.3);
  metrics.redelivered('station');
  metrics.pulled('station', 3);
  metrics.parked('station', 'yizhan.visit.checked.v1');
  metrics.quarantined('station');
  metrics.rebalanced('station', 3);
  metrics.lag('station', 40);
  metrics.lag('station', 12);
  metrics.published(500, 0.02);
  metrics.published(20, 7);
  const shown = (await metrics.text()).split('\n');
  expect(shown).toEqual(
    expect.arrayContaining([
      'yizhan_events_handled_total{group="station",type="yizhan.visit.arrived.v1"} 2',
      'yizhan_event_handling_seconds_bucket{le="0.005",group="station"} 1',
      'yizhan_event_handling_seconds_bucket{le="0.5",group="station"} 2',
      'yizhan_event_handling_seconds_count{group="station"} 2',
      'yizhan_events_redelivered_total{group="station"} 1',
      'yizhan_events_pulled_total{group="station"} 3',
      'yizhan_events_parked_total{group="station",type="yizhan.visit.checked.v1"} 1',
      'yizhan_events_quarantined_total{group="station"} 1',
      'yizhan_rebalance_seconds_sum{group="station"} 3',
      'yizhan_rebalance_seconds_count{group="station"} 1',
      'yizhan_consumer_lag_events{group="station"} 12',
      'yizhan_events_published_total 520',
      'yizhan_publish_delay_seconds_bucket{le="0.025"} 1',
      'yizhan_publish_delay_seconds_sum 7.02',
      'yizhan_publish_delay_seconds_count 2',
    ]),
  );
});

it('shows everything of the catalogue under its name, kind and meaning, and the process itself', async () => {
  const metrics = open();
  const readAtScrape = [
    'parkedEvents',
    'outboxRows',
    'oldestUnpublishedSeconds',
    'deliveryBacklog',
    'deliveryEventsBehind',
    'subscriptions',
    'trucksStanding',
    'alertsOpen',
    'casesOpen',
    'noticesWaiting',
    'noticesFailed',
  ] as const;
  for (const key of readAtScrape) metrics.readAtScrape(key, async () => []);
  const shown = (await metrics.text()).split('\n');
  for (const { name, kind, help } of Object.values(catalogue)) {
    expect(shown).toContain(`# TYPE ${name} ${kind}`);
    expect(shown).toContain(`# HELP ${name} ${help}`);
  }
  const own = shown.filter((line) => /^# TYPE (yizhan|http)_/.test(line));
  expect(own).toHaveLength(Object.keys(catalogue).length);
  expect(shown).toContain('# TYPE process_cpu_seconds_total counter');
  expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
});

it('keeps its figures from those of another', async () => {
  const one = open();
  const other = open();
  one.published(1, 1);
  expect(await linesOf(other, 'yizhan_events_published_total')).toEqual(['yizhan_events_published_total 0']);
});

describe('a gauge that is read at the scrape', () => {
  it('is what all its readers say at that moment, and nothing of before', async () => {
    const metrics = open();
    let states = ['parked', 'waiting'];
    metrics.readAtScrape('parkedEvents', async () =>
      states.map((state) => ({ labels: { group: 'station', state }, value: 2 })),
    );
    metrics.readAtScrape('parkedEvents', async () => [{ labels: { group: 'scheduler', state: 'parked' }, value: 1 }]);
    expect(await linesOf(metrics, 'yizhan_parked_events')).toEqual([
      'yizhan_parked_events{group="station",state="parked"} 2',
      'yizhan_parked_events{group="station",state="waiting"} 2',
      'yizhan_parked_events{group="scheduler",state="parked"} 1',
    ]);
    states = ['parked'];
    expect(await linesOf(metrics, 'yizhan_parked_events')).toHaveLength(2);
  });

  it('is missing where nobody reads it', async () => {
    expect(await linesOf(open(), 'yizhan_outbox_rows')).toEqual([]);
  });

  it('is missing where it cannot be read, and everything else is shown', async () => {
    const metrics = open();
    let isAway = false;
    metrics.readAtScrape('outboxRows', async () => {
      if (isAway) throw new Error('the database is away');
      return [{ labels: {}, value: 7 }];
    });
    expect(await linesOf(metrics, 'yizhan_outbox_rows')).toEqual(['yizhan_outbox_rows 7']);
    isAway = true;
    expect(await linesOf(metrics, 'yizhan_outbox_rows')).toEqual([]);
    // Its own scrape may have counted before it was read.
    expect(await linesOf(metrics, 'yizhan_metric_read_failures_total')).toEqual([
      'yizhan_metric_read_failures_total{metric="yizhan_outbox_rows"} 1',
    ]);
    expect(faults[0]).toBe('reading yizhan_outbox_rows: Error: the database is away');
  });

  it('is not waited for longer than 2 s', async () => {
    const metrics = open();
    metrics.readAtScrape('outboxRows', () => new Promise(() => undefined));
    const begun = performance.now();
    expect(await linesOf(metrics, 'yizhan_outbox_rows')).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(faults).toEqual(['reading yizhan_outbox_rows: Error: no answer within 2000 ms']);
  });
});
