import { Kafka } from 'kafkajs';

export const client = new Kafka({ brokers: [] });
