import { quietConnections } from './quiet-connections.js';

interface Queue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  readonly pending: unknown[];
  checkPendingRequests(): void;
  maybeThrottle(milliseconds: number): void;
  push(request: object): void;
  destroy(): void;
}

type QueueClass = new (settings: object) => Queue;

const logger = { debug: () => undefined, warn: () => undefined };

/** One connection's queue of requests. */
function openQueue(): Queue {
  const RequestQueue = jest.requireActual<QueueClass>('kafkajs/src/network/requestQueue');
  return new RequestQueue({ maxInFlightRequests: 1, requestTimeout: 1_000, clientId: 'x', broker: 'y', logger });
}

test('kafkajs itself looks again and again after a queue in which nothing waits: or this is needed no more', () => {
  const queue = openQueue();
  queue.checkPendingRequests();
  expect(queue.throttleCheckTimeoutId).not.toBeNull();
  queue.destroy();
});

test('a queue in which nothing waits sets no timer, and one whose requests are held back does', () => {
  quietConnections();
  const queue = openQueue();
  queue.checkPendingRequests();
  expect(queue.throttleCheckTimeoutId).toBeNull();
  queue.maybeThrottle(10_000);
  queue.push({ entry: { correlationId: 1 }, expectResponse: true, sendRequest: () => undefined });
  expect(queue.pending).toHaveLength(1);
  expect(queue.throttleCheckTimeoutId).not.toBeNull();
  queue.destroy();
});
