import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { isObservable, lastValueFrom, type Observable, throwError } from 'rxjs';
import { Consumer } from './consumer.js';
import type { ConsumerSettings } from './consumer-settings.js';
import { EventContext } from './event-context.js';
import type { EventTransport } from './event-transport.js';
import type { TracedStep } from './tracing.js';

/** Milliseconds: who builds its memory from the log, or catches up, would tell of traces that nobody looks at any more. */
const tracedWithin = 10 * 60_000;

/** What a consumer is given besides its handlers, which are found by their mark. */
export interface EventLogServerSettings extends Omit<ConsumerSettings, 'handles' | 'handle'> {
  /** The mark that the group's handlers carry: `@EventPattern(type, mark)`. */
  readonly mark: symbol;
  readonly transport: EventTransport;
}

/**
 * Brings events from the log to Nest controllers. One handler per type and group; a handler that throws parks the
 * event's subject and never reaches the transport.
 */
export class EventLogServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  override readonly transportId: symbol;
  #consumer: Consumer | undefined;

  constructor(private readonly settings: EventLogServerSettings) {
    super();
    this.transportId = settings.mark;
  }

  listen(callback: (error?: unknown) => void): void {
    const doubled = [...this.messageHandlers].find(([, handler]) => handler.next !== undefined);
    if (doubled) {
      callback(new Error(`two handlers of group ${this.settings.group} take ${doubled[0]}: an effect has one home`));
      return;
    }
    this.#consumer = new Consumer({
      ...this.settings,
      handles: (type) => this.messageHandlers.has(type),
      handle: (event, tx) => this.#handle(event, tx),
    });
    this.settings.transport.subscribe(this.#consumer).then(() => callback(), callback);
  }

  async close(): Promise<void> {
    if (this.#consumer) await this.settings.transport.unsubscribe(this.#consumer);
  }

  /** Not used: progress and failures are read from the transport. */
  on(): void {}

  unwrap<T>(): T {
    return this.#consumer as T;
  }

  async #handle(event: YizhanEvent, tx: Transaction | undefined): Promise<void> {
    const handler = this.messageHandlers.get(event.type);
    if (!handler) throw new Error(`no handler for ${event.type}`);
    const step = this.#traced(event);
    const traceparent = step?.traceparent ?? event.traceparent;
    const cause = { id: `${this.settings.group}:${event.id}`, causationId: event.id, traceparent };
    try {
      const result: unknown = await handler(event, new EventContext([tx, cause]));
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
      step?.end();
    } catch (error) {
      step?.end(error);
      throw error;
    }
  }

  #traced({ traceparent, recordedtime, type }: YizhanEvent): TracedStep | undefined {
    const { telemetry, clock, group } = this.settings;
    if (traceparent === undefined || telemetry?.tracing === undefined) return undefined;
    const age = clock.now() - (parseInstant(recordedtime) ?? 0);
    return age > tracedWithin ? undefined : telemetry.tracing.handling(traceparent, group, type);
  }
}

/** Lets a handler's own error through to the consumer, which records it and parks the subject. */
@Catch()
export class PassHandlerErrors implements ExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}
