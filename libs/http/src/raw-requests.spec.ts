import { connect } from 'node:net';
import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Public, TokenVerifier } from '@yizhan/identity';
import { Code } from './fields.js';
import { httpAdapter, prepareHttp } from './http-app.js';
import { PageQuery } from './page.js';
import { CodeParam } from './params.js';

class PlateRequest {
  @Code()
  readonly plate: string;
}

@Controller('api/v1/trucks')
@Public()
class TrucksController {
  @Post()
  take(@Body() { plate }: PlateRequest): object {
    return { plate };
  }

  @Get(':plate')
  read(@CodeParam('plate') plate: string, @Query() _query: PageQuery): object {
    return { plate };
  }
}

@Module({ controllers: [TrucksController] })
class TestModule {}

let app: NestFastifyApplication;
let port: number;
const reported: unknown[] = [];

beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(TestModule, httpAdapter(), { logger: false });
  prepareHttp(app, { tokens: TokenVerifier.of([]), report: (error) => reported.push(error) });
  await app.listen(0, '127.0.0.1');
  port = Number(new URL(await app.getUrl()).port);
});
afterAll(async () => {
  await app.close();
  expect(reported).toEqual([]);
});

/** Sends bytes as they are and reads until the server closes. */
function send(bytes: string | Buffer): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const parts: Buffer[] = [];
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...rest] = Buffer.concat(parts).toString('utf8').split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), head: head.toLowerCase(), body: rest.join('\r\n\r\n') });
    });
  });
}

const get = (address: string) => send(`GET ${address} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n`);
const post = (body: string | Buffer, ...headers: string[]) => {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  const head = ['POST /api/v1/trucks HTTP/1.1', 'host: test', 'connection: close', length, ...headers, '', ''];
  return send(Buffer.concat([Buffer.from(head.join('\r\n')), Buffer.from(body)]));
};

const json = 'content-type: application/json';

test('what is written as it should be arrives', async () => {
  expect(await get('/api/v1/trucks/%E6%B5%99G1')).toMatchObject({ status: 200, body: '{"plate":"浙G1"}' });
  expect(await post('{"plate":"浙G1"}', `${json}; charset=utf-8`)).toMatchObject({ status: 201 });
});

test.each<[string, () => ReturnType<typeof send>, number, string]>([
  ['raw UTF-8 in the path', () => get('/api/v1/trucks/浙G1'), 400, 'REQUEST.BAD_ADDRESS'],
  ['raw UTF-8 in the query', () => get('/api/v1/trucks/1?after=浙'), 400, 'REQUEST.BAD_ADDRESS'],
  ['raw UTF-8 where there is nothing', () => get('/浙'), 400, 'REQUEST.BAD_ADDRESS'],
  ['half an escape', () => get('/api/v1/trucks/%E6%B'), 400, 'REQUEST.BAD_ADDRESS'],
  ['an escape of no UTF-8', () => get('/api/v1/trucks/%FF'), 400, 'REQUEST.BAD_ADDRESS'],
  ['a parameter that is too long', () => get(`/api/v1/trucks/${'x'.repeat(300)}`), 414, 'REQUEST.ADDRESS_TOO_LONG'],
  ['nothing there', () => get('//x'), 404, 'REQUEST.NO_SUCH_ROUTE'],
  ['a head that is too long', () => get(`/${'x'.repeat(20_000)}`), 431, 'REQUEST.HEAD_TOO_LONG'],
  ['no HTTP', () => send('confidential\r\n\r\n'), 400, 'REQUEST.UNREADABLE'],
  [
    'a method that nothing has',
    () => send('PURGE /api/v1/trucks HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n'),
    404,
    'REQUEST.NO_SUCH_ROUTE',
  ],
  [
    'a form',
    () => post('plate=confidential', 'content-type: application/x-www-form-urlencoded'),
    415,
    'REQUEST.MEDIA_TYPE',
  ],
  ['text', () => post('{"plate":"confidential"}', 'content-type: text/plain'), 415, 'REQUEST.MEDIA_TYPE'],
  ['a file', () => post('confidential', 'content-type: multipart/form-data; boundary=x'), 415, 'REQUEST.MEDIA_TYPE'],
  ['nearly JSON', () => post('{"plate":"1"}', 'content-type: application/jsonl'), 415, 'REQUEST.MEDIA_TYPE'],
  ['a type that is none', () => post('{"plate":"1"}', 'content-type: confidential'), 415, 'REQUEST.MEDIA_TYPE'],
  ['a body of no type', () => post('{"plate":"1"}'), 415, 'REQUEST.MEDIA_TYPE'],
  ['a word', () => post('confidential', json), 400, 'REQUEST.UNREADABLE'],
  ['half a body', () => post('{"plate":"confidential', json), 400, 'REQUEST.UNREADABLE'],
  ['a string', () => post('"confidential"', json), 400, 'REQUEST.INVALID'],
  ['a number', () => post('17', json), 400, 'REQUEST.INVALID'],
  ['null', () => post('null', json), 400, 'REQUEST.INVALID'],
  ['no body', () => post('', json), 400, 'REQUEST.UNREADABLE'],
  ['a very deep body', () => post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, json), 400, 'REQUEST.TOO_DEEP'],
  ['a body that is too large', () => post(`"${'x'.repeat(262_145)}"`, json), 413, 'REQUEST.TOO_LARGE'],
  [
    'a body that is too large, in pieces',
    () =>
      send(
        `POST /api/v1/trucks HTTP/1.1\r\nhost: test\r\n${json}\r\ntransfer-encoding: chunked\r\n\r\n${piece.repeat(5)}0\r\n\r\n`,
      ),
    413,
    'REQUEST.TOO_LARGE',
  ],
])('%s is refused as a problem that repeats nothing', async (_what, ask, status, code) => {
  const answer = await ask();
  expect(answer.head).toContain('content-type: application/problem+json');
  expect(answer.head).toContain('x-content-type-options: nosniff');
  const problem = JSON.parse(answer.body);
  expect([answer.status, problem.code, problem.status]).toEqual([status, code, status]);
  expect(answer.head).toContain(`x-request-id: ${problem.requestId}`);
  expect(answer.body).not.toContain('confidential');
  expect(problem.instance).toMatch(/^[\x21-\x7e]*$/);
});

const piece = `10000\r\n${'x'.repeat(65_536)}\r\n`;
