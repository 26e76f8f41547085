import { setTimeout as pause } from 'node:timers/promises';
import { coordinatorOf } from '@yizhan/testing';
import { FaultyCluster } from '../support/load/faulty-cluster.js';
import { StreamReader } from '../support/load/stream-reader.js';

/**
 * A cluster of two publishers, two stations, two schedulers, dispatch and command centre on three brokers, under load.
 * `YIZHAN_TEST_FAULTS=full` is what is run by hand before a release; a change is tested with a few of each.
 */
const isFull = process.env.YIZHAN_TEST_FAULTS === 'full';
const times = isFull
  ? { brokerKills: 30, serviceKills: 100, frozenSeconds: 60, databaseRestarts: 10, rollingRestarts: 20 }
  : { brokerKills: 2, serviceKills: 6, frozenSeconds: 20, databaseRestarts: 1, rollingRestarts: 1 };
/** About 13 events each, as far as what is broken lets them through. */
const trucksPerSecond = 2;
/** Whatever is broken. */
const eventsPerSecond = isFull ? 50 : 10;
/**
 * While processes are killed all the time two cores are busy with starting them (4 s of CPU each): at 50 a second what waits
 * grows until the end, and callers give up.
 */
const whileProcessesStart = 10;

jest.setTimeout(isFull ? 1_800_000 : 300_000);

let cluster: FaultyCluster;
/** What a failed test leaves, such as trucks half-way, would fail the next one too. */
let isSpoilt = true;

beforeEach(async () => {
  if (!isSpoilt) return;
  await cluster?.stop();
  cluster = await FaultyCluster.start();
  isSpoilt = false;
});
afterAll(() => cluster?.stop());

const nothingWrong = { brokenRules: [], lost: [], doubled: [], wrongFigures: [], setAside: [] };

/** Both, also where one has failed. */
async function bothEnd(...loads: readonly { finish(): Promise<void> }[]): Promise<void> {
  const ends = await Promise.allSettled(loads.map((load) => load.finish()));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Says how the cluster stands where `work` fails. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    isSpoilt = true;
    cluster.tell(await cluster.describe());
    throw error;
  }
}

/** Trucks come while `work` does its harm; then everything comes to rest, and nothing may be wrong. */
async function underLoad(what: string, work: () => Promise<void>, rate = eventsPerSecond): Promise<void> {
  const load = cluster.load(trucksPerSecond);
  const announcements = cluster.announcements(rate);
  const begun = performance.now();
  load.start();
  announcements.start();
  const { events, ...findings } = await told(async () => {
    await pause(2_000);
    try {
      await work();
      await pause(2_000);
    } finally {
      await bothEnd(load, announcements);
    }
    return cluster.findings();
  });
  const seconds = (performance.now() - begun) / 1_000;
  const retries = cluster.client.retries;
  cluster.tell(
    `${what}: ${load.through} trucks, ${announcements.through} announcements, ${events} events in the log, ${retries} requests sent again, ${seconds.toFixed(0)} s`,
  );
  expect(findings).toEqual(nothingWrong);
  expect(load.through).toBeGreaterThan(0);
}

it(`loses and doubles nothing while a broker of three is killed ${times.brokerKills} times`, () =>
  underLoad(`${times.brokerKills} broker kills`, async () => {
    for (let kill = 0; kill < times.brokerKills; kill += 1) {
      const node = cluster.kafka.nodes[kill % 3];
      if (!node) throw new Error('there are three brokers');
      await node.kill('SIGKILL');
      await pause(3_000);
      await node.start();
      await cluster.replicasAreComplete();
      // Two brokers that are lost together are another fault; and what waited gets on.
      await pause(5_000);
    }
  }));

it(`loses and doubles nothing while processes of services are killed ${times.serviceKills} times`, () =>
  underLoad(
    `${times.serviceKills} service kills`,
    async () => {
      for (let kill = 0; kill < times.serviceKills; kill += 1) {
        const all = cluster.processes;
        // Every one has its turn, in an order that mixes the services.
        const victim = all[(kill * 5) % all.length];
        victim?.kill('SIGKILL');
        await pause(2_500);
        // Two processes of one service that are killed before either is back are an outage, which nobody can serve through.
        await cluster.everyServiceIsReady();
      }
      await cluster.everyProcessIsReady();
    },
    whileProcessesStart,
  ));

it(`goes on when the broker that coordinates the groups is frozen for ${times.frozenSeconds} s`, () =>
  underLoad(`coordinator frozen for ${times.frozenSeconds} s`, async () => {
    const id = await coordinatorOf(cluster.kafka.brokers[0] ?? '', cluster.groupId('station'));
    const node = cluster.kafka.nodes.find((each) => each.id === id);
    if (!node) throw new Error(`no broker has the id ${id}`);
    await node.kill('SIGSTOP');
    await pause(times.frozenSeconds * 1_000);
    await node.kill('SIGCONT');
    await cluster.replicasAreComplete();
    await cluster.everyProcessIsReady();
  }));

it('goes on when every broker was wiped in the middle, and Kafka is filled again from the log', () =>
  underLoad('all brokers wiped and filled again', async () => {
    await pause(3_000);
    await cluster.kafka.wipe();
    await pause(2_000);
    await cluster.refill();
    await cluster.everyProcessIsReady();
  }));

it(`loses and doubles nothing while PostgreSQL is restarted ${times.databaseRestarts} times`, () =>
  underLoad(`${times.databaseRestarts} restarts of PostgreSQL`, async () => {
    for (let restart = 0; restart < times.databaseRestarts; restart += 1) {
      await cluster.restartDatabase(restart % 2 === 0 ? 'immediate' : 'fast');
      await pause(4_000);
    }
    await cluster.everyProcessIsReady();
  }));

it(`loses and doubles nothing in ${times.rollingRestarts} rolling restarts, and live streams miss nothing`, async () => {
  const streams = await Promise.all([1, 2, 3].map(() => StreamReader.open(cluster)));
  await underLoad(`${times.rollingRestarts} rolling restarts`, async () => {
    for (let round = 0; round < times.rollingRestarts; round += 1) {
      await cluster.rollingRestart();
    }
  });
  const documents = await cluster.database.documents();
  for (const stream of streams) {
    await stream.upTo(documents.length);
    expect(stream.faults(documents)).toEqual([]);
    if (times.rollingRestarts > 0) expect(stream.connections).toBeGreaterThan(1);
    stream.close();
  }
});
