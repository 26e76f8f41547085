import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { OtlpTracing } from './otlp-tracing.js';

let told: ReadableSpan[];
let tracing: OtlpTracing;

beforeEach(() => {
  told = [];
  const exporter = new InMemorySpanExporter();
  // What it has is gone when it is shut down.
  const shutdown = exporter.shutdown.bind(exporter);
  exporter.shutdown = () => {
    told = exporter.getFinishedSpans();
    return shutdown();
  };
  tracing = OtlpTracing.open({ serviceName: 'yizhan-test', version: '0', onFault: () => undefined }, exporter);
});

const outside = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const idOf = (span: ReadableSpan | undefined) => span?.spanContext().spanId;
const parentOf = (span: ReadableSpan | undefined) => span?.parentSpanContext?.spanId;

it('tells a request, what it commits and who handles that as one trace, which whoever asked has begun', async () => {
  const request = tracing.request('POST', outside);
  const commit = tracing.committing(request.traceparent, '/yizhan/station', 2);
  const handler = tracing.handling(commit.traceparent, 'scheduler', 'yizhan.visit.arrived.v1');
  handler.end();
  commit.end();
  request.end('/api/v1/visits', 201);
  await tracing.close();
  const [third, second, first] = told;
  expect(first?.resource.attributes['service.name']).toBe('yizhan-test');
  expect([first?.name, first?.kind, first?.status.code]).toEqual([
    'POST /api/v1/visits',
    SpanKind.SERVER,
    SpanStatusCode.UNSET,
  ]);
  expect(first?.attributes).toEqual({
    'http.request.method': 'POST',
    'http.route': '/api/v1/visits',
    'http.response.status_code': 201,
  });
  expect(request.traceparent).toBe(`00-0af7651916cd43dd8448eb211c80319c-${idOf(first)}-01`);
  expect([second?.kind, third?.kind]).toEqual([SpanKind.PRODUCER, SpanKind.CONSUMER]);
  expect(second?.attributes['messaging.batch.message_count']).toBe(2);
  expect([first, second, third].map(parentOf)).toEqual(['b7ad6b7169203331', idOf(first), idOf(second)]);
  expect(new Set(told.map((span) => span.spanContext().traceId))).toEqual(
    new Set(['0af7651916cd43dd8448eb211c80319c']),
  );
});

it('begins a trace where nobody has, and one that is none is nobody’s', async () => {
  const [one, other] = [tracing.request('GET', undefined), tracing.request('GET', '00-zz-1-01')];
  one.end('/api/v1/areas', 200);
  other.end('/api/v1/areas', 500);
  await tracing.close();
  expect(told.map((span) => [parentOf(span), span.status.code])).toEqual([
    [undefined, SpanStatusCode.UNSET],
    [undefined, SpanStatusCode.ERROR],
  ]);
  expect(new Set(told.map((span) => span.spanContext().traceId)).size).toBe(2);
});

it('leaves out what whoever asked has not sampled, and says so to who comes after', async () => {
  const request = tracing.request('GET', outside.replace(/01$/, '00'));
  const commit = tracing.committing(request.traceparent, '/yizhan/station', 1);
  expect(commit.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
  commit.end();
  request.end('/api/v1/areas', 200);
  await tracing.close();
  expect(told).toEqual([]);
});

it('tells that a handler has failed, and nothing of what it says', async () => {
  tracing
    .handling(outside, 'scheduler', 'yizhan.visit.arrived.v1')
    .end(new TypeError('浙A12345 has no driver Zhang San'));
  await tracing.close();
  const [span] = told;
  expect([span?.status, span?.attributes['error.type'], span?.events]).toEqual([
    { code: SpanStatusCode.ERROR },
    'TypeError',
    [],
  ]);
  expect(JSON.stringify([span?.name, span?.attributes])).not.toMatch(/浙A12345|Zhang/);
});
