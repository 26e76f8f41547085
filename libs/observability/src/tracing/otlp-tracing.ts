import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { parseTraceParent, setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { TracedStep } from '@yizhan/event-log';
import type { TracingOptions } from './open-tracing.js';
import type { TracedRequest, Tracing } from './tracing.js';

/** Milliseconds: a collector that is away keeps no process from ending. */
const closesWithin = 1_500;
const faultsEvery = 60_000;

/** Traces by OpenTelemetry, over OTLP. Names of attributes are those of its semantic conventions. */
export class OtlpTracing implements Tracing {
  readonly #tracer: Tracer;

  private constructor(private readonly provider: BasicTracerProvider) {
    this.#tracer = provider.getTracer('yizhan');
  }

  /** @param exporter that the environment tells of, unless another is given */
  static open({ serviceName, version, onFault }: TracingOptions, exporter?: SpanExporter): OtlpTracing {
    let told = -Infinity;
    setGlobalErrorHandler((error) => {
      if (performance.now() - told < faultsEvery) return;
      told = performance.now();
      onFault('sending traces', typeof error === 'string' ? new Error(error) : error);
    });
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
      spanProcessors: [new BatchSpanProcessor(exporter ?? new OTLPTraceExporter())],
    });
    return new OtlpTracing(provider);
  }

  request(method: string, traceparent: string | undefined): TracedRequest {
    const span = this.#begin(method, SpanKind.SERVER, traceparent, { 'http.request.method': method });
    return {
      traceparent: traceparentOf(span),
      end: (route, status) => {
        span.updateName(`${method} ${route}`);
        span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
        // What was refused is not our fault.
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  committing(parent: string, source: string, events: number): TracedStep {
    return stepOf(
      this.#begin('commit', SpanKind.PRODUCER, parent, {
        'messaging.system': 'yizhan',
        'messaging.operation.type': 'send',
        'messaging.destination.name': 'yizhan.events',
        'messaging.batch.message_count': events,
        'yizhan.source': source,
      }),
    );
  }

  handling(parent: string, group: string, type: string): TracedStep {
    return stepOf(
      this.#begin(`handle ${type}`, SpanKind.CONSUMER, parent, {
        'messaging.system': 'yizhan',
        'messaging.operation.type': 'process',
        'messaging.destination.name': 'yizhan.events',
        'messaging.consumer.group.name': group,
        'yizhan.event.type': type,
      }),
    );
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, closesWithin);
    });
    await Promise.race([this.provider.shutdown(), late]);
    clearTimeout(timer);
  }

  #begin(name: string, kind: SpanKind, traceparent: string | undefined, attributes: Attributes): Span {
    return this.#tracer.startSpan(name, { kind, attributes }, contextOf(traceparent));
  }
}

function contextOf(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

const stepOf = (span: Span): TracedStep => ({
  traceparent: traceparentOf(span),
  end: (failure) => {
    if (failure !== undefined) {
      // What it says may name a truck or a person.
      span.setAttribute('error.type', failure instanceof Error ? failure.name : 'error');
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  },
});
