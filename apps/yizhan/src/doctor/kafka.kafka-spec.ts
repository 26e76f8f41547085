import { openTestKafka } from '@yizhan/testing';
import { kafkaSettingsOf } from '../cluster/cluster.config.js';
import { provisionTopic } from '../cluster/topic.js';
import { lookAtKafka } from './kafka.js';

const one = { YIZHAN_KAFKA_REPLICATION: '1', YIZHAN_KAFKA_MIN_IN_SYNC: '1', YIZHAN_KAFKA_PARTITIONS: '2' };

it('says whether Kafka is used, and whether its topic is as it must be', async () => {
  expect(await lookAtKafka({})).toMatchObject({ state: 'ok', says: expect.stringContaining('not used') });
  const { brokers, topic, close } = await openTestKafka();
  try {
    const variables = { ...one, KAFKA_BROKERS: brokers.join(','), YIZHAN_KAFKA_TOPIC: topic };
    expect(await lookAtKafka(variables)).toMatchObject({ state: 'fail', says: `topic ${topic} does not exist` });
    await provisionTopic(kafkaSettingsOf(variables, 'test'));
    expect(await lookAtKafka(variables)).toMatchObject({ state: 'ok' });
    const other = await lookAtKafka({ ...variables, YIZHAN_KAFKA_PARTITIONS: '3' });
    expect(other).toMatchObject({ state: 'fail', says: `topic ${topic} has 2 partitions, not 3` });
    expect(other.mend).toContain('topics provision');
  } finally {
    await close();
  }
});
