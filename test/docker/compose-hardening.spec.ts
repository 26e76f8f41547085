import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { kafkaVersions } from '@yizhan/testing';
import { composeFiles, isOurs, readCompose, readText, root } from './compose-file.js';

const cluster = readCompose('cluster');
const all = composeFiles.flatMap((file) =>
  Object.entries(readCompose(file).services).map(([name, service]) => ({ name: `${file}/${name}`, service })),
);
const runsOn = all.filter(({ service }) => service.restart !== 'no');

const secondsOf = (text: string | undefined): number => Number(/^(\d+)s$/.exec(text ?? '')?.[1] ?? 0);

it.each(all)('$name runs a version that is named, and never what is newest by then', ({ service: { image } }) => {
  expect(image).toMatch(/^[\w./-]+:v?\d+\.\d+(\.\d+)?(-[\w.-]+)?$/);
});

it('runs the versions that are tested', () => {
  const { version } = JSON.parse(readText('package.json')) as { version: string };
  const images = new Set(all.map(({ service }) => service.image));
  expect([...images].filter((image) => image.startsWith('yizhan:'))).toEqual([`yizhan:${version}`]);
  expect([...images].filter((image) => image.includes('kafka'))).toEqual([`apache/kafka:${kafkaVersions.current}`]);
  expect([...images].filter((image) => image.startsWith('postgres:'))).toEqual([expect.stringMatching(/:18\./)]);
});

it.each(all)('$name cannot change its own files, and can do no more than its user', ({ service }) => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  });
  expect([service.cap_add, service.privileged]).toEqual([undefined, undefined]);
});

it.each(all)('$name cannot take the whole machine', ({ service }) => {
  expect(service.deploy?.resources?.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
  expect(service.pids_limit).toBeGreaterThan(0);
  expect(service.logging?.driver).toBe('local');
});

it.each(runsOn)('$name is started again when it ends, and given its time to end', ({ service }) => {
  expect(service.restart).toBe('unless-stopped');
  expect(secondsOf(service.stop_grace_period)).toBeGreaterThanOrEqual(30);
});

it.each(runsOn)('$name is asked for its health', ({ service }) => {
  // That of our own image is in the Dockerfile.
  expect(service.healthcheck?.test?.[0]).toBe(isOurs(service) ? undefined : 'CMD');
  expect(service.healthcheck?.disable).toBeUndefined();
});

it.each(all.filter(({ service }) => isOurs(service)))(
  '$name has an init and a place for what is short-lived',
  (each) => {
    expect(each.service).toMatchObject({ init: true, tmpfs: ['/tmp'] });
  },
);

it('publishes on loopback alone unless it is told otherwise', () => {
  const published = all.flatMap(({ name, service }) => (service.ports ?? []).map((port) => `${name} ${port}`));
  expect(published).toEqual([
    'one-machine/yizhan ${PUBLISH_ADDRESS:-127.0.0.1}:${PUBLISH_PORT:-7700}:7700',
    'cluster/proxy ${PUBLISH_ADDRESS:-127.0.0.1}:${PUBLISH_PORT:-7700}:8080',
    'cluster/proxy 127.0.0.1:${GRAFANA_PORT:-7701}:8081',
  ]);
});

it('has only the proxy and, for webhooks, dispatch on a network that leads outside, each on its own', () => {
  const { networks = {}, services } = cluster;
  const open = Object.keys(networks).filter((name) => networks[name]?.internal !== true);
  const on = (network: string): string[] =>
    Object.keys(services).filter((name) => services[name]?.networks?.includes(network));
  expect(open.map((network) => [network, on(network)])).toEqual([
    ['front', ['proxy']],
    ['outside', ['dispatch']],
  ]);
  expect(services['proxy']?.networks).not.toContain('data');
  const dataOnly = Object.keys(services).filter((name) => services[name]?.networks?.join() === 'data');
  expect(dataOnly).toEqual(['migrate', 'topics', 'cli', 'kafka-1', 'kafka-2', 'kafka-3', 'postgres']);
});

it('waits only for services that there are, and for health only where it is asked', () => {
  const { services } = cluster;
  for (const { depends_on: waits = [] } of Object.values(services)) {
    for (const [name, { condition }] of Array.isArray(waits) ? [] : Object.entries(waits)) {
      const awaited = services[name];
      if (condition === 'service_completed_successfully') expect(awaited.restart).toBe('no');
      else expect(awaited.healthcheck?.test).toBeDefined();
    }
    for (const name of Array.isArray(waits) ? (waits as string[]) : []) expect(services).toHaveProperty([name]);
  }
});

it.each(composeFiles)('%s mounts only volumes that it declares, and files that there are', (file) => {
  const { services, volumes = {} } = readCompose(file);
  const sources = Object.values(services).flatMap((service) => (service.volumes ?? []).map((text) => text.split(':')));
  for (const [source = '', , mode] of sources) {
    if (!source.startsWith('.')) expect(volumes).toHaveProperty([source]);
    else expect([mode, existsSync(resolve(root, 'docker', source))]).toEqual(['ro', true]);
  }
});
