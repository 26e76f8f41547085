import { type ApiRequest, askBroker, describeCluster, int16, int32, Reader, string } from './ask-broker.js';
import { LocalKafka } from './local-kafka.js';
import { openTestKafka } from './test-kafka.js';
import { kafkaVersions } from './versions.js';
import { isAlive, until } from './watch-processes.js';

// Each test starts several JVMs, which share two cores with whatever else runs.
jest.setTimeout(240_000);

/** A killed broker is missed, and may come back, after 2 s in place of 9. */
const brokerSettings = { 'broker.session.timeout.ms': '2000', 'broker.heartbeat.interval.ms': '300' };
const createTopics: ApiRequest = { key: 19, version: 2 };
const none = int32(0);

async function createTopic(broker: string, name: string, copies: number): Promise<void> {
  const topic = Buffer.concat([string(name), int32(1), int16(copies), none, none]);
  const answer = new Reader(
    await askBroker(broker, createTopics, Buffer.concat([int32(1), topic, int32(10_000), Buffer.from([0])])),
  );
  answer.int32();
  expect(answer.list(() => [answer.string(), answer.int16(), answer.string()])).toEqual([[name, 0, undefined]]);
}

const topicsOf = async (broker: string) => (await describeCluster(broker)).topics;
const brokersOf = async (broker: string) =>
  [...(await describeCluster(broker)).brokers.keys()].toSorted((one, other) => one - other);

describe.each(Object.values(kafkaVersions))('one broker of Kafka %s', (version) => {
  let kafka: LocalKafka;

  beforeAll(async () => {
    kafka = await LocalKafka.start({ brokers: 1, version, brokerSettings });
  });
  afterAll(() => kafka?.stop());

  it('answers at the address that it names', async () => {
    const [address] = kafka.brokers;
    expect((await describeCluster(address)).brokers).toEqual(new Map([[1, address]]));
  });

  it('comes back with its data on the same port after it was killed', async () => {
    const [node] = kafka.nodes;
    const [address, pid] = [node.address, node.pid];
    await createTopic(address, 'kept', 1);
    await node.kill();
    expect(node.pid).toBeUndefined();
    await expect(describeCluster(address)).rejects.toThrow('ECONNREFUSED');

    await node.start();
    await kafka.ready();
    expect(node.pid).not.toBe(pid);
    expect(await topicsOf(address)).toEqual(['kept']);
  });

  it('forgets everything when it is wiped, and is empty on the same port', async () => {
    const { brokers } = kafka;
    await kafka.wipe();
    expect(kafka.brokers).toEqual(brokers);
    expect(await topicsOf(brokers[0])).toEqual([]);
  });

  it('leaves no process behind when it is stopped', async () => {
    const pid = kafka.nodes[0].pid!;
    expect(isAlive(pid)).toBe(true);
    await kafka.stop();
    expect(isAlive(pid)).toBe(false);
  });
});

describe('three brokers', () => {
  let kafka: LocalKafka;

  beforeAll(async () => {
    kafka = await LocalKafka.start({ brokers: 3, brokerSettings });
  });
  afterAll(() => kafka?.stop());

  it('keep three copies of a topic', async () => {
    await createTopic(kafka.brokers[0], 'copied', 3);
    for (const address of kafka.brokers) await until(async () => (await topicsOf(address)).includes('copied'));
  });

  it('miss one that was killed, and take it back with an empty disk', async () => {
    const [first, second, third] = kafka.nodes;
    await first.kill();
    await until(async () => (await brokersOf(second.address)).join() === '2,3');
    await kafka.ready();

    await first.wipe();
    await first.start();
    await kafka.ready();
    expect(await brokersOf(third.address)).toEqual([1, 2, 3]);
    expect(await topicsOf(first.address)).toEqual(['copied']);
  });

  it('miss one that hangs, until it goes on', async () => {
    const [first, second] = kafka.nodes;
    await second.kill('SIGSTOP');
    await until(async () => (await brokersOf(first.address)).join() === '1,3');
    await second.kill('SIGCONT');
    await until(async () => (await brokersOf(first.address)).join() === '1,2,3');
  });

  it('are not wiped one by one while they run, and not started twice', async () => {
    const [node] = kafka.nodes;
    await expect(node.wipe()).rejects.toThrow('kill it before');
    await expect(node.start()).rejects.toThrow('is running already');
  });
});

it('says what Kafka said when it does not start', async () => {
  const start = LocalKafka.start({ brokers: 1, brokerSettings: { 'log.retention.ms': 'soon' } });
  await expect(start).rejects.toThrow(/node 1 ended by itself \(exit 1\)[^]*log\.retention\.ms/);
});

it('gives each test a topic name of its own in the Kafka of the run, and removes that topic', async () => {
  const [one, other] = [await openTestKafka(), await openTestKafka()];
  expect(one.topic).not.toBe(other.topic);
  const [broker] = one.brokers;
  const { brokers } = await describeCluster(broker);
  expect([...brokers.values()]).toEqual(expect.arrayContaining([broker]));

  for (const { topic } of [one, other]) await createTopic(broker, topic, 1);
  await one.close();
  await until(async () => !(await topicsOf(broker)).includes(one.topic));
  expect(await topicsOf(broker)).toContain(other.topic);
  await other.close();
  await other.close();
});
