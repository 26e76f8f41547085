import { Injectable } from '@nestjs/common';
import { SystemClock } from '@yizhan/kernel';
import { EndpointClient } from '@yizhan/outgoing';
import type { LogTail } from '../events/log-tail.js';
import { type ActiveRow, DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryPorts } from './delivery-ports.js';
import { Endpoint } from './endpoint.js';
import { SubscribedLogs } from './log-part.js';
import { Outcomes } from './outcomes.js';
import type { Room } from './room.js';
import { Senders } from './senders.js';

/** Opens the queue of one endpoint in this process. */
@Injectable()
export class OpenEndpoint {
  readonly #wallClock = new SystemClock();

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly deliveries: DeliveriesRepository,
    private readonly outcomes: Outcomes,
    private readonly senders: Senders,
    private readonly logs: SubscribedLogs,
  ) {}

  /** @throws Error where its secret cannot be opened. */
  async execute(row: ActiveRow, tail: LogTail, room: Room): Promise<Endpoint> {
    const { owner, clock, settings, rules, telemetry } = this.ports;
    const { connections, within } = settings;
    const sender = await this.senders.of(row);
    return new Endpoint(row, {
      owner,
      clock,
      wallClock: this.#wallClock,
      settings,
      deliveries: this.deliveries,
      outcomes: this.outcomes,
      room,
      client: new EndpointClient({ url: sender.url, rules, connections, within }),
      sender,
      log: this.logs.of(row),
      tail,
      onAttempt: (result, seconds) => telemetry?.attempted(result, seconds),
    });
  }
}
