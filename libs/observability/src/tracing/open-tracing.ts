import type { Tracing } from './tracing.js';

export interface TracingOptions {
  /** What this process is called in traces. */
  readonly serviceName: string;
  readonly version: string;
  /** Told, once a minute at most, why traces could not be sent. */
  readonly onFault: (where: string, error: unknown) => void;
}

/** Begins to tell the collector that `OTEL_EXPORTER_OTLP_…` name. Only then are the packages of OpenTelemetry loaded. */
export async function openTracing(options: TracingOptions): Promise<Tracing> {
  const { OtlpTracing } = await import('./otlp-tracing.js');
  return OtlpTracing.open(options);
}
