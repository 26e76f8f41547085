import {
  Bell,
  EmbeddedTransport,
  type EventLogTelemetry,
  LogReader,
  Outbox,
  RecentEntries,
  Sequencer,
} from '@yizhan/event-log';
import type { TokenSigner } from '@yizhan/identity';
import type { Clock, Ids } from '@yizhan/kernel';
import type { Keystore } from '@yizhan/keystore';
import type { NoticeSettings } from '@yizhan/notices';
import { type Database, servicePlaces } from '@yizhan/persistence';
import type { WebhookSettings } from '@yizhan/process';
import type {
  DeliveryTelemetry,
  Demonstration,
  EquippedService,
  ServiceDefinition,
  ServicePorts,
  SlipKeySet,
  StorageSign,
} from '@yizhan/service-process';
import { serviceDefinitions } from './definitions.js';
import type { DatabaseServer } from './postgres/database-server.js';
import { openPlace } from './postgres/open-place.js';

/** Everything below the services: one database per role, the log, the transport. */
export interface Services {
  readonly databases: readonly Database[];
  /** As the sequencer's role. */
  readonly log: Database;
  readonly sequencer: Sequencer;
  readonly transport: EmbeddedTransport;
  /** Reads the log as the sequencer's role. */
  readonly reader: LogReader;
  readonly equipped: readonly EquippedService[];
  portsOf(name: ServiceDefinition['name']): ServicePorts;
}

export interface ServiceSettings {
  readonly server: DatabaseServer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly keystore: Keystore;
  /** Name of this process among those that may decide for an area. */
  readonly owner: string;
  /** What handoff slips are signed with. */
  readonly slipKeys: SlipKeySet;
  /** Counts what the consumers do. */
  readonly telemetry?: EventLogTelemetry & DeliveryTelemetry;
  /** Where webhooks may go besides public addresses. */
  readonly webhooks?: WebhookSettings | undefined;
  /** Over which gateways people are told; absent where notices are on screens alone, as wherever the work is played. */
  readonly notices?: NoticeSettings | undefined;
  /** Makes the tokens of whoever signs in. */
  readonly signer: TokenSigner;
  /** What is played, where the work is not real. */
  readonly demonstration?: Demonstration | undefined;
  /** Where phones open this process now, where they can. */
  readonly phonesAt?: (() => string | undefined) | undefined;
  /** Of the disk, where it is ours. */
  readonly storage?: StorageSign | undefined;
  readonly onFault: (where: string, error: unknown) => void;
}

const sequencerPoolSize = 3;

export async function openServices(settings: ServiceSettings): Promise<Services> {
  const {
    server,
    clock,
    ids,
    keystore,
    owner,
    slipKeys,
    telemetry,
    webhooks,
    notices,
    signer,
    demonstration,
    phonesAt,
    storage,
    onFault,
  } = settings;
  const [log, ...databases] = await Promise.all([
    openPlace(server, servicePlaces.eventLog, sequencerPoolSize),
    ...serviceDefinitions.map(({ place, poolSize, entities }) => openPlace(server, place, poolSize, entities)),
  ]);
  const recent = new RecentEntries();
  const logBell = new Bell();
  const sequencer = new Sequencer(log, recent, { bell: logBell });
  const reader = new LogReader(log, recent);
  const transport = new EmbeddedTransport({ reader, sequencer, mayLag: true, onFault });
  const equipped = serviceDefinitions.map((definition, index): EquippedService => {
    const database = databases[index];
    if (!database) throw new Error(`no database was opened for ${definition.name}`);
    const outbox = new Outbox(definition.source, clock, ids, transport.wake, telemetry?.tracing);
    const ownReader = new LogReader(database, recent);
    return {
      definition,
      transport,
      ports: {
        database,
        outbox,
        reader: ownReader,
        clock,
        ids,
        logBell,
        owner,
        slipKeys,
        telemetry,
        deliveryTelemetry: telemetry,
        webhooks,
        notices,
        keystore,
        signer,
        demonstration,
        phonesAt,
        storage,
      },
    };
  });
  return {
    log,
    databases: [log, ...databases],
    sequencer,
    transport,
    reader,
    equipped,
    portsOf: (name) => {
      const found = equipped.find(({ definition }) => definition.name === name);
      if (!found) throw new Error(`${name} is none of the product's services`);
      return found.ports;
    },
  };
}
