import { setTimeout as sleep } from 'node:timers/promises';
import { describeCluster } from './ask-broker.js';
import type { LocalNode } from './kafka-node.js';

const pollMs = 50;
const withinMs = 120_000;

/**
 * Resolves when every node that runs answers and knows every other one that runs.
 * @throws after two minutes, or when a node ends by itself, with the last messages of its log.
 */
export async function becomeReady(nodes: readonly LocalNode[]): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const fallen = nodes.find((node) => node.fallen);
    if (fallen) throw new Error(`${fallen.fallen}; the last messages of its log:\n${await fallen.lastWords()}`);
    const lack = await whatLacks(nodes);
    if (!lack) return;
    if (performance.now() > deadline) throw new Error(`Kafka is not ready after ${withinMs / 1000} s: ${lack}`);
    await sleep(pollMs);
  }
}

async function whatLacks(nodes: readonly LocalNode[]): Promise<string | undefined> {
  const running = nodes.filter((node) => node.canAnswer);
  if (running.length === 0) return 'no node runs';
  for (const node of running) {
    try {
      const { brokers } = await describeCluster(node.address);
      const unknown = running.find(({ id }) => !brokers.has(id));
      if (unknown) return `node ${node.id} does not know node ${unknown.id} yet`;
    } catch (error) {
      return `node ${node.id} does not answer: ${(error as Error).message}`;
    }
  }
  return undefined;
}
