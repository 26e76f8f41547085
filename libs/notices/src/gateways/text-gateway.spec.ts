import { ManualClock } from '@yizhan/kernel';
import { TextSink } from '../../../../test/support/text-sink.js';
import type { TextGatewaySettings } from '../notice-settings.js';
import type { Message } from './notice-gateway.js';
import { fill, TextGateway } from './text-gateway.js';

const message: Message = {
  noticeId: '01969c3e-0000-7000-8000-000000000000',
  to: '13800138000',
  text: '请浙A12345到金东站 2号位。',
  template: 'called_to_bay',
  values: { plate: '浙A12345', station: '金东站', bay: '2' },
  language: 'zh',
};
let sink: TextSink;
const opened: TextGateway[] = [];

beforeEach(async () => {
  sink = await TextSink.open();
});
afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close();
  await sink.close();
});

function send(settings: Partial<TextGatewaySettings> = {}) {
  const body = { mobile: '{to}', content: '【驿站】{text}' };
  const gateway = new TextGateway({ url: `${sink.url}/sms?v=2`, body, ...settings }, new ManualClock(0));
  opened.push(gateway);
  return gateway.send(message);
}

it('posts JSON with what the file says, and the same key for every attempt', async () => {
  expect(await send({ headers: { authorization: 'Bearer t' } })).toEqual({});
  const [{ path, headers }] = sink.messages;
  expect([path, headers.authorization, headers['idempotency-key'], headers['content-type']]).toEqual([
    '/sms?v=2',
    'Bearer t',
    message.noticeId,
    'application/json; charset=utf-8',
  ]);
  expect(sink.bodies).toEqual([{ mobile: '13800138000', content: '【驿站】请浙A12345到金东站 2号位。' }]);
});

it('posts a form, with the code and the values of a template that the service has registered', async () => {
  const body = { Phone: '{to}', TemplateCode: '{template}', TemplateParam: '{values}', Bay: '{bay}', Id: '{id}' };
  await send({ format: 'form', body, templateCodes: { called_to_bay: 'SMS_1001' } });
  expect(Object.fromEntries(new URLSearchParams(sink.messages[0].body))).toEqual({
    Phone: '13800138000',
    TemplateCode: 'SMS_1001',
    TemplateParam: JSON.stringify(message.values),
    Bay: '2',
    Id: message.noticeId,
  });
});

it('is not taken where its answer does not say so, whatever its status', async () => {
  const accepted = { field: 'result.code', equals: 0 };
  sink.answer(200, { result: { code: 0 } });
  expect(await send({ accepted })).toEqual({});
  sink.answer(200, { result: { code: 7, message: 'no balance for 13800138000' } });
  const { failure } = await send({ accepted });
  expect(failure?.code).toBe('gateway_refused');
  expect(failure?.words).toContain('no balance for ***********');
  sink.answer(200, 'no JSON');
  expect((await send({ accepted })).failure?.code).toBe('gateway_refused');
});

it('says why it failed, holds where it is asked to, and follows no redirect', async () => {
  sink.answer(503);
  expect((await send()).failure).toEqual({ code: 'status', words: 'it answered 503' });
  sink.answer(429, '', { 'retry-after': '20' });
  expect(await send()).toMatchObject({ failure: { code: 'too_many' }, holdFor: 20_000 });
  sink.answer(307, '', { location: `${sink.url}/elsewhere` });
  expect((await send()).failure?.code).toBe('redirected');
  expect(sink.messages.map(({ path }) => path)).not.toContain('/elsewhere');
  await sink.close();
  expect((await send()).failure?.code).toBe('connection_refused');
  expect((await send({ url: 'http://nobody.invalid/' })).failure?.code).toBe('no_address');
  sink = await TextSink.open();
});

it('finds a host that this machine alone knows', async () => {
  expect(await send({ url: sink.url.replace('127.0.0.1', 'localhost') })).toEqual({});
  expect(sink.messages).toHaveLength(1);
});

it('fills texts wherever they are, and leaves what it does not know', () => {
  expect(fill({ a: ['{to}', 1, null, { b: '{x} {text}' }] }, { to: 't', text: '{to}' })).toEqual({
    a: ['t', 1, null, { b: '{x} {to}' }],
  });
});
