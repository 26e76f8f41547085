import { once } from 'node:events';
import { type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import {
  BehindProxy,
  type Handler,
  mirror,
  type ProxiedService,
  until,
} from '../../../../../test/support/behind-proxy.js';

let behind: BehindProxy;

/** The servers behind it that were asked for. */
async function opened(handlers: Parameters<typeof BehindProxy.open>[0] = {}): Promise<readonly ProxiedService[]> {
  behind = await BehindProxy.open(handlers);
  return behind.services;
}

afterEach(() => behind.close());

const echo: Handler = (request, response) => {
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  request.pipe(response);
};

it('passes a stream of events on as it comes, and tells the service when its reader has gone', async () => {
  const streams: ServerResponse[] = [];
  await opened({
    dispatch: [
      (_request, response) => {
        streams.push(response.writeHead(200, { 'content-type': 'text/event-stream' }));
        response.flushHeaders();
      },
    ],
  });
  const gone = new AbortController();
  const answer = await behind.get('/api/v1/events/stream', { signal: gone.signal });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  const reader = answer.body!.getReader();
  for (const position of [1, 2, 3]) {
    streams[0].write(`id: ${position}\n\n`);
    const { value } = await reader.read();
    expect(Buffer.from(value).toString()).toBe(`id: ${position}\n\n`);
  }
  gone.abort();
  await until(() => streams[0].destroyed);
});

it('tells the service when the client has gone before the answer', async () => {
  const asked: IncomingMessage[] = [];
  await opened({ station: [(request) => void asked.push(request)] });
  const gone = new AbortController();
  const answer = behind.get('/api/v1/visits', { signal: gone.signal });
  await until(() => asked.length === 1);
  gone.abort();
  await expect(answer).rejects.toThrow('aborted');
  await until(() => asked[0].socket.destroyed);
});

it('streams bodies both ways: each piece is through before the next is sent', async () => {
  await opened({ station: [echo] });
  const upload = requestTo(`${behind.proxy.address}/api/v1/visits`, { method: 'POST' });
  const piece = Buffer.alloc(1_000_000, 'x');
  upload.write('begin');
  const [answer] = (await once(upload, 'response')) as [IncomingMessage];
  let received = 0;
  answer.on('data', (bytes: Buffer) => (received += bytes.length));
  for (let sent = 1; sent <= 50; sent += 1) {
    upload.write(piece);
    await until(() => received === 5 + sent * piece.length);
  }
  upload.end();
  await once(answer, 'end');
});

it('cuts an answer that was cut, so that nobody takes the half for the whole', async () => {
  await opened({
    station: [
      (request, response) => {
        response.write('half');
        setTimeout(() => request.socket.destroy(), 50);
      },
    ],
  });
  const answer = await behind.get('/api/v1/visits');
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('terminated');
});

it('says who has asked and by which id, and keeps what is said from one connection to the next to itself', async () => {
  await opened({ station: [mirror] });
  const socket = connect(behind.port, '127.0.0.1');
  const lines = ['Host: relay.example', 'X-Request-Id: my-request', 'X-Forwarded-For: 10.0.0.9', 'X-Mine: 1'];
  const hops = [
    'Connection: close, X-Mine',
    'Keep-Alive: timeout=9',
    'TE: trailers',
    'Proxy-Authorization: Basic eA==',
  ];
  socket.write(`POST /api/v1/visits HTTP/1.1\r\n${[...lines, ...hops].join('\r\n')}\r\n\r\n`);
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(socket, 'close');
  const { headers, body } = JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)) as {
    headers: Record<string, string>;
    body: string;
  };
  expect(body).toBe('');
  expect(headers).toEqual({
    host: 'relay.example',
    'x-request-id': 'my-request',
    'x-forwarded-for': '10.0.0.9, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'relay.example',
    'content-length': '0',
    connection: 'keep-alive',
  });
});

it('waits for requests under way when it closes, and turns new ones away', async () => {
  const answers: (() => void)[] = [];
  await opened({ station: [(_request, response) => void answers.push(() => response.end('done'))] });
  const keptOpen = connect(behind.port, '127.0.0.1');
  await once(keptOpen, 'connect');
  const underWay = behind.textOf('/api/v1/visits');
  await until(() => answers.length === 1);
  const closing = behind.proxy.close();
  keptOpen.write('GET /api/v1/visits HTTP/1.1\r\nHost: x\r\n\r\n');
  const [refused] = (await once(keptOpen.setEncoding('utf8'), 'data').catch(() => ['closed'])) as [string];
  expect(refused).toMatch(/^HTTP\/1\.1 503|closed/);
  answers[0]();
  expect(await underWay).toBe('done');
  await closing;
});

it('holds 64 requests to a process at once at most, and still hears how it is', async () => {
  const held: ServerResponse[] = [];
  const [station] = await opened({ station: [(_request, response) => void held.push(response)] });
  const answers = Array.from({ length: 100 }, () => behind.textOf('/api/v1/visits'));
  await until(() => held.length === 64);
  // Two more: one may have been under way. It stays ready, for the last of the hundred may not have reached the proxy yet.
  const asked = station.timesAsked;
  await until(() => station.timesAsked >= asked + 2);
  expect(held).toHaveLength(64);
  for (let answered = 0; answered < 100; answered += 1) {
    await until(() => held.length > answered);
    held[answered].end('done');
  }
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['done']));
});

it('does not bound the feed of events, where every reader is held', async () => {
  const held: ServerResponse[] = [];
  await opened({ dispatch: [(_request, response) => void held.push(response)] });
  const answers = Array.from({ length: 100 }, () => behind.textOf('/api/v1/events?after=3'));
  await until(() => held.length === 100);
  for (const response of held) response.end('done');
  expect(await Promise.all(answers)).toHaveLength(100);
});

it.each([
  ['keeps', 1_000, 'keep-alive'],
  ['ends', 2_000_000, 'close'],
])('%s the connection of a refused request whose body of %i bytes has not come', async (_what, length, said) => {
  const [station] = await opened({ station: [echo] });
  await station.die();
  const socket = connect(behind.port, '127.0.0.1');
  const ask = (): boolean =>
    socket.write(`POST /api/v1/visits HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
  ask();
  const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
  expect(answer).toMatch(/^HTTP\/1\.1 503/);
  expect(answer.toLowerCase()).toContain(`connection: ${said}`);
  if (said === 'close') return;
  socket.write(Buffer.alloc(length, 'x'));
  ask();
  const [next] = (await once(socket, 'data')) as [string];
  expect(next).toMatch(/^HTTP\/1\.1 503/);
  socket.destroy();
});
