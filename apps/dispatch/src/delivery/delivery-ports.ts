import type { Clock } from '@yizhan/kernel';
import type { AddressRules } from '@yizhan/outgoing';
import type { DeliveryTelemetry } from '@yizhan/service-process';
import type { DeliverySettings } from './delivery-settings.js';

/** What deliveries are given by the process that makes them. */
export abstract class DeliveryPorts {
  /** Name of this process among its like, and of no other one that has been. */
  abstract readonly owner: string;
  abstract readonly clock: Clock;
  abstract readonly settings: DeliverySettings;
  /** Where messages may go. */
  abstract readonly rules: AddressRules;
  abstract readonly telemetry?: DeliveryTelemetry | undefined;
}
