import { randomUUID } from 'node:crypto';
import { type ApiRequest, askBroker, int32, Reader, string } from './ask-broker.js';

/** The Kafka of the test run, with a topic name that no other test has. */
export interface TestKafka {
  readonly brokers: string[];
  /** Not made yet: the test makes it as the product does. Group ids may begin with it. */
  readonly topic: string;
  /** Removes the topic where it was made. */
  close(): Promise<void>;
}

/** The Kafka that `test/setup` has started, or that `KAFKA_BROKERS` names. @throws where there is none. */
export async function openTestKafka(): Promise<TestKafka> {
  const brokers = (process.env.YIZHAN_TEST_KAFKA_BROKERS ?? '').split(',').filter((address) => address);
  const [first] = brokers;
  if (!first) throw new Error('YIZHAN_TEST_KAFKA_BROKERS is not set: name the test file *.kafka-spec.ts');
  const topic = `yizhan-test-${randomUUID()}`;
  return { brokers, topic, close: () => deleteTopic(first, topic) };
}

const deleteTopics: ApiRequest = { key: 20, version: 1 };
const unknownTopic = 3;
const timeoutMs = 10_000;

async function deleteTopic(broker: string, topic: string): Promise<void> {
  const body = Buffer.concat([int32(1), string(topic), int32(timeoutMs)]);
  const answer = new Reader(await askBroker(broker, deleteTopics, body, 2 * timeoutMs));
  answer.int32();
  const [error] = answer.list(() => [answer.string(), answer.int16()] as const).map(([, code]) => code);
  if (error !== 0 && error !== unknownTopic) throw new Error(`Kafka did not delete ${topic} (error ${error})`);
}
