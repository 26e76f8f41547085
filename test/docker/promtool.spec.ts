import { spawnSync } from 'node:child_process';
import { catalogue, Metrics } from '@yizhan/observability';

let promtool: string;

/** Prometheus's own checker. Where it can not be had that is said aloud, and in CI it is a failure. */
beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/setup/debian/promtool.mjs'], {
    encoding: 'utf8',
  });
  if (status !== 0 && (status !== 3 || process.env.CI === 'true')) throw new Error(stderr);
  if (status === 3) process.stderr.write(`yizhan: what Prometheus reads was NOT CHECKED by promtool: ${stderr}\n`);
  promtool = status === 3 ? 'true' : stdout;
}, 300_000);

function check(asked: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(promtool, asked, { encoding: 'utf8', input });
  return status === 0 ? '' : `${status}: ${stdout}${stderr}`;
}

it('takes the configuration, and the rules that it names', () => {
  expect(check(['check', 'config', 'docker/prometheus/prometheus.yml'])).toBe('');
});

it('has every rule fire when it is to, and not before', () => {
  expect(check(['test', 'rules', 'test/docker/prometheus-rules.yml'])).toBe('');
});

it('finds our figures named as it is usual', async () => {
  const metrics = new Metrics(() => undefined);
  metrics.request({ method: 'GET', route: '/api/v1/visits', status: 200, seconds: 0.1 });
  metrics.handled('station', 'yizhan.visit.arrived.v1', 0.01);
  metrics.redelivered('station');
  metrics.pulled('station', 2);
  metrics.parked('station', 'yizhan.visit.arrived.v1');
  metrics.quarantined('station');
  metrics.rebalanced('station', 2);
  metrics.lag('station', 4);
  metrics.published(3, 0.01);
  metrics.attempted('failed', 0.3);
  metrics.readAtScrape('outboxRows', () => Promise.reject(new Error('away')));
  metrics.readAtScrape('alertsOpen', () =>
    Promise.resolve([{ labels: { area: 'yiwu', level: 'warn', acknowledged: 'no' }, value: 2 }]),
  );
  // Once before, as a failure to read is counted while it is read.
  await metrics.text();
  const ours = (await metrics.text()).split('\n').filter((line) => /^(# (HELP|TYPE) )?(yizhan|http)_/.test(line));
  const counters = Object.values(catalogue).filter(({ kind }) => kind !== 'gauge');
  // What has no value yet is not looked at.
  for (const { name } of counters) expect(ours.some((line) => line.startsWith(name))).toBe(true);
  expect(check(['check', 'metrics'], `${ours.join('\n')}\n`)).toBe('');
});
