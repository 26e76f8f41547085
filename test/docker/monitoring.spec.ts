import { catalogue, Metrics } from '@yizhan/observability';
import { parse } from 'yaml';
import { appsOf, portOf, readCompose, readText } from './compose-file.js';

const cluster = readCompose('cluster');

interface ScrapeConfiguration {
  readonly job_name: string;
  readonly metrics_path?: string;
  readonly dns_sd_configs: readonly {
    readonly names: readonly string[];
    readonly port: number;
    readonly type: string;
  }[];
}

interface Panel {
  readonly title: string;
  readonly datasource: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string }[];
}

const prometheus = parse(readText('docker/prometheus/prometheus.yml')) as {
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly ScrapeConfiguration[];
};
const { panels } = JSON.parse(readText('docker/grafana/dashboards/yizhan.json')) as {
  readonly panels: readonly Panel[];
};
const expressions = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
const { groups } = parse(readText('docker/prometheus/rules.yml')) as {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
};
const rules = groups.flatMap((group) => group.rules).map(({ alert, expr }) => ({ title: alert, expr }));
const namesIn = (text: string): string[] => text.match(/\b(?:yizhan|http|process|nodejs)_\w+/g) ?? [];

it('scrapes every process of every service', () => {
  const expected = Object.keys(appsOf(cluster)).map((name) => {
    const port = portOf(cluster.services[name]);
    return { job_name: name, dns_sd_configs: [expect.objectContaining({ names: [name], port, type: 'A' })] };
  });
  expect(prometheus.scrape_configs).toEqual(expected);
});

it('finds the rules beside its configuration', () => {
  const mounted = cluster.services['prometheus']?.volumes ?? [];
  const folder = '/etc/prometheus';
  expect(prometheus.rule_files.map((file) => `./prometheus/${file}:${folder}/${file}:ro`)).toEqual(
    mounted.filter((volume) => volume.includes('rules')),
  );
  expect(prometheus.rule_files).toHaveLength(1);
});

describe('what is asked', () => {
  it.each([...expressions, ...rules])('$title asks for figures that there are: $expr', async ({ expr }) => {
    const shown = await new Metrics(() => undefined).text();
    const kinds = new Map([...shown.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name, kind]) => [name, kind]));
    for (const { name, kind } of Object.values(catalogue)) kinds.set(name, kind);
    const series = [...kinds].flatMap(([name, kind]) =>
      kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    );
    for (const name of namesIn(expr)) expect(series).toContain(name);
    expect(namesIn(expr).length > 0 || /\bup\b/.test(expr)).toBe(true);
  });

  it('asks by labels that the figures have', () => {
    for (const { name, labels } of Object.values(catalogue)) {
      for (const { expr } of [...expressions, ...rules].filter((each) => each.expr.includes(name))) {
        const by = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/));
        expect([...labels, 'job', 'le']).toEqual(expect.arrayContaining(by));
      }
    }
  });
});

describe('the dashboard', () => {
  it('shows everything of the catalogue', () => {
    const asked = expressions.flatMap(({ expr }) => namesIn(expr));
    const unseen = Object.values(catalogue).filter(({ name }) => !asked.some((each) => each.startsWith(name)));
    expect(unseen.map(({ name }) => name)).toEqual([]);
  });

  it('lays no panel over another', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  it('asks the Prometheus of the cluster', () => {
    const { datasources } = parse(readText('docker/grafana/provisioning/datasources/prometheus.yml')) as {
      datasources: readonly { uid: string; url: string }[];
    };
    expect(datasources).toEqual([expect.objectContaining({ url: 'http://prometheus:9090' })]);
    expect(cluster.services['prometheus']?.healthcheck?.test?.join(' ')).toContain(':9090/');
    expect(new Set(panels.map(({ datasource }) => datasource.uid))).toEqual(new Set([datasources[0]?.uid]));
  });

  it('lies where Grafana looks for it', () => {
    const { providers } = parse(readText('docker/grafana/provisioning/dashboards/dashboards.yml')) as {
      providers: readonly { options: { path: string } }[];
    };
    const mounted = cluster.services['grafana']?.volumes?.find((volume) => volume.startsWith('./grafana/dashboards:'));
    expect(mounted?.split(':')[1]).toBe(providers[0]?.options.path);
  });
});
