import { kafkaSettingsOf, type KafkaVariables } from '../cluster/cluster.config.js';
import { kafkaOf } from '../cluster/local-brokers.js';
import { checkTopic } from '../cluster/topic.js';
import { type Check, type DoctorContext, fail, type Finding, ok } from './check.js';

export const kafkaServes: Check = {
  name: 'kafka',
  title: { en: 'Kafka', zh: 'Kafka' },
  look: ({ directory }: DoctorContext) => lookAtKafka(kafkaOf(directory)),
};

/** @throws Fault where no broker answers. */
export async function lookAtKafka(variables: KafkaVariables): Promise<Finding> {
  const { KAFKA_BROKERS: brokers } = variables;
  if (!brokers) return ok('not used: one process needs none, and KAFKA_BROKERS names none');
  const kafka = kafkaSettingsOf(variables, 'yizhan-doctor');
  const faults = await checkTopic(kafka);
  if (faults.length === 0) return ok(`${brokers} answer, and ${kafka.topic} is as it must be`);
  return fail(
    faults.join('; '),
    'Run "npx yizhan topics provision", or set YIZHAN_KAFKA_PARTITIONS and its like to what the topic is.',
  );
}
