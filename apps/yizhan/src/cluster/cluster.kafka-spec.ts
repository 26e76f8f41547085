import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describeTopic } from '@yizhan/event-log';
import { type StartedCluster, startCluster } from '../../../../test/support/start-cluster.js';
import { isRunning } from '../runtime/postgres/process-identity.js';
import { readPostmaster } from '../runtime/postgres/postmaster-file.js';
import { choosePlace } from '../runtime/postgres/postgres-place.js';
import { kafkaSettingsOf } from './cluster.config.js';
import { processNames } from './process-names.js';
import { mergeOpenApi, type OpenApiDocument } from './proxy/merge-open-api.js';
import { routedServices } from './routes.js';

jest.setTimeout(240_000);

let started: StartedCluster;
/** Events in the log when the cluster was stopped. */
let head = 0;

beforeAll(async () => {
  started = await startCluster({ processes: { publisher: 2, station: 2 } });
});
afterAll(() => started?.close());

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await pause(50);
}

/** One event of the log. */
async function publishPolicy(areaCode: string): Promise<void> {
  for (const [path, body] of [
    ['areas', { areaCode, name: areaCode }],
    [`areas/${areaCode}/policies`, { policyId: 'cn-freight' }],
  ] as const) {
    const answer = await started.ask('POST', `/api/v1/${path}`, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}

interface Feed {
  readonly events: readonly { readonly partitionkey: string }[];
  readonly head: string;
}

async function feed(): Promise<Feed> {
  return (await (await started.ask('GET', '/api/v1/events?after=0')).json()) as Feed;
}

async function messages({ cluster }: StartedCluster): Promise<number> {
  return (await describeTopic(kafkaSettingsOf(cluster.kafka, 'test'))).messages;
}

it('starts every process that was asked for, and answers for all of them', async () => {
  const counts = processNames.map((name) => [name, started.cluster.processes(name).length]);
  expect(Object.fromEntries(counts)).toEqual({
    publisher: 2,
    station: 2,
    scheduler: 1,
    dispatch: 1,
    'command-centre': 1,
  });
  expect(await (await started.ask('GET', '/health/ready')).json()).toMatchObject({ status: 'ok' });
});

it('leads what one service writes over Kafka to the others', async () => {
  await publishPolicy('jinhua');
  await until(async () => (await feed()).events.some(({ partitionkey }) => partitionkey === 'jinhua'));
  await until(async () => (await messages(started)) === Number((await feed()).head));
});

it('describes all services in one valid document, of which no two disagree', async () => {
  const documents = await Promise.all(
    routedServices.map(async (service) => {
      const address = started.cluster.processes(service)[0]?.ready?.address;
      const answer = await fetch(`${address}/api/openapi.json`);
      return [service, (await answer.json()) as OpenApiDocument] as const;
    }),
  );
  expect(mergeOpenApi(Object.fromEntries(documents)).clashes).toEqual([]);
  const document = (await (await started.ask('GET', '/api/openapi.json')).json()) as OpenApiDocument;
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(Object.keys(document.paths ?? {})).toEqual(
    expect.arrayContaining(['/api/v1/areas', '/api/v1/events', '/api/v1/throughput', '/health/ready']),
  );
});

/** Writes one area after the other through the proxy until it is told to end. @returns what was answered. */
function writeAreas(prefix: string): { end(): Promise<number[]> } {
  const statuses: number[] = [];
  let goesOn = true;
  const work = async (worker: number): Promise<void> => {
    for (let count = 0; goesOn; count += 1) {
      const areaCode = `${prefix}-${worker}-${count}`;
      const answer = await started.ask('POST', '/api/v1/areas', { areaCode, name: areaCode });
      await answer.arrayBuffer();
      statuses.push(answer.status);
    }
  };
  const all = Promise.all([1, 2, 3].map(work));
  return {
    end: async () => {
      goesOn = false;
      await all;
      return statuses;
    },
  };
}

it('restarts one process after the other without a request that fails', async () => {
  const writing = writeAreas('rolling');
  for (const each of started.cluster.processes('station')) {
    const before = each.pid;
    await each.restart();
    expect(each.pid).not.toBe(before);
    await pause(1_000);
  }
  const statuses = await writing.end();
  expect(statuses.length).toBeGreaterThan(10);
  expect(new Set(statuses)).toEqual(new Set([201]));
});

it('goes on when a process is killed, starts it again, and says of a change that was under way to ask again', async () => {
  const [victim] = started.cluster.processes('station');
  const writing = writeAreas('killed');
  await pause(500);
  const back = once(victim, 'ready');
  victim.kill('SIGKILL');
  await back;
  const statuses = await writing.end();
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(10);
  // At most what its three writers had under way.
  expect(statuses.filter((status) => status === 502).length).toBeLessThanOrEqual(3);
  expect(statuses.filter((status) => status !== 201 && status !== 502)).toEqual([]);
  expect(victim.restarts).toBe(1);
});

it('ends every process by itself, and gives everything back', async () => {
  const { cluster, directory } = started;
  head = Number((await feed()).head);
  const all = processNames.flatMap((name) => cluster.processes(name));
  const exits = all.map(async (each) => [each.name, (await once(each, 'exit'))[0]] as const);
  const postgres = readPostmaster(choosePlace(directory, () => undefined).cluster)?.pid ?? 0;
  expect(isRunning(postgres)).toBe(true);
  const begun = performance.now();
  await cluster.stop();
  expect(performance.now() - begun).toBeLessThan(25_000);
  const ended = Object.fromEntries(await Promise.all(exits));
  expect(ended).toEqual(Object.fromEntries(all.map(({ name }) => [name, { code: 0, signal: null }])));
  expect(isRunning(postgres)).toBe(false);
  expect(existsSync(directory.lockFile)).toBe(false);
  await expect(fetch(`${cluster.address}/health/live`)).rejects.toThrow('fetch failed');
});

it('publishes the whole log again where it is given a new topic', async () => {
  const again = await startCluster({ directory: started.directory });
  try {
    expect(again.told).toContain(`the topic is new: publishing all ${head} events of the log again`);
    await until(async () => (await messages(again)) === head);
  } finally {
    await again.close();
  }
});
