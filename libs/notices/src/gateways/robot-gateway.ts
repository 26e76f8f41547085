import { createHmac } from 'node:crypto';
import { anyAddress, EndpointClient } from '@yizhan/outgoing';
import type { Clock } from '@yizhan/kernel';
import type { Outcome } from '../failure.js';
import type { RobotSettings } from '../notice-settings.js';
import type { Message, NoticeGateway } from './notice-gateway.js';

const within = 10_000;
/** Both take 20 a minute from a robot: who sends more is refused, for ten minutes at DingTalk. */
const tooMany: Readonly<
  Record<RobotSettings['kind'], { readonly codes: readonly number[]; readonly holdFor: number }>
> = {
  wecom: { codes: [45_009, 45_033], holdFor: 60_000 },
  dingtalk: { codes: [130_101, 410_100, 660_026], holdFor: 600_000 },
};

/**
 * The robot of a group of WeCom or DingTalk, which both take `{msgtype: 'text', text: {content}}` and answer 200 with an `errcode`, 0
 * where the message was taken.
 * @see https://developer.work.weixin.qq.com/document/path/91770
 * @see https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages
 */
export class RobotGateway implements NoticeGateway {
  /** One after the other: a group reads them in their order. */
  readonly width = 1;
  readonly pause = 3_000;

  constructor(
    private readonly settings: RobotSettings,
    private readonly clock: Clock,
  ) {}

  async send({ text }: Message): Promise<Outcome> {
    const { kind, prefix = '' } = this.settings;
    const url = signedUrl(this.settings, this.clock.now());
    // The address changes with every message where it is signed.
    const client = new EndpointClient({ url, rules: anyAddress, connections: 1, within });
    try {
      const body = JSON.stringify({ msgtype: 'text', text: { content: `${prefix}${text}` } });
      const answer = await client.post({ 'content-type': 'application/json; charset=utf-8' }, body);
      if (answer.failure) return { failure: answer.failure };
      const { code, words } = errorIn(answer.text);
      if (code === 0) return {};
      const isTooMany = code !== undefined && tooMany[kind].codes.includes(code);
      const failure = { code: isTooMany ? 'too_many' : 'gateway_refused', words } as const;
      return { failure, ...(isTooMany && { holdFor: tooMany[kind].holdFor }) };
    } finally {
      await client.close();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** The address of a robot at an instant, epoch milliseconds; a DingTalk robot with a secret wants it signed. */
export function signedUrl({ kind, url, secret }: RobotSettings, now: number): URL {
  const signed = new URL(url);
  if (kind !== 'dingtalk' || secret === undefined) return signed;
  signed.searchParams.set('timestamp', String(now));
  signed.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'));
  return signed;
}

function errorIn(text: string): { readonly code?: number; readonly words: string } {
  try {
    const { errcode, errmsg } = JSON.parse(text) as { errcode?: unknown; errmsg?: unknown };
    if (typeof errcode === 'number') return { code: errcode, words: `${errcode}: ${String(errmsg).slice(0, 200)}` };
  } catch {
    // What is no JSON says no more than what has no errcode.
  }
  return { words: `its answer has no errcode: ${text.slice(0, 100)}` };
}
