import { setTimeout as pause } from 'node:timers/promises';
import { ClusterGround } from '../support/cluster-ground.js';
import type { ServiceApp, ServiceProcess } from '../support/service-process.js';
import { type CollectedSpan, TraceCollector } from '../support/trace-collector.js';

jest.setTimeout(120_000);

const apps = ['publisher', 'station', 'scheduler', 'dispatch', 'command-centre'] as const;

let ground: ClusterGround;
let running: Record<(typeof apps)[number], ServiceProcess>;
let bearer: { authorization: string };
let collector: TraceCollector;

beforeAll(async () => {
  ground = await ClusterGround.open();
  bearer = { authorization: `Bearer ${await ground.token()}` };
  collector = await TraceCollector.open();
  const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '200' };
  // One whose collector is away gets on all the same.
  const variablesOf = (app: ServiceApp) =>
    app === 'dispatch' ? { ...traced, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } : traced;
  const started = await Promise.all(apps.map(async (app) => [app, await ground.start(app, variablesOf(app))] as const));
  running = Object.fromEntries(started) as typeof running;
});

afterAll(async () => {
  await ground?.close();
  await collector?.close();
});

/** Has the station publish a policy, of which every other service hears. */
async function publishPolicy(areaCode: string): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`${running.station.address}/api/v1/${path}`, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json', 'idempotency-key': `${areaCode}/${path}` },
      body: JSON.stringify(body),
    });
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  await post('areas', { areaCode, name: 'Jinhua' });
  await post(`areas/${areaCode}/policies`, { policyId: 'cn-freight' });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}

const handledPolicies = /yizhan_events_handled_total\{group="scheduler",type="yizhan.policy.published.v1"\} (\d+)/;

async function policiesOfScheduler(): Promise<number> {
  const { text } = await running.scheduler.get('/metrics');
  return Number(handledPolicies.exec(text)?.[1] ?? 0);
}

describe('services in processes of their own', () => {
  it.each(apps)('%s is alive and ready, and shows what it counts', async (app) => {
    expect(await running[app].get('/health/live')).toMatchObject({ status: 200 });
    expect(await running[app].get('/health/ready')).toMatchObject({ status: 200 });
    expect((await running[app].get('/metrics')).text).toContain('yizhan_');
  });

  it.each([
    ['station', '/api/v1/areas', '/api/v1/events'],
    ['scheduler', '/api/v1/handoffs/{handoffId}/why-not', '/api/v1/areas'],
    ['dispatch', '/api/v1/events', '/api/v1/areas'],
    ['command-centre', '/api/v1/throughput', '/api/v1/areas'],
  ] as const)('%s describes its own routes alone', async (app, own, other) => {
    const { paths } = JSON.parse((await running[app].get('/api/openapi.json')).text) as { paths: object };
    expect(Object.keys(paths)).toContain(own);
    expect(Object.keys(paths)).not.toContain(other);
  });

  it('refuses who has no token of a known key', async () => {
    expect((await running.station.get('/api/v1/areas')).status).toBe(401);
    expect((await running.station.get('/api/v1/areas', { authorization: 'Bearer none' })).status).toBe(401);
    expect((await running.station.get('/api/v1/areas', bearer)).status).toBe(200);
  });

  it('carries what the station does to the scheduler and to whoever reads the log', async () => {
    await publishPolicy('jinhua');
    await until(async () => (await policiesOfScheduler()) === 1);
    const { text } = await running.dispatch.get('/api/v1/events?after=0', bearer);
    expect(text).toContain('"type":"yizhan.policy.published.v1"');
    expect((await running.publisher.get('/health/ready')).text).toContain('active');
  });

  it('tells a request, its commit and its handler in another process as one trace, and nobody’s data', async () => {
    const request = await collector.span(({ name }) => name === 'POST /api/v1/areas/:areaCode/policies');
    const ofTrace = (is: (span: CollectedSpan) => boolean) =>
      collector.span((span) => span.traceId === request.traceId && is(span));
    expect(request).toMatchObject({ service: 'yizhan-station', kind: 'server', isFailed: false });
    const commit = await ofTrace(({ kind }) => kind === 'producer');
    expect(commit).toMatchObject({ service: 'yizhan-station', parentSpanId: request.spanId });
    const handler = await ofTrace(({ kind }) => kind === 'consumer');
    expect(handler).toMatchObject({
      service: 'yizhan-scheduler',
      parentSpanId: commit.spanId,
      name: 'handle yizhan.policy.published.v1',
    });
    const told = collector.bodies.join('');
    expect(told).not.toMatch(/jinhua|administrator|127\.0\.0\.1|Bearer|idempotency/i);
  });

  it('has another publisher take over where the active one is killed', async () => {
    const second = await ground.start('publisher');
    expect((await second.get('/health/ready')).text).toContain('standing by');
    await running.publisher.kill();
    await publishPolicy('quzhou');
    await until(async () => (await policiesOfScheduler()) === 2);
    expect((await second.get('/health/ready')).text).toContain('active');
    running.publisher = second;
  });

  it('says that it is going down while it still answers, and ends open streams', async () => {
    const stream = await fetch(`${running.dispatch.address}/api/v1/events/stream?after=0`, { headers: bearer });
    expect(stream.status).toBe(200);
    const isOver = stream.text();
    const stopped = running.dispatch.stop();
    await running.dispatch.untilHealth('ready', 503);
    expect((await running.dispatch.get('/api/v1/events?after=0', bearer)).status).toBe(200);
    const { code, took } = await stopped;
    expect(code).toBe(0);
    expect(took).toBeLessThan(5_000);
    expect(await isOver).toContain('yizhan.policy.published.v1');
  });

  it.each(['station', 'scheduler', 'command-centre', 'publisher'] as const satisfies readonly ServiceApp[])(
    '%s drains when it is told to stop, and complains of nothing',
    async (app) => {
      const before = running[app].said;
      expect((await running[app].stop()).code).toBe(0);
      const complaints = running[app].said.slice(before.length).split('\n');
      expect(complaints.filter((line) => /"level":[456]0/.test(line))).toEqual([]);
    },
  );
});
