import { createHmac } from 'node:crypto';
import { ManualClock } from '@yizhan/kernel';
import { TextSink } from '../../../../test/support/text-sink.js';
import type { RobotSettings } from '../notice-settings.js';
import type { Message } from './notice-gateway.js';
import { RobotGateway } from './robot-gateway.js';

const message: Message = {
  noticeId: '01969c3e-0000-7000-8000-000000000000',
  to: '',
  text: '严重：义乌 站点停用而有车',
  template: 'alert_opened',
  values: {},
  language: 'zh',
};
const now = 1_796_000_000_000;
let sink: TextSink;

beforeEach(async () => {
  sink = await TextSink.open();
  sink.answer(200, { errcode: 0, errmsg: 'ok' });
});
afterEach(() => sink.close());

const send = (settings: Partial<RobotSettings> & Pick<RobotSettings, 'kind'>) =>
  new RobotGateway({ url: `${sink.url}/cgi-bin/webhook/send?key=k`, ...settings }, new ManualClock(now)).send(message);

it.each(['wecom', 'dingtalk'] as const)('tells the group of a %s robot', async (kind) => {
  expect(await send({ kind })).toEqual({});
  expect(sink.bodies).toEqual([{ msgtype: 'text', text: { content: message.text } }]);
  expect(sink.messages[0].path).toBe('/cgi-bin/webhook/send?key=k');
});

it('signs for a DingTalk robot with a secret, at the time at which it sends', async () => {
  await send({ kind: 'dingtalk', secret: 'SEC+1', url: `${sink.url}/robot/send?access_token=a` });
  const { searchParams } = new URL(sink.messages[0].path, sink.url);
  const sign = createHmac('sha256', 'SEC+1').update(`${now}\nSEC+1`).digest('base64');
  expect(Object.fromEntries(searchParams)).toEqual({ access_token: 'a', timestamp: String(now), sign });
});

it('says its keyword first, where it has one', async () => {
  await send({ kind: 'dingtalk', prefix: '【驿站】' });
  expect(sink.bodies).toMatchObject([{ text: { content: `【驿站】${message.text}` } }]);
});

it('is not taken with 200 and an errcode', async () => {
  sink.answer(200, { errcode: 93_000, errmsg: 'invalid webhook url' });
  expect(await send({ kind: 'wecom' })).toEqual({
    failure: { code: 'gateway_refused', words: '93000: invalid webhook url' },
  });
  sink.answer(200, 'hello');
  expect((await send({ kind: 'wecom' })).failure?.words).toBe('its answer has no errcode: hello');
});

it.each([
  ['wecom', 45_009, 60_000],
  ['dingtalk', 130_101, 600_000],
] as const)('leaves a %s robot alone that has had too many', async (kind, errcode, holdFor) => {
  sink.answer(200, { errcode, errmsg: 'too fast' });
  expect(await send({ kind })).toMatchObject({ failure: { code: 'too_many' }, holdFor });
});

it('says why nobody answers', async () => {
  await sink.close();
  expect((await send({ kind: 'wecom' })).failure?.code).toBe('connection_refused');
  sink = await TextSink.open();
});
