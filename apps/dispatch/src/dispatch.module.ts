import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { Bell, LogReader } from '@yizhan/event-log';
import { Clock, Ids } from '@yizhan/kernel';
import { Keystore } from '@yizhan/keystore';
import { AddressRules, addressRulesOf } from '@yizhan/outgoing';
import { Database, type MigrationSet, servicePlaces } from '@yizhan/persistence';
import type { ServicePorts } from '@yizhan/service-process';
import { deliveryControllers, deliveryProviders } from './delivery/delivery.providers.js';
import { DeliveryPorts } from './delivery/delivery-ports.js';
import { DeliverySettings } from './delivery/delivery-settings.js';
import { ChooseEvents } from './events/choose-events.js';
import { EventsController } from './events/events.controller.js';
import { LiveStreams } from './events/live-streams.js';
import { LogTail } from './events/log-tail.js';
import { OwnEntries } from './events/own-entries.js';
import { ReadFeed } from './events/read-feed.js';
import { CreateDispatch1764400002000 } from './migrations/1764400002000-create-dispatch.js';
import { LetGoOfDeliveries1764400002001 } from './migrations/1764400002001-let-go-of-deliveries.js';
import { ShowCarriersTheirSubscriptions1764500002000 } from './migrations/1764500002000-show-carriers-their-subscriptions.js';
import { KeepBatches1764900000000 } from './migrations/1764900000000-keep-batches.js';
import { ShowDisabledEndpoints1764900000001 } from './migrations/1764900000001-show-disabled-endpoints.js';
import { ShowWaitingMessages1764960000000 } from './migrations/1764960000000-show-waiting-messages.js';
import { subscriptionControllers, subscriptionProviders } from './subscriptions/subscriptions.providers.js';

/** What dispatch is given by the process that it runs in. */
export interface DispatchPorts extends Pick<
  ServicePorts,
  'reader' | 'logBell' | 'database' | 'clock' | 'ids' | 'keystore' | 'owner' | 'webhooks' | 'deliveryTelemetry'
> {
  /** How deliveries are made, where a test wants it otherwise. */
  readonly deliverySettings?: Partial<DeliverySettings>;
}

/** Tells those whom it concerns what happened: the log by position, a page at a time, as it grows, or to endpoints of theirs. */
@Module({})
export class DispatchModule {
  static register(ports: DispatchPorts): DynamicModule {
    return {
      module: DispatchModule,
      controllers: [EventsController, ...subscriptionControllers, ...deliveryControllers],
      providers: [
        ...given(ports),
        LogTail,
        ReadFeed,
        LiveStreams,
        ChooseEvents,
        OwnEntries,
        ...subscriptionProviders,
        ...deliveryProviders,
      ],
    };
  }
}

function given(ports: DispatchPorts): Provider[] {
  const { reader, logBell, database, clock, ids, keystore, owner, webhooks, deliveryTelemetry, deliverySettings } =
    ports;
  const rules = addressRulesOf(webhooks);
  const settings = new DeliverySettings(deliverySettings);
  return [
    { provide: LogReader, useValue: reader },
    { provide: Bell, useValue: logBell },
    { provide: Database, useValue: database },
    { provide: Clock, useValue: clock },
    { provide: Ids, useValue: ids },
    { provide: Keystore, useValue: keystore },
    { provide: AddressRules, useValue: rules },
    { provide: DeliveryPorts, useValue: { owner, clock, settings, rules, telemetry: deliveryTelemetry } },
  ];
}

/** Tables of subscriptions and of what is delivered to them. */
export const dispatchMigrations: MigrationSet = {
  schema: servicePlaces.dispatch.schema,
  migrations: [
    CreateDispatch1764400002000,
    LetGoOfDeliveries1764400002001,
    ShowCarriersTheirSubscriptions1764500002000,
    KeepBatches1764900000000,
    ShowDisabledEndpoints1764900000001,
    ShowWaitingMessages1764960000000,
  ],
};
