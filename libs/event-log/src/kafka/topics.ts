import kafkajs, { type Admin, type PartitionMetadata } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { createKafka } from './kafka-client.js';
import type { KafkaSettings } from './kafka-settings.js';

/** What the topic must be like; a retention that ends is fine, as Kafka can be refilled from the log. */
function wantedConfig({ minInSyncReplicas }: KafkaSettings): Readonly<Record<string, string>> {
  return {
    'min.insync.replicas': String(minInSyncReplicas),
    'unclean.leader.election.enable': 'false',
    'cleanup.policy': 'delete',
  };
}

/** Every broker knows a new topic by then, however busy; most do after some milliseconds. */
export const newTopicWithin = 30_000;
const lookEvery = 100;

export function topicExists(settings: KafkaSettings): Promise<boolean> {
  return withAdmin(settings, async (admin) => (await admin.listTopics()).includes(settings.topic));
}

/**
 * Creates the topic where there is none, and waits until a broker knows it; another may still need a moment. @returns what was
 * done. @throws Error where the brokers refuse.
 */
export async function provisionTopics(settings: KafkaSettings): Promise<string[]> {
  return withAdmin(settings, async (admin) => {
    const created = await admin.createTopics({
      // kafkajs fails where the broker that it asks does not know the new topic yet.
      waitForLeaders: false,
      timeout: 15_000,
      topics: [
        {
          topic: settings.topic,
          numPartitions: settings.partitions,
          replicationFactor: settings.replicationFactor,
          configEntries: Object.entries(wantedConfig(settings)).map(([name, value]) => ({ name, value })),
        },
      ],
    });
    const { topic, partitions, replicationFactor } = settings;
    if (created) await partitionsOf(admin, topic, newTopicWithin);
    return created ? [`created ${topic}: ${partitions} partitions, ${replicationFactor} replicas each`] : [];
  });
}

/**
 * @param within milliseconds that a topic has to become known, with a leader for each partition. @returns what is wrong with the
 * topic, a sentence each; empty where it is as it must be.
 */
export async function checkTopics(settings: KafkaSettings, within = 0): Promise<string[]> {
  const { topic } = settings;
  return withAdmin(settings, async (admin) => {
    const partitions = await partitionsOf(admin, topic, within);
    if (!partitions) return [`topic ${topic} does not exist`];
    const faults: string[] = [];
    if (partitions.length !== settings.partitions) {
      faults.push(`topic ${topic} has ${partitions.length} partitions, not ${settings.partitions}`);
    }
    const fewest = Math.min(...partitions.map(({ replicas }) => replicas.length));
    if (fewest < settings.replicationFactor) {
      faults.push(`topic ${topic} is kept ${fewest} times, not ${settings.replicationFactor}`);
    }
    return [...faults, ...(await faultsOfConfig(admin, settings))];
  });
}

/** Removes the topic with everything in it: a refill writes it anew from the log. */
export async function removeTopic(settings: KafkaSettings): Promise<void> {
  await withAdmin(settings, async (admin) => {
    if (!(await admin.listTopics()).includes(settings.topic)) return;
    await admin.deleteTopics({ topics: [settings.topic], timeout: 15_000 });
  });
}

/** How many messages lie in the topic, and how many replicas are missing. */
export async function describeTopic(settings: KafkaSettings): Promise<{ messages: number; missingReplicas: number }> {
  return withAdmin(settings, async (admin) => {
    const offsets = await admin.fetchTopicOffsets(settings.topic);
    const { topics } = await admin.fetchTopicMetadata({ topics: [settings.topic] });
    const messages = offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
    const missing = (topics[0]?.partitions ?? []).map(({ replicas, isr }) => replicas.length - isr.length);
    return { messages, missingReplicas: missing.reduce((sum, count) => sum + count, 0) };
  });
}

/** Whether an error says that no broker can be reached for now, and nothing of the settings. */
export function areBrokersAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { name, code, originalError } = cause as { name: string; code?: unknown; originalError?: unknown };
    if (typeof code === 'string' && awayCodes.has(code)) return true;
    if (awayErrors.has(name) && code === undefined) return true;
    if (originalError !== undefined && areBrokersAway(originalError)) return true;
  }
  return false;
}

/** Nobody listens there now, or nothing comes back. A name that nobody knows is a fault of the settings. */
const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE']);
const awayErrors = new Set(['KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSRequestTimeoutError']);

/** @returns undefined where the topic does not exist after `within` milliseconds. */
async function partitionsOf(
  admin: Admin,
  topic: string,
  within: number,
): Promise<readonly PartitionMetadata[] | undefined> {
  const end = performance.now() + within;
  for (;;) {
    const isLast = performance.now() >= end;
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const partitions = topics[0]?.partitions ?? [];
      if (isLast || partitions.every(({ leader }) => leader >= 0)) return partitions;
    } catch (error) {
      if (!(error instanceof kafkajs.KafkaJSProtocolError) || !notYet.has(error.type)) throw error;
      if (isLast && error.type === unknownTopic) return undefined;
      if (isLast) throw error;
    }
    await pause(lookEvery);
  }
}

const unknownTopic = 'UNKNOWN_TOPIC_OR_PARTITION';
const notYet = new Set([unknownTopic, 'LEADER_NOT_AVAILABLE']);

async function faultsOfConfig(admin: Admin, settings: KafkaSettings): Promise<string[]> {
  const { topic } = settings;
  const wanted = wantedConfig(settings);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: Object.keys(wanted) }],
  });
  const found = new Map(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]));
  return Object.entries(wanted)
    .filter(([name, value]) => found.get(name) !== value)
    .map(([name, value]) => `topic ${topic} has ${name}=${found.get(name) ?? 'nothing'}, not ${value}`);
}

async function withAdmin<T>(settings: KafkaSettings, work: (admin: Admin) => Promise<T>): Promise<T> {
  const complaints: string[] = [];
  const kafka = createKafka(settings, (line) => complaints.push(line));
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } catch (error) {
    const last = complaints.at(-1);
    throw new Error(`Kafka at ${settings.brokers.join(', ')}: ${describe(error)}${last ? ` (${last})` : ''}`, {
      cause: error,
    });
  } finally {
    await admin.disconnect();
  }
}

function describe(error: unknown): string {
  const nested = error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const all = [error, ...(nested as unknown[])].map((each) => (each instanceof Error ? each.message : String(each)));
  return [...new Set(all)].join(': ');
}
