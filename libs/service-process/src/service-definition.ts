import type { DynamicModule } from '@nestjs/common';
import type { EventSource } from '@yizhan/contracts';
import type { Bell, EventLogServer, EventLogTelemetry, EventTransport, LogReader, Outbox } from '@yizhan/event-log';
import type { TokenSigner } from '@yizhan/identity';
import type { Clock, Ids } from '@yizhan/kernel';
import type { Keystore } from '@yizhan/keystore';
import type { NoticeSettings } from '@yizhan/notices';
import type { Metrics } from '@yizhan/observability';
import type { Database, DataSourceSettings, MigrationSet, ServicePlace } from '@yizhan/persistence';
import type { WebhookSettings } from '@yizhan/process';
import type { Demonstration } from './demonstration.js';
import type { SlipKeySet } from './slip-keys.js';
import type { StorageSign } from './storage-sign.js';
import type { Due } from './timer-loop.js';

/** What a service is given by the process that it runs in: its own, or the one of the whole product. */
export interface ServicePorts {
  /** Connected as the role of the service's place, with its entities. */
  readonly database: Database;
  /** Of the service's source. */
  readonly outbox: Outbox;
  readonly reader: LogReader;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Rung whenever the log may have grown. */
  readonly logBell: Bell;
  /** Name of this process among its like; `single` where it is the only one for good. */
  readonly owner: string;
  /** Of a service that needs it. */
  readonly keystore?: Keystore;
  /** What handoff slips are signed with; absent where this process signs none. */
  readonly slipKeys?: SlipKeySet | undefined;
  /** Counts what the consumer does. */
  readonly telemetry?: EventLogTelemetry;
  /** Counts what is sent to endpoints. */
  readonly deliveryTelemetry?: DeliveryTelemetry | undefined;
  /** Where webhooks may go besides public addresses. */
  readonly webhooks?: WebhookSettings | undefined;
  /** Over which gateways people are told; absent where notices are on screens alone. */
  readonly notices?: NoticeSettings | undefined;
  /** Makes tokens; absent where another one signs people in. */
  readonly signer?: TokenSigner;
  /** What is played in this process; absent where the work is real. */
  readonly demonstration?: Demonstration | undefined;
  /** The address under which phones open this process now, where they can; absent where a proxy knows. */
  readonly phonesAt?: (() => string | undefined) | undefined;
  /** Of the disk that this process works on; absent where that is somebody else's. */
  readonly storage?: StorageSign | undefined;
}

/** Counts attempts to deliver an event to an endpoint. */
export interface DeliveryTelemetry {
  attempted(result: 'delivered' | 'failed', seconds: number): void;
}

/** The instance of a provider or controller in the running application. */
export type Get = <T>(type: abstract new (...args: never[]) => T) => T;

/** Answers that stay open, such as a stream of events: nobody can wait for them when the process goes down. */
export interface OpenStreams {
  /** Ends every stream, so that its reader connects again elsewhere, and begins no new one. */
  endAll(): void;
}

/**
 * One service, as it is known to whatever process runs it: `runService` in a process of its own, or `apps/yizhan` beside
 * the others.
 */
export interface ServiceDefinition {
  /** Also the name of its consumer group. */
  readonly name: 'station' | 'scheduler' | 'dispatch' | 'command-centre';
  readonly place: ServicePlace;
  readonly source: EventSource;
  /** Connections to the database in one process. */
  readonly poolSize: number;
  readonly entities?: DataSourceSettings['entities'];
  /** Of the service's own schema. */
  readonly migrations: MigrationSet;
  /** Whether it keeps what is sealed with keys that lie outside the database. */
  readonly needsKeystore?: boolean;
  /** The Nest module with its controllers, its handlers of events and its providers. */
  register(ports: ServicePorts): DynamicModule;
  /** Brings it the events that it listens to. Absent where it consumes nothing. */
  server?(ports: ServicePorts, transport: EventTransport, get: Get): EventLogServer;
  /** What happens by the clock; in a stepped round before anything is delivered. */
  dues?(get: Get): readonly Due[];
  /** What is looked at again by the clock; in a stepped round after everything was delivered. */
  wakes?(get: Get): readonly Due[];
  streams?(get: Get): readonly OpenStreams[];
  /** Shows at every scrape what only it knows. */
  measure?(metrics: Metrics, ports: ServicePorts): void;
}
