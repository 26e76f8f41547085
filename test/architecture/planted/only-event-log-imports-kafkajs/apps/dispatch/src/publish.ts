import { Kafka } from 'kafkajs'; // planted
import type { Producer } from 'kafkajs/types/index.js'; // planted

export const publish = (producer?: Producer) => [new Kafka({ brokers: [] }), producer];
