import { randomBytes } from 'node:crypto';
import { loopback } from './free-ports.js';

/** Where one node listens: for clients and other brokers, and for the other controllers. */
export interface NodePorts {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
}

export interface NodeSettings {
  readonly id: number;
  /** The folder of its data. */
  readonly data: string;
  /** Every node of the cluster, this one too. */
  readonly peers: readonly NodePorts[];
  /** Added to the settings below, or in their place. */
  readonly more?: Readonly<Record<string, string>>;
}

/** An id as Kafka makes them: 16 bytes as base64 for addresses. One with a leading dash reads like an option. */
export function newId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newId() : id;
}

/** The `server.properties` of a node that is broker and controller at once (KRaft). Times are Kafka's defaults. */
export function settingsOf({ id, data, peers, more }: NodeSettings): string {
  const own = peers.find((peer) => peer.id === id);
  if (!own) throw new Error(`node ${id} is not one of its peers`);
  const copies = String(peers.length);
  const needed = String(peers.length === 1 ? 1 : 2);
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': String(id),
    'controller.quorum.voters': peers.map((peer) => `${peer.id}@${loopback}:${peer.controllerPort}`).join(','),
    listeners: `BROKER://${loopback}:${own.port},CONTROLLER://${loopback}:${own.controllerPort}`,
    'advertised.listeners': `BROKER://${loopback}:${own.port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'BROKER',
    'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': data.replaceAll('\\', '/'),
    'auto.create.topics.enable': 'false',
    'unclean.leader.election.enable': 'false',
    'default.replication.factor': copies,
    'min.insync.replicas': needed,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': '3',
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': needed,
    'transaction.state.log.num.partitions': '3',
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': needed,
    'share.coordinator.state.topic.num.partitions': '3',
    'group.initial.rebalance.delay.ms': '0',
    ...more,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
