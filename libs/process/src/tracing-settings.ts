import type { Environment } from './environment.js';
import { badInput } from './fault.js';

/**
 * Variables of OpenTelemetry that a process goes by itself; `--help` prints this. Those of the exporter, the sampler and the
 * batches (`OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`, `OTEL_BSP_…`) are read by its packages.
 */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT:
    'where traces go, OTLP over HTTP, such as http://127.0.0.1:4318; without it there are none',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'the same with its whole path, such as http://127.0.0.1:4318/v1/traces',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json, which is the only one that is spoken',
  OTEL_EXPORTER_OTLP_HEADERS: 'headers for the collector, such as authorization=…; kept out of logs',
  OTEL_SERVICE_NAME: 'what the process is called in traces (default yizhan-station and so on)',
  OTEL_TRACES_SAMPLER: 'which requests are traced (default parentbased_always_on), with OTEL_TRACES_SAMPLER_ARG',
  OTEL_TRACES_SAMPLER_ARG: 'the share of traceidratio and parentbased_traceidratio, from 0 to 1',
  OTEL_TRACES_EXPORTER: 'none turns traces off, whatever else is set',
  OTEL_SDK_DISABLED: 'true turns traces off, whatever else is set',
} as const;

/** How traces are told; where they go is read by the exporter. */
export interface TracingSettings {
  readonly serviceName: string;
}

/** @returns undefined where no traces are wanted. @throws Fault that names the variable. */
export function readTracingSettings(environment: Environment, serviceName: string): TracingSettings | undefined {
  const text = (name: keyof typeof tracingVariables): string => environment[name]?.trim() ?? '';
  const endpoints = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const;
  const given = endpoints.filter((name) => text(name) !== '');
  const exporter = text('OTEL_TRACES_EXPORTER');
  if (given.length === 0 || exporter === 'none' || text('OTEL_SDK_DISABLED').toLowerCase() === 'true') return undefined;
  if (exporter !== '' && exporter !== 'otlp') {
    throw badInput(`OTEL_TRACES_EXPORTER: ${exporter} is not known`, 'Give otlp, or none to have no traces.');
  }
  for (const name of given) if (!/^https?:\/\/[^/]/.test(text(name))) throw badAddress(name);
  const protocol = text('OTEL_EXPORTER_OTLP_PROTOCOL');
  if (protocol !== '' && protocol !== 'http/json') {
    throw badInput(
      `OTEL_EXPORTER_OTLP_PROTOCOL: ${protocol} is not spoken`,
      'Give http/json, or leave it out: collectors take it at the port of HTTP, usually 4318.',
    );
  }
  return { serviceName: text('OTEL_SERVICE_NAME') || serviceName };
}

/** Without its value: there may be a password in it. */
const badAddress = (name: string) => badInput(`${name} is no address`, 'Give such as http://127.0.0.1:4318.');
