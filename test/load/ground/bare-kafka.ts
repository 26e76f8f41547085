import type { KafkaSettings } from '@yizhan/event-log';
import { AssignerProtocol, type Consumer, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';

/** kafkajs as it comes, with its usual settings: the peer, and a look at the brokers from outside. */
export class BareKafka {
  readonly #kafka: Kafka;

  constructor(private readonly settings: KafkaSettings) {
    const { brokers, clientId } = settings;
    this.#kafka = new Kafka({ brokers: [...brokers], clientId, logLevel: logLevel.NOTHING });
  }

  async producer(): Promise<Producer> {
    const producer = this.#kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    return producer;
  }

  /** Reads the topic from its first message on. */
  async consumer(groupId: string): Promise<Consumer> {
    const consumer = this.#kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
    await consumer.connect();
    await consumer.subscribe({ topics: [this.settings.topic], fromBeginning: true });
    return consumer;
  }

  /** How many partitions each member of a group owns; `undefined` while it is changing. */
  async shares(groupId: string): Promise<number[] | undefined> {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      const { groups } = await admin.describeGroups([groupId]);
      const [group] = groups;
      if (group?.state !== 'Stable') return undefined;
      return group.members.map(({ memberAssignment }) => this.#partitionsIn(memberAssignment));
    } finally {
      await admin.disconnect();
    }
  }

  #partitionsIn(assignment: Buffer): number {
    if (assignment.length === 0) return 0;
    return AssignerProtocol.MemberAssignment.decode(assignment)?.assignment[this.settings.topic]?.length ?? 0;
  }
}

/** The partition to which every client of Kafka sends a key. */
export function partitionOfKey(key: string, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return Partitioners.DefaultPartitioner()({ topic: '', partitionMetadata, message: { key, value: null } });
}
