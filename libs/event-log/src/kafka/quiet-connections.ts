import RequestQueues from 'kafkajs/src/network/requestQueue/index.js';

/**
 * Keeps kafkajs 2.2.4 from looking after each connection's pending requests every millisecond for ever, whether or not any
 * is pending: 3 to 4 % of a core for a process that has nothing to do.
 */
export function quietConnections(): void {
  const { prototype } = RequestQueues;
  if (quieted.has(prototype)) return;
  quieted.add(prototype);
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWherePending() {
    if (this.pending.length > 0) schedule.call(this);
  };
}

const quieted = new WeakSet<object>();
