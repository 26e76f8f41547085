import { readTracingSettings } from './tracing-settings.js';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

it.each([
  [{}],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
  [{ OTEL_SERVICE_NAME: 'x', OTEL_TRACES_EXPORTER: 'otlp' }],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: 'none' }],
  [{ ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }],
])('%j wants no traces', (environment) => {
  expect(readTracingSettings(environment, 'yizhan-station')).toBeUndefined();
});

it('is called by its program, or as it is told to be', () => {
  expect(readTracingSettings(endpoint, 'yizhan-station')).toEqual({ serviceName: 'yizhan-station' });
  const traces = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces', OTEL_SERVICE_NAME: 'jinhua' };
  expect(readTracingSettings(traces, 'yizhan-station')).toEqual({ serviceName: 'jinhua' });
});

it.each([
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf'],
  ['OTEL_TRACES_EXPORTER', 'zipkin'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'collector:4318'],
])('refuses %s=%s by its name', (name, value) => {
  expect(() => readTracingSettings({ ...endpoint, [name]: value }, 'yizhan-station')).toThrow(name);
});

it('says nothing of an address that is wrong', () => {
  const secret = { OTEL_EXPORTER_OTLP_ENDPOINT: 'me:s3cret@collector' };
  expect(() => readTracingSettings(secret, 'yizhan-station')).toThrow(/^OTEL_EXPORTER_OTLP_ENDPOINT is no address$/);
});
