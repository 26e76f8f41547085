import {
  BehindProxy,
  type Handler,
  mirror,
  type ProxiedService,
  says,
  until,
} from '../../../../../test/support/behind-proxy.js';

let behind: BehindProxy;

/** The servers behind it that were asked for. */
async function opened(handlers: Parameters<typeof BehindProxy.open>[0] = {}): Promise<readonly ProxiedService[]> {
  behind = await BehindProxy.open(handlers);
  return behind.services;
}

afterEach(() => behind.close());

it('leads each address to its service, and takes the processes of one in turn', async () => {
  await opened({ station: [says('station 1'), says('station 2')] });
  const heard = [];
  for (let turn = 0; turn < 4; turn += 1) heard.push(await behind.textOf('/api/v1/visits'));
  expect(heard.toSorted()).toEqual(['station 1', 'station 1', 'station 2', 'station 2']);
  expect(await behind.textOf('/api/v1/handoffs/8f2c/why-not')).toBe('scheduler');
  expect(await behind.textOf('/api/v1/events?after=3')).toBe('dispatch');
  expect(await behind.textOf('/api/v1/throughput')).toBe('command-centre');
});

it('sends what a dead process refuses to the next one, whole, and asks the dead one again when it is ready', async () => {
  const [first] = await opened({ station: [says('first'), mirror] });
  const port = await first.die();
  for (let turn = 0; turn < 4; turn += 1) {
    const answer = await behind.post('/api/v1/visits', '{"plate":"G1"}');
    expect(await answer.json()).toMatchObject({ method: 'POST', body: '{"plate":"G1"}' });
  }
  await first.start(port);
  await until(async () => (await behind.textOf('/api/v1/visits')) === 'first');
});

it('does not choose a process that says that it is not ready', async () => {
  const [first] = await opened({ station: [says('first'), says('second')] });
  first.isReady = false;
  let inARow = 0;
  await until(async () => {
    inARow = (await behind.textOf('/api/v1/visits')) === 'second' ? inARow + 1 : 0;
    return inARow === 6;
  });
});

it('says 503 and when to ask again where no process can be asked', async () => {
  const [station] = await opened({ station: [says('station')] });
  await station.die();
  const answer = await behind.post('/api/v1/visits?x=1', '{}');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({
    status: 503,
    code: 'GATEWAY.NOBODY_READY',
    instance: '/api/v1/visits',
    requestId: answer.headers.get('x-request-id'),
  });
  expect(await behind.textOf('/api/v1/events')).toBe('dispatch');
});

it('asks elsewhere where a process dies over a question, and says 502 where it dies over a change', async () => {
  const dies: Handler = (request) => request.socket.destroy();
  await opened({ station: [dies, says('alive')], scheduler: [dies, says('alive')] });
  for (let turn = 0; turn < 2; turn += 1) expect(await behind.textOf('/api/v1/visits')).toBe('alive');
  const answers = [];
  for (let turn = 0; turn < 2; turn += 1) answers.push(await behind.post('/api/v1/handoffs/8f2c/why-not', '{}'));
  const [cut] = answers.filter(({ status }) => status === 502);
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 502]);
  expect(cut.headers.get('retry-after')).toBe('1');
  expect(await cut.json()).toMatchObject({ status: 502, code: 'GATEWAY.CUT_OFF' });
});

it('takes a question to the next process where one cannot answer it now, and a change not', async () => {
  const elsewhere: Handler = (_request, response) => {
    response.writeHead(503, { 'retry-after': '1' });
    response.end('elsewhere');
  };
  await opened({ scheduler: [elsewhere, says('here')], station: [elsewhere, says('here')] });
  for (let turn = 0; turn < 4; turn += 1) expect(await behind.textOf('/api/v1/handoffs/8f2c/candidates')).toBe('here');
  const heard = [await behind.post('/api/v1/visits', '{}'), await behind.post('/api/v1/visits', '{}')];
  expect(heard.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 503]);
});

it('passes on what the last one says where none can answer', async () => {
  const elsewhere: Handler = (_request, response) => {
    response.writeHead(503, { 'retry-after': '7' });
    response.end('elsewhere');
  };
  await opened({ scheduler: [elsewhere, elsewhere] });
  const answer = await behind.get('/api/v1/handoffs/8f2c/candidates');
  expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([503, '7', 'elsewhere']);
});

it('tells its own health: ready where every service has a process that is', async () => {
  const [scheduler] = await opened({ scheduler: [says('scheduler')] });
  expect((await behind.get('/health/ready')).status).toBe(200);
  scheduler.isReady = false;
  await until(async () => (await behind.get('/health/ready')).status === 503);
  expect(await (await behind.get('/health/ready')).json()).toMatchObject({
    status: 'failing',
    checks: { station: { ok: true }, scheduler: { ok: false } },
  });
  expect((await behind.get('/health/live')).status).toBe(200);
});

it.each(['/metrics', '/health'])('has nothing at %s', async (path) => {
  await opened();
  const answer = await behind.get(path);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'REQUEST.NO_SUCH_ROUTE', instance: path });
});

it('describes what is behind it in one document, or says which service cannot be asked', async () => {
  const describes =
    (...paths: string[]): Handler =>
    (_request, response) =>
      response.end(JSON.stringify({ openapi: '3.1.0', paths: Object.fromEntries(paths.map((path) => [path, {}])) }));
  const [, scheduler] = await opened({
    station: [describes('/api/v1/visits', '/health/live')],
    scheduler: [describes('/api/v1/handoffs/{handoffId}/why-not', '/health/live', '/metrics')],
    dispatch: [describes('/api/v1/events')],
    'command-centre': [describes('/api/v1/throughput')],
  });
  const { paths } = (await (await behind.get('/api/openapi.json')).json()) as { paths: object };
  expect(Object.keys(paths)).toEqual([
    '/api/v1/events',
    '/api/v1/handoffs/{handoffId}/why-not',
    '/api/v1/throughput',
    '/api/v1/visits',
    '/health/live',
  ]);
  await scheduler.die();
  expect((await behind.get('/api/openapi.json')).status).toBe(503);
});
