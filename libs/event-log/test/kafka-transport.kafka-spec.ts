import { openTestKafka } from '@yizhan/testing';
import { kafkaUnderTest, testTopic } from './kafka-under-test.js';
import type { Bench } from './bench.js';
import { transportConformance, type TransportUnderTest } from './transport-conformance.js';

const onKafka = async (bench: Bench): Promise<TransportUnderTest> => {
  const { brokers } = await openTestKafka();
  return kafkaUnderTest(bench, testTopic(brokers));
};

transportConformance('kafka', onKafka);
transportConformance('kafka, many events in one transaction', onKafka, 50);
