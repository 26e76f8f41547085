import { setTimeout as pause } from 'node:timers/promises';
import { SystemClock } from '@yizhan/kernel';
import { KafkaPublisher } from '../src/kafka/kafka-publisher.js';
import { type Bench, openBench } from './bench.js';

let bench: Bench;
let publisher: KafkaPublisher;
let faults: string[];

beforeEach(async () => {
  bench = await openBench();
  faults = [];
  publisher = new KafkaPublisher({
    // Nobody listens on port 1.
    kafka: {
      brokers: ['127.0.0.1:1'],
      topic: 'away',
      clientId: 'test',
      partitions: 4,
      replicationFactor: 1,
      minInSyncReplicas: 1,
    },
    database: bench.log,
    connection: bench.logConnection,
    clock: new SystemClock(),
    onFault: (where) => faults.push(where),
  });
  bench.onCommit = publisher.wake;
  publisher.start();
});
afterEach(async () => {
  await publisher.stop();
  await bench.close();
});

/** Whatever the sender has told of its trouble: a failed send is told as `publishing`, minutes of trying as `Kafka`. */
const failedSends = () => faults.filter((where) => where === 'publishing');

it('gives events their place in the log while the first of them still waits for a broker', async () => {
  for (const position of [1, 2, 3]) {
    await bench.write(`write ${position}`, [`visit/${position}`]);
    while ((await bench.reader.head()) < position) await pause(10);
  }
  expect(failedSends()).toEqual([]);
  expect(publisher.progress).toEqual({ isActive: true, published: 0 });
});
